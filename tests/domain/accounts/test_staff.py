"""What staff do to accounts, and what they may not."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import AccountNotFoundError, OwnAccountError, StaffAccountError
from orderhub.domain.accounts.models import Account, SignInSession, StaffRole
from orderhub.domain.accounts.queries import AccountFilter, by_handle_prefix, list_accounts, public_account
from orderhub.domain.accounts.sessions import Device, open_session
from orderhub.domain.accounts.staff import Actor, reinstate, set_roles, suspend
from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.audit.models import AuditEntry
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from orderhub.kit.pages import PageByText, PageRequest, read_cursor, read_page_by_text
from orderhub.kit.text import parse_duration


def actor(account: Account) -> Actor:
    return Actor(account.id, frozenset(account.roles))


async def signed_in(session: AsyncSession, account: Account) -> Claims:
    opened = await open_session(
        session, account, Device(None, "192.0.2.7"), life=parse_duration("P30D"), now=real_now()
    )
    await session.flush()
    return opened.claims


async def is_alive(session: AsyncSession, claims: Claims) -> bool:
    statement = select(SignInSession.revoked_at).where(SignInSession.id == claims.session_id)
    return (await session.execute(statement)).scalar_one() is None


async def test_a_suspension_ends_the_sessions_and_hides_the_page(
    session: AsyncSession, bruno: Account, chloe: Account
) -> None:
    claims = await signed_in(session, bruno)
    await suspend(session, actor(chloe), bruno.id, "Vend des contrefaçons", now=real_now())
    assert not await is_alive(session, claims)
    with pytest.raises(AccountNotFoundError):
        await public_account(session, bruno.id)
    await reinstate(session, actor(chloe), bruno.id, now=real_now())
    assert (await public_account(session, bruno.id)).suspended_at is None
    entries = (await session.scalars(select(AuditEntry).where(AuditEntry.account_id == chloe.id))).all()
    assert [entry.action for entry in entries] == ["account.suspended", "account.reinstated"]


async def test_a_new_role_needs_a_new_sign_in(session: AsyncSession, bruno: Account, david: Account) -> None:
    claims = await signed_in(session, bruno)
    await set_roles(session, actor(david), bruno.id, {StaffRole.FINANCE, StaffRole.SUPPORT}, now=real_now())
    assert bruno.roles == ["finance", "support"]
    assert not await is_alive(session, claims)


async def test_nobody_changes_their_own_account(session: AsyncSession, david: Account) -> None:
    with pytest.raises(OwnAccountError):
        await set_roles(session, actor(david), david.id, set(), now=real_now())
    with pytest.raises(OwnAccountError):
        await suspend(session, actor(david), david.id, "Vacances", now=real_now())


async def test_support_does_not_suspend_staff(session: AsyncSession, chloe: Account, david: Account) -> None:
    with pytest.raises(StaffAccountError):
        await suspend(session, actor(chloe), david.id, "Mutinerie", now=real_now())
    assert (await suspend(session, actor(david), chloe.id, "Départ", now=real_now())).suspended_at


async def test_an_account_that_is_not_there(session: AsyncSession, david: Account) -> None:
    with pytest.raises(AccountNotFoundError):
        await set_roles(session, actor(david), new_id(), set(), now=real_now())


@pytest.mark.usefixtures("awa", "bruno", "chloe", "david")
async def test_staff_find_accounts(session: AsyncSession) -> None:
    async def handles(wanted: AccountFilter) -> list[str]:
        return [account.handle for account in (await list_accounts(session, wanted, PageRequest())).data]

    assert await handles(AccountFilter()) != []
    assert await handles(AccountFilter(email="awa@example.com")) == ["awa"]
    assert await handles(AccountFilter(role=StaffRole.SUPPORT)) == ["chloe"]
    assert await handles(AccountFilter(handle_prefix="br")) == ["bruno"]
    assert await handles(AccountFilter(suspended=True)) == []
    assert len(await handles(AccountFilter(confirmed=True, suspended=False))) == 4


@pytest.mark.usefixtures("awa", "bruno", "chloe", "david")
async def test_lists_go_on_where_they_stopped(session: AsyncSession) -> None:
    first = await list_accounts(session, AccountFilter(), PageRequest(3))
    assert first.next_cursor is not None
    rest = await list_accounts(session, AccountFilter(), PageRequest(3, read_cursor(first.next_cursor)))
    assert sorted(account.handle for account in [*first.data, *rest.data]) == ["awa", "bruno", "chloe", "david"]
    assert rest.next_cursor is None


async def test_a_mention_completes(session: AsyncSession, awa: Account, bruno: Account, chloe: Account) -> None:
    awa.handle, bruno.handle, chloe.handle = "ma_i", "mamadou", "maxi"
    await session.flush()
    found = await by_handle_prefix(session, "ma", PageByText(2))
    assert [account.handle for account in found.data] == ["ma_i", "mamadou"]
    assert found.next_cursor is not None
    bruno.handle = "zoe"  # the last one shown takes another handle meanwhile
    await session.flush()
    rest = await by_handle_prefix(session, "ma", read_page_by_text(2, found.next_cursor))
    assert [account.handle for account in rest.data] == ["maxi"]
    assert [account.handle for account in (await by_handle_prefix(session, "ma_", PageByText())).data] == ["ma_i"]
