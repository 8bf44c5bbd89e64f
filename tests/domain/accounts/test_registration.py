"""Registering: a stranger learns and voids nothing, the owner of the mailbox gets in."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import email_tokens, pending
from orderhub.domain.accounts.attempts import MAIL_LIMIT, MAIL_PAIR_LIMIT
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.errors import (
    AccountUnconfirmedError,
    EmailTakenError,
    EmailTokenUsedError,
    InvalidCredentialsError,
    InvalidEmailTokenError,
)
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account, Attempt, EmailToken, StaffRole
from orderhub.domain.accounts.opening import NewAccount, open_account
from orderhub.domain.accounts.password_reset import ask_reset, reset
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.pending import Registration
from orderhub.domain.accounts.registration import confirm, register, resend_confirmation
from orderhub.domain.accounts.sessions import Device
from orderhub.domain.accounts.sign_in import Credentials, sign_in
from orderhub.domain.events.models import Event
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.errors import InvalidError
from orderhub.kit.text import Language

AWA = Registration("Awa@Example.com", "mangues-du-marche", "Awa Diop", Language.FRENCH, "Africa/Dakar", "SN", "awa")


NETWORK, ELSEWHERE = "192.0.2.7", "198.51.100.9"
STRANGER = replace(AWA, password="secret-d-un-intrus", display_name="Hello http://evil.example/", handle="intrus")


async def account(session: AsyncSession, email: str = "awa@example.com") -> Account:
    return (await session.scalars(select(Account).where(Account.email == email))).one()


async def topics(session: AsyncSession) -> list[tuple[str, int]]:
    rows = await session.execute(select(Event.topic, Event.sequence).order_by(Event.id))
    return [(topic, sequence) for topic, sequence in rows]


async def waiting(database: Database) -> Sequence[UUID]:
    """The registrations that wait for Awa's address, the newest first."""
    async with database.session() as session:
        return await pending.waiting(session, (await account(session)).id)


async def mailed(database: Database, pending_id: UUID) -> str:
    """The token that the mail of a registration has."""
    async with database.session() as session:
        owner = (await account(session)).id
        return await email_tokens.issue(session, owner, Purpose.CONFIRM, pending_id=pending_id)


async def follow(database: Database, token: str) -> Account:
    async with database.session() as session:
        return await confirm(session, token, now=real_now())


async def confirm_newest(database: Database) -> Account:
    return await follow(database, await mailed(database, (await waiting(database))[0]))


async def test_awa_registers_and_confirms(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA, address=NETWORK)
    async with database.session() as session:
        awa = await account(session)
        assert (awa.display_name, awa.password_hash, awa.confirmed_at) == ("Membre", None, None)
        assert awa.handle.startswith("waiting_")
        assert await topics(session) == [("account.registered", 1)]
    awa = await confirm_newest(database)
    assert (awa.handle, awa.display_name, awa.country) == ("awa", "Awa Diop", "SN")
    assert awa.confirmed_at is not None
    assert await passwords.verify(AWA.password, awa.password_hash)
    assert await waiting(database) == []


async def test_a_known_address_changes_nothing_but_tells_its_owner(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA, address=NETWORK)
    await confirm_newest(database)
    await register(database, passwords, STRANGER, address=ELSEWHERE)
    assert await waiting(database) == []
    async with database.session() as session:
        awa = await account(session)
        assert awa.display_name == "Awa Diop"
        assert await passwords.verify(AWA.password, awa.password_hash)
        assert (await topics(session))[-1] == ("account.registered_again", 3)


@pytest.mark.parametrize("hers", [0, 2, 5])
async def test_five_registrations_by_others_and_hers_confirms_hers(
    database: Database, passwords: Passwords, hers: int
) -> None:
    """Whether hers came before theirs, between them or after."""
    for n in range(6):
        await register(database, passwords, AWA if n == hers else STRANGER, address=NETWORK)
    async with database.session() as session:
        assert len(await topics(session)) == 6
    links = [await mailed(database, pending_id) for pending_id in reversed(await waiting(database))]
    awa = await follow(database, links.pop(hers))
    assert (awa.display_name, awa.handle) == ("Awa Diop", "awa")
    assert await passwords.verify(AWA.password, awa.password_hash)
    for link in links:
        with pytest.raises(InvalidEmailTokenError):
            await follow(database, link)
    async with database.session() as session:
        assert await passwords.verify(AWA.password, (await account(session)).password_hash)


async def test_two_links_at_once_confirm_one_registration(database: Database, passwords: Passwords) -> None:
    for registration in (AWA, STRANGER) * 3:
        await register(database, passwords, registration, address=NETWORK)
    links = [await mailed(database, pending_id) for pending_id in await waiting(database)]
    answers = await asyncio.gather(*(follow(database, link) for link in links), return_exceptions=True)
    assert sum(isinstance(answer, Account) for answer in answers) == 1
    assert sum(isinstance(answer, InvalidEmailTokenError) for answer in answers) == 5


