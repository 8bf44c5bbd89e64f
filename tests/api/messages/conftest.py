"""Awa and Bruno signed in, each with a client; Bruno offers a service."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.catalog.models import Listing
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, show_id


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in."""

    id: UUID
    client: httpx.AsyncClient


@pytest.fixture
async def person(app: FastAPI) -> AsyncIterator[Callable[[str], Awaitable[Person]]]:
    """Makes somebody and signs them in."""
    parts: Parts = app.state.parts
    async with AsyncExitStack() as open_clients:

        async def make(handle: str) -> Person:
            account_id = await _account(parts, handle)
            token = parts.tokens.issue(Claims(account_id, await _session(parts, account_id), frozenset()))
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app, raise_app_exceptions=False),
                base_url="http://orderhub.test/v1",
                headers={"Authorization": f"Bearer {token}"},
            )
            return Person(account_id, await open_clients.enter_async_context(client))

        yield make


async def _account(parts: Parts, handle: str) -> UUID:
    account_id, now = new_id(), real_now()
    async with parts.database.session() as session:
        session.add(
            Account(
                id=account_id,
                email=f"{handle}@example.fr",
                handle=handle,
                display_name=handle.title(),
                password_hash=None,
                language="fr",
                time_zone="Europe/Paris",
                country="FR",
                created_at=now,
                confirmed_at=now,
            )
        )
    return account_id


async def _session(parts: Parts, account_id: UUID) -> UUID:
    session_id, now = new_id(), real_now()
    async with parts.database.session() as session:
        session.add(
            SignInSession(
                id=session_id,
                account_id=account_id,
                created_at=now,
                last_used_at=now,
                expires_at=now + timedelta(days=30),
            )
        )
    return session_id


@pytest.fixture
async def awa(person: Callable[[str], Awaitable[Person]]) -> Person:
    return await person("awa")


@pytest.fixture
async def bruno(person: Callable[[str], Awaitable[Person]]) -> Person:
    return await person("bruno")


@pytest.fixture
async def driss(person: Callable[[str], Awaitable[Person]]) -> Person:
    return await person("driss")


@pytest.fixture
async def listing_id(app: FastAPI, bruno: Person) -> str:
    """A service of Bruno's that takes inquiries."""
    parts: Parts = app.state.parts
    listing = Listing(
        id=new_id(),
        seller_id=bruno.id,
        kind="service",
        state="active",
        title="Logo pour commerce",
        description="Un logo dessiné à la main.",
        category="logo",
        price=12_000,
        currency="EUR",
        days=5,
        revisions=2,
        questions=[],
        photo_ids=[],
        accepts_inquiries=True,
        version=1,
        created_at=real_now(),
        updated_at=real_now(),
    )
    async with parts.database.session() as session:
        session.add(listing)
    return show_id("lst", listing.id)
