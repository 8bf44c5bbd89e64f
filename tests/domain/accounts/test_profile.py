"""Profiles and preferences."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import HandleTakenError
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.opening import NewAccount, create_staff, open_account
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.preferences import Channel, Topic, channels, list_preferences, replace_preferences
from orderhub.domain.accounts.profile import ProfileChanges, change_profile
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.errors import ConflictError, InvalidError


async def test_awa_moves_to_france(session: AsyncSession, awa: Account) -> None:
    moved: ProfileChanges = {"country": "FR", "time_zone": "Europe/Paris", "phone": "06 12 34 56 78"}
    await change_profile(session, awa, moved)
    assert (awa.country, awa.phone) == ("FR", "+33612345678")
    await change_profile(session, awa, {"phone": None})
    assert awa.phone is None


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"phone": "12"}, "/phone"),
        ({"country": "ZZ"}, "/country"),
        ({"time_zone": "Paris"}, "/time_zone"),
        ({"handle": "support"}, "/handle"),
    ],
)
async def test_what_is_wrong_is_named(
    session: AsyncSession, awa: Account, changes: ProfileChanges, pointer: str
) -> None:
    with pytest.raises(InvalidError) as refusal:
        await change_profile(session, awa, changes)
    assert refusal.value.errors[0].pointer == pointer


async def test_a_handle_belongs_to_one(session: AsyncSession, awa: Account, bruno: Account) -> None:
    with pytest.raises(HandleTakenError):
        await change_profile(session, awa, {"handle": bruno.handle})


async def test_two_take_a_handle_at_once_and_one_gets_it(database: Database, passwords: Passwords) -> None:
    people = [NewAccount(f"{name}@example.com", "un-long-secret", name) for name in ("Awa", "Bruno")]
    async with database.session() as session:
        ids = [(await open_account(session, passwords, person, now=real_now())).id for person in people]

    async def take(account_id: object) -> str:
        async with database.session() as session:
            account = await session.get_one(Account, account_id)
            return (await change_profile(session, account, {"handle": "soleil"})).handle

    answers = await asyncio.gather(*map(take, ids), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["HandleTakenError", "str"]


UNCHOSEN = {Channel.IN_APP, Channel.EMAIL}


async def test_what_nobody_chose_comes_in_the_member_area_and_by_mail(session: AsyncSession, awa: Account) -> None:
    assert set((await list_preferences(session, awa.id)).values()) == {frozenset(UNCHOSEN)}
    await replace_preferences(
        session, awa.id, {Topic.MESSAGES: frozenset({Channel.IN_APP}), Topic.REVIEWS: frozenset()}
    )
    assert await channels(session, awa.id, Topic.MESSAGES) == {Channel.IN_APP}
    assert await channels(session, awa.id, Topic.REVIEWS) == frozenset()
    assert await channels(session, awa.id, Topic.OFFERS) == UNCHOSEN
    await replace_preferences(session, awa.id, {})
    assert await channels(session, awa.id, Topic.MESSAGES) == UNCHOSEN


async def test_whatsapp_comes_to_who_chose_it_and_only_while_they_have_a_number(
    session: AsyncSession, awa: Account
) -> None:
    wanted = {Topic.ORDERS: frozenset({Channel.WHATSAPP})}
    with pytest.raises(InvalidError) as refusal:
        await replace_preferences(session, awa.id, wanted)
    assert (refusal.value.errors[0].pointer, refusal.value.errors[0].code) == ("/preferences/orders", "no_phone")
    await change_profile(session, awa, {"phone": "+33612345678"})
    assert (await replace_preferences(session, awa.id, wanted))[Topic.ORDERS] == {Channel.WHATSAPP}
    assert await channels(session, awa.id, Topic.ORDERS) == {Channel.WHATSAPP}
    await change_profile(session, awa, {"phone": None})
    assert await channels(session, awa.id, Topic.ORDERS) == frozenset()
    assert (await list_preferences(session, awa.id))[Topic.ORDERS] == frozenset()


async def test_the_house_is_told_in_its_inbox_alone(session: AsyncSession) -> None:
    assert await channels(session, HOUSE_ID, Topic.ORDERS) == {Channel.EMAIL}


async def test_a_transactional_mail_cannot_be_switched_off(session: AsyncSession, awa: Account) -> None:
    with pytest.raises(InvalidError) as refusal:
        await replace_preferences(session, awa.id, {Topic.PAYMENTS: frozenset({Channel.IN_APP})})
    assert refusal.value.errors[0].pointer == "/preferences/payments"
    await replace_preferences(session, awa.id, {Topic.PAYMENTS: frozenset({Channel.EMAIL})})
    assert await channels(session, awa.id, Topic.PAYMENTS) == {Channel.EMAIL}


async def test_the_command_line_opens_an_admin(session: AsyncSession, passwords: Passwords) -> None:
    new = NewAccount("david@orderhub.example", "clefs-de-la-maison", "David Roche")
    staff = await create_staff(session, passwords, new, now=real_now())
    assert (staff.roles, staff.handle) == (["admin"], "david.roche")
    assert staff.confirmed_at is not None
    with pytest.raises(ConflictError):
        await create_staff(session, passwords, new, now=real_now())
