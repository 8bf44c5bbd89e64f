"""People over HTTP: each registers, confirms with the mail's token and signs in, as a front end would."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from orderhub.bootstrap import build_application
from orderhub.domain.accounts import email_tokens, pending
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.models import Account, StaffRole
from orderhub.domain.accounts.opening import NewAccount, open_account
from orderhub.domain.accounts.passwords import Passwords
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.settings import Settings
from tests.making.people import cheap_passwords

PASSWORD = "mangues-du-marche"


@dataclass
class Person:
    """Somebody with a client: their tokens, and requests in their name."""

    client: httpx.AsyncClient
    email: str
    tokens: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return await self.client.request(method, f"/v1{path}", json=body, headers=self.headers | headers)

    async def id(self) -> str:
        return (await self.ask("GET", "/me")).json()["id"]


@dataclass
class House:
    """What the tests may do besides HTTP: read the mail, and open staff accounts."""

    client: httpx.AsyncClient
    database: Database
    passwords: Passwords

    async def mailed_token(self, email: str, purpose: Purpose) -> str:
        """The token that the mail job would put into the link; of the newest registration, to confirm."""
        async with self.database.session() as session:
            account_id = (await session.scalars(select(Account.id).where(Account.email == email))).one()
            waiting = await pending.waiting(session, account_id)
            newest = waiting[0] if waiting and purpose is Purpose.CONFIRM else None
            return await email_tokens.issue(session, account_id, purpose, pending_id=newest)

    async def register(self, name: str, **more: Any) -> httpx.Response:
        body = {"email": f"{name}@example.com", "password": PASSWORD, "display_name": name.title(), **more}
        return await self.client.post("/v1/accounts", json=body)

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        form = {"grant_type": "password", "username": email, "password": password}
        return await self.client.post("/v1/auth/token", data=form)

    async def welcome(self, name: str, **more: Any) -> Person:
        """Register, confirm and sign in."""
        email = f"{name}@example.com"
        assert (await self.register(name, **more)).status_code == 202
        token = await self.mailed_token(email, Purpose.CONFIRM)
        assert (await self.client.post("/v1/accounts/confirm", json={"token": token})).status_code == 204
        return await self.person(email)

    async def person(self, email: str) -> Person:
        answer = await self.sign_in(email)
        assert answer.status_code == 200, answer.text
        return Person(self.client, email, answer.json())

    async def staff(self, name: str, *roles: StaffRole) -> Person:
        """A member of staff, opened from the command line."""
        new = NewAccount(f"{name}@orderhub.example", PASSWORD, name.title(), name, frozenset(roles))
        async with self.database.session() as session:
            await open_account(session, self.passwords, new, now=real_now())
        return await self.person(new.email)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The application on real parts, but with cheap hashes: each of these people signs in several times."""
    application = build_application(settings, ports={Passwords: cheap_passwords()})
    async with application.router.lifespan_context(application):
        yield application


@pytest.fixture
def house(app: FastAPI, client: httpx.AsyncClient) -> House:
    return House(client, app.state.parts.database, app.state.parts.others[Passwords])


@pytest.fixture
async def awa(house: House) -> Person:
    return await house.welcome("awa", country="SN", time_zone="Africa/Dakar")


@pytest.fixture
async def bruno(house: House) -> Person:
    return await house.welcome("bruno")


@pytest.fixture
async def chloe(house: House) -> Person:
    """Support."""
    return await house.staff("chloe", StaffRole.SUPPORT)


@pytest.fixture
async def david(house: House) -> Person:
    """The admin."""
    return await house.staff("david", StaffRole.ADMIN)
