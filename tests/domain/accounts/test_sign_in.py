"""Signing in: the same path for everybody, lock-out for all processes, tokens that turn once."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import attempts, devices, sessions
from orderhub.domain.accounts.attempts import ACCOUNT_LIMIT, ADDRESS_LIMIT, DEVICE_LIMIT, LOCK_WINDOW, PAIR_LIMIT
from orderhub.domain.accounts.errors import (
    AccountSuspendedError,
    AccountUnconfirmedError,
    InvalidCredentialsError,
    InvalidRefreshTokenError,
    LockedOutError,
    RefreshTokenReusedError,
)
from orderhub.domain.accounts.models import Account, Attempt, RefreshToken, SignInSession
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.sessions import REPEAT_WITHIN, Device, Opened
from orderhub.domain.accounts.sign_in import Credentials, sign_in
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from tests.domain.accounts.conftest import BRUNO, OpenPerson

AWA = Credentials("awa@example.com", "mangues-du-marche")
WRONG = Credentials("awa@example.com", "mangues-du-jardin")
NOBODY = Credentials("personne@example.com", "mangues-du-jardin")
PHONE = Device("OrderHub/1.0 (Android)", "192.0.2.7")
LIFE = timedelta(days=30)


class CountedPasswords(Passwords):
    """The real thing, which also remembers how often it hashed."""

    hashes = 0

    async def verify(self, password: str, hashed: str | None) -> bool:
        self.hashes += 1
        return await super().verify(password, hashed)


async def enter(database: Database, passwords: Passwords, who: Credentials = AWA, device: Device = PHONE) -> Opened:
    return (await sign_in(database, passwords, who, device, life=LIFE)).opened


async def known_device(database: Database, passwords: Passwords, who: Credentials = AWA) -> Device:
    """A phone that signed in, with what it was given."""
    return replace(PHONE, token=(await sign_in(database, passwords, who, PHONE, life=LIFE)).device_token)


async def turn(
    database: Database, token: str, at: datetime | None = None
) -> Opened | InvalidRefreshTokenError | RefreshTokenReusedError:
    async with database.session() as session:
        return await sessions.refresh(session, token, life=LIFE, now=at or real_now())


async def living(database: Database) -> int:
    async with database.session() as session:
        rows = await session.scalars(select(SignInSession).where(SignInSession.revoked_at.is_(None)))
        return len(rows.all())


async def test_awa_gets_in(database: Database, passwords: Passwords, awa_for_good: Account) -> None:
    opened = await enter(database, passwords, Credentials(" AWA@example.com", AWA.password))
    assert opened.claims.account_id == awa_for_good.id
    async with database.session() as session:
        stored = (await session.scalars(select(RefreshToken))).one()
        assert opened.refresh_token.encode() not in stored.hash
        assert (await session.scalars(select(Attempt.count))).all() == [0]


@pytest.mark.usefixtures("awa_for_good")
async def test_known_and_unknown_cost_the_same_hash_and_answer(database: Database) -> None:
    answers: list[tuple[str, str]] = []
    counted = CountedPasswords(1)
    for who in (WRONG, NOBODY):
        before = counted.hashes
        with pytest.raises(InvalidCredentialsError) as refusal:
            await enter(database, counted, who)
        assert counted.hashes == before + 1
        answers.append((refusal.value.code, str(refusal.value)))
    assert answers[0] == answers[1]
    counted.close()


@pytest.mark.parametrize("who", [WRONG, NOBODY])
@pytest.mark.usefixtures("awa_for_good")
async def test_after_repeated_failures_the_door_is_locked(database: Database, who: Credentials) -> None:
    counted = CountedPasswords(2)
    for _ in range(PAIR_LIMIT):
        with pytest.raises(InvalidCredentialsError):
            await enter(database, counted, who)
    with pytest.raises(LockedOutError) as refusal:
        await enter(database, counted, Credentials(who.email, AWA.password))
    assert 0 < refusal.value.extras["retry_after"] <= LOCK_WINDOW.total_seconds() + 1
    assert counted.hashes == PAIR_LIMIT
    counted.close()


@pytest.mark.usefixtures("awa_for_good")
async def test_many_guesses_at_once_do_not_slip_through(database: Database, passwords: Passwords) -> None:
    tries = await asyncio.gather(*(enter(database, passwords, WRONG) for _ in range(9)), return_exceptions=True)
    assert sum(isinstance(answer, InvalidCredentialsError) for answer in tries) == PAIR_LIMIT
    assert sum(isinstance(answer, LockedOutError) for answer in tries) == 9 - PAIR_LIMIT


@pytest.mark.usefixtures("awa_for_good")
async def test_awa_gets_in_from_elsewhere_and_when_the_window_is_over(database: Database, passwords: Passwords) -> None:
    for _ in range(PAIR_LIMIT):
        with pytest.raises(InvalidCredentialsError):
            await enter(database, passwords, WRONG)
    assert await enter(database, passwords, device=Device(None, "192.0.2.200"))
    with pytest.raises(LockedOutError):
        await enter(database, passwords)
    async with database.session() as session:
        await session.execute(update(Attempt).values(since=real_now() - LOCK_WINDOW - timedelta(seconds=1)))
    assert await enter(database, passwords)


async def start(database: Database, email: str, address: str, device: bytes | None = None) -> bytes | None:
    async with database.session() as session:
        return await attempts.start_sign_in(session, email, address, now=real_now(), device=device)


async def guess_from_four_networks(database: Database) -> None:
    """Twenty wrong passwords for Awa, all that strangers have."""
    for n in range(ACCOUNT_LIMIT):
        await start(database, "awa@example.com", f"198.51.100.{n % 4}")


async def test_an_account_is_locked_whatever_the_addresses(database: Database) -> None:
    for n in range(ACCOUNT_LIMIT):
        await start(database, "awa@example.com", f"192.0.2.{n}")
    with pytest.raises(LockedOutError):
        await start(database, "awa@example.com", "198.51.100.1")


async def test_an_address_is_locked_whatever_the_accounts(database: Database) -> None:
    for n in range(ADDRESS_LIMIT):
        await start(database, f"awa{n}@example.com", "192.0.2.7")
    with pytest.raises(LockedOutError):
        await start(database, "bruno@example.com", "192.0.2.7")


async def test_the_addresses_of_one_network_are_one(database: Database) -> None:
    for n in range(PAIR_LIMIT):
        await start(database, "awa@example.com", f"2001:db8:0:1::{n}")
    with pytest.raises(LockedOutError):
        await start(database, "awa@example.com", "2001:db8:0:1:ffff::9")
    await start(database, "awa@example.com", "2001:db8:0:2::1")


@pytest.mark.usefixtures("awa_for_good")
async def test_strangers_do_not_lock_out_a_device_that_was_there_before(
    database: Database, passwords: Passwords
) -> None:
    phone = await known_device(database, passwords)
    await guess_from_four_networks(database)
    with pytest.raises(LockedOutError):
        await enter(database, passwords)
    signed_in = await sign_in(database, passwords, AWA, phone, life=LIFE)
    assert signed_in.device_token == phone.token
    with pytest.raises(LockedOutError):
        await enter(database, passwords)


@pytest.mark.usefixtures("awa_for_good")
async def test_a_known_device_has_a_bound_of_its_own(database: Database, passwords: Passwords) -> None:
    phone = await known_device(database, passwords)
    await guess_from_four_networks(database)
    for _ in range(DEVICE_LIMIT):
        with pytest.raises(InvalidCredentialsError):
            await enter(database, passwords, WRONG, phone)
    with pytest.raises(LockedOutError):
        await enter(database, passwords, AWA, phone)


@pytest.mark.usefixtures("awa_for_good")
async def test_one_failure_less_and_the_device_gets_in_and_counts_anew(
    database: Database, passwords: Passwords
) -> None:
    phone = await known_device(database, passwords)
    await guess_from_four_networks(database)
    for _ in range(2):
        for _ in range(DEVICE_LIMIT - 1):
            with pytest.raises(InvalidCredentialsError):
                await enter(database, passwords, WRONG, phone)
        assert await enter(database, passwords, AWA, phone)


@pytest.mark.usefixtures("awa_for_good")
async def test_a_device_is_known_to_its_own_account_only(
    database: Database, passwords: Passwords, open_person: OpenPerson
) -> None:
    async with database.session() as session:
        await open_person(session, BRUNO)
    brunos = await known_device(database, passwords, Credentials(BRUNO.email, BRUNO.password))
    await guess_from_four_networks(database)
    for device in (brunos, replace(PHONE, token="un-jeton-inconnu-de-tous")):
        with pytest.raises(LockedOutError):
            await enter(database, passwords, AWA, device)


@pytest.mark.usefixtures("awa_for_good")
async def test_so_many_devices_are_kept_and_no_more(database: Database, passwords: Passwords) -> None:
    phones = [await known_device(database, passwords) for _ in range(devices.MOST)]
    assert await sign_in(database, passwords, AWA, phones[0], life=LIFE)
    newest = await known_device(database, passwords)
    async with database.session() as session:
        known = [await devices.recognise(session, AWA.email, phone.token) for phone in (*phones, newest)]
    assert [index for index, found in enumerate(known) if found is None] == [1]


async def test_only_the_right_password_hears_of_a_suspension(
    database: Database, passwords: Passwords, awa_for_good: Account
) -> None:
    await set_account(database, suspended_at=real_now())
    with pytest.raises(InvalidCredentialsError):
        await enter(database, passwords, WRONG)
    with pytest.raises(AccountSuspendedError):
        await enter(database, passwords)


@pytest.mark.usefixtures("awa_for_good")
async def test_an_unconfirmed_account_waits_for_its_mail(database: Database, passwords: Passwords) -> None:
    await set_account(database, confirmed_at=None)
    for _ in range(PAIR_LIMIT + 1):
        with pytest.raises(AccountUnconfirmedError):
            await enter(database, passwords)
    assert await living(database) == 0


async def set_account(database: Database, **values: object) -> None:
    async with database.session() as session:
        await session.execute(update(Account).values(**values))


@pytest.mark.usefixtures("awa_for_good")
async def test_a_refresh_token_turns_and_the_old_one_ends_the_family(database: Database, passwords: Passwords) -> None:
    first = await enter(database, passwords)
    second = await turn(database, first.refresh_token)
    assert isinstance(second, Opened)
    assert second.claims == first.claims
    assert isinstance(
        await turn(database, first.refresh_token, at=real_now() + REPEAT_WITHIN * 2), RefreshTokenReusedError
    )
    assert isinstance(await turn(database, second.refresh_token), InvalidRefreshTokenError)
    assert await living(database) == 0


@pytest.mark.usefixtures("awa_for_good")
async def test_a_repeat_is_good_until_its_bound(database: Database, passwords: Passwords) -> None:
    token = (await enter(database, passwords)).refresh_token
    begun = real_now()
    assert isinstance(await turn(database, token, at=begun), Opened)
    assert isinstance(await turn(database, token, at=begun + REPEAT_WITHIN), Opened)
    assert await living(database) == 1
    too_late = begun + REPEAT_WITHIN + timedelta(microseconds=1)
    assert isinstance(await turn(database, token, at=too_late), RefreshTokenReusedError)
    assert await living(database) == 0


@pytest.mark.usefixtures("awa_for_good")
async def test_the_same_refresh_token_at_once_gives_each_a_successor(database: Database, passwords: Passwords) -> None:
    token = (await enter(database, passwords)).refresh_token
    answers = await asyncio.gather(*(turn(database, token) for _ in range(4)))
    successors = [answer.refresh_token for answer in answers if isinstance(answer, Opened)]
    assert len(set(successors)) == 4
    assert all([isinstance(await turn(database, successor), Opened) for successor in successors])
    assert await living(database) == 1


@pytest.mark.usefixtures("awa_for_good")
async def test_a_refresh_token_ends_with_its_session(database: Database, passwords: Passwords) -> None:
    token = (await enter(database, passwords)).refresh_token
    async with database.session() as session:
        await session.execute(update(SignInSession).values(expires_at=real_now()))
    assert isinstance(await turn(database, token), InvalidRefreshTokenError)
    assert isinstance(await turn(database, "un-jeton-inconnu"), InvalidRefreshTokenError)


async def test_ones_own_sign_in_does_not_wipe_out_guesses_at_others(session: AsyncSession) -> None:
    for _ in range(3):
        await attempts.start_sign_in(session, "bruno@example.com", "192.0.2.7", now=real_now())
    await attempts.start_sign_in(session, "awa@example.com", "192.0.2.7", now=real_now())
    await attempts.end_sign_in(session, "awa@example.com", "192.0.2.7")
    session.expire_all()
    assert sorted((await session.scalars(select(Attempt.count))).all()) == [3, 3, 3]