async def test_registering_and_confirming_at_once(database: Database, passwords: Passwords) -> None:
    """Whoever comes last, the account is Awa's."""
    await register(database, passwords, AWA, address=NETWORK)
    link = await mailed(database, (await waiting(database))[0])
    again = (register(database, passwords, STRANGER, address=f"198.51.100.{n}") for n in range(4))
    _, *others = await asyncio.gather(follow(database, link), *again)
    assert others == [None] * 4
    async with database.session() as session:
        assert await passwords.verify(AWA.password, (await account(session)).password_hash)
    assert await waiting(database) == []


async def test_a_link_that_was_followed_says_so(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA, address=NETWORK)
    link = await mailed(database, (await waiting(database))[0])
    await follow(database, link)
    with pytest.raises(EmailTokenUsedError):
        await follow(database, link)


async def test_a_new_password_by_mail_is_nobody_elses_registration(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, STRANGER, address=ELSEWHERE)
    async with database.session() as session:
        link = await email_tokens.issue(session, (await account(session)).id, Purpose.RESET)
    stale = await mailed(database, (await waiting(database))[0])
    await reset(database, passwords, link, AWA.password, Device(None, NETWORK))
    async with database.session() as session:
        awa = await account(session)
        assert (awa.display_name, awa.handle) == ("Membre", "membre")
        assert await passwords.verify(AWA.password, awa.password_hash)
    with pytest.raises(InvalidEmailTokenError):
        await follow(database, stale)


async def test_an_unconfirmed_account_opens_to_no_password(database: Database, passwords: Passwords) -> None:
    """The newest registration's is known to be right, and still nobody gets in; nobody else's is."""
    await register(database, passwords, AWA, address=NETWORK)
    await register(database, passwords, STRANGER, address=ELSEWHERE)
    device, life = Device(None, NETWORK), timedelta(days=1)
    with pytest.raises(AccountUnconfirmedError):
        await sign_in(database, passwords, Credentials(AWA.email, STRANGER.password), device, life=life)
    with pytest.raises(InvalidCredentialsError):
        await sign_in(database, passwords, Credentials(AWA.email, AWA.password), device, life=life)


async def test_an_operator_opens_an_account_whatever_strangers_registered(
    database: Database, passwords: Passwords
) -> None:
    await register(database, passwords, STRANGER, address=ELSEWHERE)
    link = await mailed(database, (await waiting(database))[0])
    staff = NewAccount(AWA.email, AWA.password, "Awa Diop", roles=frozenset({StaffRole.ADMIN}))
    async with database.session() as session:
        opened = await open_account(session, passwords, staff, now=real_now())
        assert (opened.roles, opened.handle) == (["admin"], "awa.diop")
    with pytest.raises(InvalidEmailTokenError):
        await follow(database, link)
    async with database.session() as session:
        with pytest.raises(EmailTakenError):
            await open_account(session, passwords, staff, now=real_now())


async def test_a_taken_handle_gives_one_like_it(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA, address=NETWORK)
    await confirm_newest(database)
    other = await confirmed(database, passwords, replace(AWA, email="awa2@example.com"))
    assert other.handle != "awa"
    assert other.handle.startswith("awa")


async def confirmed(database: Database, passwords: Passwords, registration: Registration) -> Account:
    """The account of somebody who registered and followed the link."""
    await register(database, passwords, registration, address=NETWORK)
    async with database.session() as session:
        owner = (await account(session, registration.email.lower())).id
        (mine,) = await pending.waiting(session, owner)
        link = await email_tokens.issue(session, owner, Purpose.CONFIRM, pending_id=mine)
    return await follow(database, link)


async def test_the_same_wish_at_once_gives_two_handles(database: Database, passwords: Passwords) -> None:
    wishes = [replace(AWA, email=f"awa{n}@example.com") for n in range(4)]
    found = await asyncio.gather(*(confirmed(database, passwords, wish) for wish in wishes))
    handles = {awa.handle for awa in found}
    assert len(handles) == 4
    assert "awa" in handles


async def test_a_registration_that_nobody_confirms_takes_no_handle(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, replace(AWA, email="intrus@example.com"), address=ELSEWHERE)
    assert (await confirmed(database, passwords, AWA)).handle == "awa"


async def test_the_same_address_at_once_gives_one_account(database: Database, passwords: Passwords) -> None:
    await asyncio.gather(*(register(database, passwords, AWA, address=NETWORK) for _ in range(4)))
    async with database.session() as session:
        assert await session.scalar(select(func.count()).where(Account.id != HOUSE_ID)) == 1
    assert len(await waiting(database)) == 4


