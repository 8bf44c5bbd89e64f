"""Registering: a stranger learns nothing, the owner of the mailbox gets in."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import email_tokens
from orderhub.domain.accounts.attempts import MAIL_LIMIT
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.errors import EmailTokenUsedError, InvalidEmailTokenError
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account, EmailToken
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.registration import Registration, confirm, register, resend_confirmation
from orderhub.domain.events.models import Event
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.errors import InvalidError
from orderhub.kit.text import Language

AWA = Registration("Awa@Example.com", "mangues-du-marche", "Awa Diop", Language.FRENCH, "Africa/Dakar", "SN", "awa")


async def account(session: AsyncSession, email: str = "awa@example.com") -> Account:
    return (await session.scalars(select(Account).where(Account.email == email))).one()


async def topics(session: AsyncSession) -> list[tuple[str, int]]:
    rows = await session.execute(select(Event.topic, Event.sequence).order_by(Event.id))
    return [(topic, sequence) for topic, sequence in rows]


async def confirm_with_mail(database: Database, email: str = "awa@example.com") -> None:
    async with database.session() as session:
        found = await account(session, email)
        token = await email_tokens.issue(session, found.id, Purpose.CONFIRM)
        await confirm(session, token, now=real_now())


async def test_awa_registers_and_confirms(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA)
    async with database.session() as session:
        awa = await account(session)
        assert (awa.handle, awa.confirmed_at, awa.country) == ("awa", None, "SN")
        assert await topics(session) == [("account.registered", 1)]
    await confirm_with_mail(database)
    async with database.session() as session:
        assert (await account(session)).confirmed_at is not None


async def test_a_known_address_changes_nothing_but_tells_its_owner(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA)
    await confirm_with_mail(database)
    await register(database, passwords, replace(AWA, password="un-autre-secret", display_name="Quelqu’un"))
    async with database.session() as session:
        awa = await account(session)
        assert awa.display_name == "Awa Diop"
        assert await passwords.verify("mangues-du-marche", awa.password_hash)
        assert (await topics(session))[-1] == ("account.registered_again", 3)


async def test_the_last_registration_is_the_one_confirmed(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, replace(AWA, password="secret-d-un-intrus"))
    async with database.session() as session:
        stale = await email_tokens.issue(session, (await account(session)).id, Purpose.CONFIRM)
    await register(database, passwords, AWA)
    async with database.session() as session:
        assert await passwords.verify("mangues-du-marche", (await account(session)).password_hash)
        with pytest.raises(InvalidEmailTokenError):
            await confirm(session, stale, now=real_now())


async def test_a_taken_handle_gives_one_like_it(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA)
    await register(database, passwords, replace(AWA, email="awa2@example.com"))
    async with database.session() as session:
        other = await account(session, "awa2@example.com")
        assert other.handle != "awa"
        assert other.handle.startswith("awa")


async def test_the_same_wish_at_once_gives_two_handles(database: Database, passwords: Passwords) -> None:
    wishes = [replace(AWA, email=f"awa{n}@example.com") for n in range(4)]
    await asyncio.gather(*(register(database, passwords, wish) for wish in wishes))
    async with database.session() as session:
        handles = (await session.scalars(select(Account.handle).where(Account.id != HOUSE_ID))).all()
    assert len(set(handles)) == 4
    assert "awa" in handles


async def test_the_same_address_at_once_gives_one_account(database: Database, passwords: Passwords) -> None:
    await asyncio.gather(*(register(database, passwords, AWA) for _ in range(4)))
    async with database.session() as session:
        assert await session.scalar(select(func.count()).where(Account.id != HOUSE_ID)) == 1


async def test_strangers_cannot_fill_a_mailbox(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA)
    for _ in range(MAIL_LIMIT + 2):
        async with database.session() as session:
            await resend_confirmation(session, "AWA@example.com", now=real_now())
    async with database.session() as session:
        assert len(await topics(session)) == MAIL_LIMIT


async def test_resending_to_nobody_or_to_the_confirmed_says_nothing(session: AsyncSession, awa: Account) -> None:
    await resend_confirmation(session, awa.email, now=real_now())
    await resend_confirmation(session, "personne@example.com", now=real_now())
    assert await topics(session) == []


async def test_a_token_is_good_once_for_one_purpose_in_its_time(session: AsyncSession, awa: Account) -> None:
    token = await email_tokens.issue(session, awa.id, Purpose.CONFIRM)
    with pytest.raises(InvalidEmailTokenError):
        await email_tokens.consume(session, token, Purpose.RESET, now=real_now())
    assert await email_tokens.consume(session, token, Purpose.CONFIRM, now=real_now()) == awa.id
    with pytest.raises(EmailTokenUsedError):
        await email_tokens.consume(session, token, Purpose.CONFIRM, now=real_now())
    late = await email_tokens.issue(session, awa.id, Purpose.RESET)
    await session.execute(update(EmailToken).values(expires_at=real_now() - timedelta(seconds=1)))
    with pytest.raises(InvalidEmailTokenError):
        await email_tokens.consume(session, late, Purpose.RESET, now=real_now())


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"email": "awa"}, "/email"),
        ({"email": "awa@erased.invalid"}, "/email"),
        ({"password": "court"}, "/password"),
        ({"country": "XX"}, "/country"),
        ({"time_zone": "Europe/Atlantis"}, "/time_zone"),
        ({"handle": "admin"}, "/handle"),
    ],
)
async def test_what_is_wrong_is_named(
    database: Database, passwords: Passwords, change: dict[str, str], pointer: str
) -> None:
    with pytest.raises(InvalidError) as refusal:
        await register(database, passwords, replace(AWA, **change))
    assert refusal.value.errors[0].pointer == pointer
