"""Erasing and exporting a person (RGPD)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import open_matters, personal_data
from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.addresses import add_address
from orderhub.domain.accounts.email_tokens import Purpose, issue
from orderhub.domain.accounts.erasure import erase
from orderhub.domain.accounts.errors import StillOpenError
from orderhub.domain.accounts.models import Account, Address, EmailToken, RefreshToken, SignInSession
from orderhub.domain.accounts.open_matters import OpenMatter
from orderhub.domain.accounts.personal_data import Holding, export_person
from orderhub.domain.accounts.preferences import Topic, channels, replace_preferences
from orderhub.domain.accounts.sessions import Device, open_session
from orderhub.kit.clock import real_now
from orderhub.kit.text import Label

PHONE = Device("OrderHub/1.0 (Android)", "192.0.2.7")
DAKAR = PostalAddress("Awa Diop", "Médina, rue 6", "Dakar", "SN", phone="77 123 45 67")


@pytest.fixture
async def settled_awa(session: AsyncSession, awa: Account) -> Account:
    """Awa with an address, a session, a token and a choice."""
    await add_address(session, awa.id, DAKAR, is_default=True, now=real_now())
    await open_session(session, awa, PHONE, life=timedelta(days=30), now=real_now())
    await issue(session, awa.id, Purpose.RESET)
    await replace_preferences(session, awa.id, {Topic.MESSAGES: frozenset()})
    return awa


@pytest.fixture
def order_open() -> Iterator[OpenMatter]:
    """A package that says that an order is under way, as orders will."""
    matter = OpenMatter("order", Label("Logo : en cours.", "Logo: in_progress."), "ord_01k")

    async def check(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
        handle = await session.scalar(select(Account.handle).where(Account.id == account_id))
        return [matter] if handle == "awa" else []

    open_matters.register("test", check)
    yield matter
    open_matters.forget("test")


async def test_nothing_personal_of_awa_is_left(session: AsyncSession, settled_awa: Account) -> None:
    account_id = settled_awa.id
    await erase(session, settled_awa, now=real_now())
    await session.flush()
    kept = msgspec.json.encode(await export_person(session, settled_awa)).decode()
    assert not [word for word in ("Awa", "awa", "Dakar,", "Médina", "77123", "192.0.2", "Android") if word in kept]
    for table in (Address, EmailToken, RefreshToken):
        assert (await session.scalars(select(table))).all() == []
    assert (await session.scalars(select(SignInSession.revoked_at))).one() is not None
    assert await channels(session, account_id, Topic.PAYMENTS) == frozenset()
    assert (settled_awa.id, settled_awa.password_hash) == (account_id, None)


async def test_what_is_open_keeps_the_account(
    session: AsyncSession, awa: Account, bruno: Account, order_open: OpenMatter
) -> None:
    with pytest.raises(StillOpenError) as refusal:
        await erase(session, awa, now=real_now())
    assert refusal.value.extras["open"] == [{"kind": "order", "id": "ord_01k", "detail": order_open.detail}]
    assert awa.erased_at is None
    await erase(session, bruno, now=real_now())
    assert bruno.erased_at is not None


async def test_others_export_and_erase_what_they_hold(session: AsyncSession, awa: Account) -> None:
    letters = {awa.id: ["Bonjour Bruno"]}

    async def export(_session: AsyncSession, account_id: UUID) -> list[str]:
        return letters.get(account_id, [])

    async def forget(_session: AsyncSession, account_id: UUID) -> None:
        letters.pop(account_id)

    personal_data.register("letters", Holding(export, forget))
    try:
        assert (await export_person(session, awa))["letters"] == ["Bonjour Bruno"]
        await erase(session, awa, now=real_now())
        assert letters == {}
    finally:
        personal_data.forget("letters")


async def test_the_export_holds_everything(session: AsyncSession, settled_awa: Account) -> None:
    document = msgspec.json.decode(msgspec.json.encode(await export_person(session, settled_awa)))
    assert document["account"]["email"] == "awa@example.com"
    assert document["addresses"][0]["line1"] == "Médina, rue 6"
    assert document["sessions"][0]["user_agent"] == PHONE.user_agent
    assert document["notification_preferences"] == {"messages": []}
    assert "hash" not in msgspec.json.encode(document).decode()
