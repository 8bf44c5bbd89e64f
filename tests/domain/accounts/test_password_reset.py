"""A forgotten password: the mail's link sets a new one and ends every session."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import devices, email_tokens
from orderhub.domain.accounts.attempts import ACCOUNT_LIMIT, PAIR_LIMIT, start_sign_in
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.errors import EmailTokenUsedError, InvalidCredentialsError, LockedOutError
from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.domain.accounts.password_reset import ask_reset, reset
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.sessions import Device
from orderhub.domain.accounts.sign_in import Credentials, sign_in
from orderhub.domain.events.models import Event
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.errors import InvalidError

OLD, NEW = Credentials("awa@example.com", "mangues-du-marche"), Credentials("awa@example.com", "papayes-du-verger")
PHONE = Device(None, "192.0.2.7")
LIFE = timedelta(days=30)


async def link(database: Database, account: Account) -> str:
    async with database.session() as session:
        return await email_tokens.issue(session, account.id, Purpose.RESET)


async def test_only_the_owner_of_a_known_address_is_written_to(session: AsyncSession, awa: Account) -> None:
    await ask_reset(session, "personne@example.com", "192.0.2.7", now=real_now())
    await ask_reset(session, " Awa@example.com", "192.0.2.7", now=real_now())
    event = (await session.scalars(select(Event))).one()
    assert (event.topic, event.first_party, event.data) == ("account.password_reset_asked", awa.id, {})


async def test_a_new_password_ends_the_sessions_and_unlocks(
    database: Database, passwords: Passwords, awa_for_good: Account
) -> None:
    await sign_in(database, passwords, OLD, PHONE, life=LIFE)
    for n in range(ACCOUNT_LIMIT):
        async with database.session() as session:
            await start_sign_in(session, OLD.email, f"192.0.2.{n}", now=real_now())
    await reset(database, passwords, await link(database, awa_for_good), NEW.password, PHONE)
    async with database.session() as session:
        assert (await session.scalars(select(SignInSession).where(SignInSession.revoked_at.is_(None)))).all() == []
    await sign_in(database, passwords, NEW, PHONE, life=LIFE)
    with pytest.raises(InvalidCredentialsError):
        await sign_in(database, passwords, OLD, PHONE, life=LIFE)


async def test_a_new_password_unlocks_whoever_failed_before(
    database: Database, passwords: Passwords, awa_for_good: Account
) -> None:
    for _ in range(PAIR_LIMIT):
        with pytest.raises(InvalidCredentialsError):
            await sign_in(database, passwords, NEW, PHONE, life=LIFE)
    with pytest.raises(LockedOutError):
        await sign_in(database, passwords, OLD, PHONE, life=LIFE)
    await reset(database, passwords, await link(database, awa_for_good), NEW.password, PHONE)
    assert await sign_in(database, passwords, NEW, PHONE, life=LIFE)


async def test_a_new_password_forgets_the_devices_but_the_one_at_hand(
    database: Database, passwords: Passwords, awa_for_good: Account
) -> None:
    lost, kept = [(await sign_in(database, passwords, OLD, PHONE, life=LIFE)).device_token for _ in range(2)]
    at_hand = replace(PHONE, token=kept)
    await reset(database, passwords, await link(database, awa_for_good), NEW.password, at_hand)
    async with database.session() as session:
        known = [await devices.recognise(session, OLD.email, token) is not None for token in (lost, kept)]
    assert known == [False, True]


async def test_a_link_is_good_once_and_ends_the_others(
    database: Database, passwords: Passwords, awa_for_good: Account
) -> None:
    first, second = await link(database, awa_for_good), await link(database, awa_for_good)
    await reset(database, passwords, second, NEW.password, PHONE)
    with pytest.raises(EmailTokenUsedError):
        await reset(database, passwords, second, OLD.password, PHONE)
    with pytest.raises(InvalidError):
        await reset(database, passwords, first, OLD.password, PHONE)


async def test_a_bad_password_does_not_use_up_the_link(
    database: Database, passwords: Passwords, awa_for_good: Account
) -> None:
    token = await link(database, awa_for_good)
    with pytest.raises(InvalidError):
        await reset(database, passwords, token, "awa@example.com", PHONE)
    await reset(database, passwords, token, NEW.password, PHONE)


async def test_who_reads_the_mail_is_confirmed(database: Database, passwords: Passwords, awa_for_good: Account) -> None:
    async with database.session() as session:
        await session.execute(update(Account).values(confirmed_at=None))
    await reset(database, passwords, await link(database, awa_for_good), NEW.password, PHONE)
    assert await sign_in(database, passwords, NEW, PHONE, life=LIFE)