async def test_strangers_cannot_fill_a_mailbox(database: Database, passwords: Passwords) -> None:
    for _ in range(MAIL_PAIR_LIMIT + 1):
        await register(database, passwords, STRANGER, address=ELSEWHERE)
    assert len(await waiting(database)) == MAIL_PAIR_LIMIT
    for n in range(MAIL_LIMIT - MAIL_PAIR_LIMIT + 1):
        await register(database, passwords, STRANGER, address=f"2001:db8:0:{n:x}::1")
    assert len(await waiting(database)) == MAIL_LIMIT
    async with database.session() as session:
        assert len(await topics(session)) == MAIL_LIMIT


async def test_what_is_too_much_from_one_network_leaves_the_owner_their_mail(
    database: Database, passwords: Passwords
) -> None:
    for n in range(MAIL_LIMIT * 2):
        await register(database, passwords, STRANGER, address=f"2001:db8::{n:x}")
    await register(database, passwords, AWA, address=NETWORK)
    assert (await confirm_newest(database)).display_name == "Awa Diop"


async def test_asked_for_too_often_confirmations_leave_new_passwords_alone(session: AsyncSession, awa: Account) -> None:
    for _ in range(MAIL_PAIR_LIMIT + 1):
        await resend_confirmation(session, awa.email, NETWORK, now=real_now())
    for _ in range(MAIL_PAIR_LIMIT + 1):
        await ask_reset(session, awa.email, NETWORK, now=real_now())
    assert [topic for topic, _ in await topics(session)] == ["account.password_reset_asked"] * MAIL_PAIR_LIMIT


async def test_so_many_registrations_wait_and_no_more(database: Database, passwords: Passwords) -> None:
    for n in range(pending.MOST + 1):
        async with database.session() as session:
            await session.execute(delete(Attempt))
        await register(database, passwords, STRANGER if n else AWA, address=NETWORK)
    assert len(await waiting(database)) == pending.MOST
    awa = await follow(database, await mailed(database, (await waiting(database))[-1]))
    assert awa.display_name == "Awa Diop"


async def test_a_confirmation_is_sent_again(database: Database, passwords: Passwords) -> None:
    await register(database, passwords, AWA, address=NETWORK)
    async with database.session() as session:
        await resend_confirmation(session, "AWA@example.com", NETWORK, now=real_now())
    (mine,) = await waiting(database)
    async with database.session() as session:
        told = (await session.scalars(select(Event.data).where(Event.topic == "account.registered"))).all()
    assert list(told) == [{"registration": mine.hex}] * 2


async def test_of_several_registrations_none_is_sent_again_but_a_choice_of_the_password(
    database: Database, passwords: Passwords
) -> None:
    await register(database, passwords, AWA, address=NETWORK)
    await register(database, passwords, STRANGER, address=ELSEWHERE)
    async with database.session() as session:
        await resend_confirmation(session, AWA.email, NETWORK, now=real_now())
        assert (await topics(session))[-1][0] == "account.password_reset_asked"


async def test_resending_to_nobody_or_to_the_confirmed_says_nothing(session: AsyncSession, awa: Account) -> None:
    await resend_confirmation(session, awa.email, NETWORK, now=real_now())
    await resend_confirmation(session, "personne@example.com", NETWORK, now=real_now())
    assert await topics(session) == []


async def test_an_account_of_an_earlier_version_is_confirmed_as_it_is(
    database: Database, passwords: Passwords, awa_for_good: Account
) -> None:
    """It has its one registration on itself, and its link names none."""
    async with database.session() as session:
        await session.execute(update(Account).where(Account.id == awa_for_good.id).values(confirmed_at=None))
        link = await email_tokens.issue(session, awa_for_good.id, Purpose.CONFIRM)
    awa = await follow(database, link)
    assert awa.confirmed_at is not None
    assert (awa.display_name, awa.handle) == ("Awa Diop", "awa")
    assert await passwords.verify(AWA.password, awa.password_hash)


async def test_a_token_is_good_once_for_one_purpose_in_its_time(session: AsyncSession, awa: Account) -> None:
    token = await email_tokens.issue(session, awa.id, Purpose.CONFIRM)
    with pytest.raises(InvalidEmailTokenError):
        await email_tokens.consume(session, token, Purpose.RESET, now=real_now())
    assert (await email_tokens.consume(session, token, Purpose.CONFIRM, now=real_now()))[0] is awa
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
        await register(database, passwords, replace(AWA, **change), address=NETWORK)
    assert refusal.value.errors[0].pointer == pointer
