"""Reads of accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, any_, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import AccountNotFoundError
from orderhub.domain.accounts.house import HOUSE_ID, SHOP_ADDRESSES
from orderhub.domain.accounts.models import Account, StaffRole
from orderhub.infra.pages import newest_first
from orderhub.kit.pages import Page, PageByText, PageRequest, write_text_cursor
from orderhub.kit.text import Label

SHOWN: Final = (Account.confirmed_at.is_not(None), Account.suspended_at.is_(None), Account.erased_at.is_(None))
"""Whom others may see."""
_AFTER_HANDLES = "\x7f"
"""Sorts after every character of a handle."""


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """What staff look for."""

    email: str | None = None
    handle_prefix: str | None = None
    role: StaffRole | None = None
    suspended: bool | None = None
    confirmed: bool | None = None


async def own_account(session: AsyncSession, account_id: UUID) -> Account:
    """The account of whoever is signed in."""
    return await session.get_one(Account, account_id)


async def public_account(session: AsyncSession, account_id: UUID) -> Account:
    """An account as anybody may see it. Raises AccountNotFoundError for one that isn't shown."""
    found = await session.scalar(select(Account).where(Account.id == account_id, *SHOWN))
    if found is None:
        raise AccountNotFoundError(Label("Il n’y a pas un tel compte.", "There is no such account."))
    return found


async def by_handle_prefix(session: AsyncSession, prefix: str, page: PageByText) -> Page[Account]:
    """Accounts to mention, in the order of their handles.

    The page goes on after the last handle, not after whoever has it: they may take another meanwhile.
    """
    statement = select(Account).where(*_begins(prefix), *SHOWN)
    if page.after is not None:
        statement = statement.where(Account.handle > page.after)
    rows = (await session.scalars(statement.order_by(Account.handle).limit(page.limit + 1))).all()
    if len(rows) <= page.limit:
        return Page(rows, None)
    return Page(rows[: page.limit], write_text_cursor(rows[page.limit - 1].handle))


async def list_accounts(session: AsyncSession, wanted: AccountFilter, page: PageRequest) -> Page[Account]:
    """Every person that staff look for, newest first; neither the erased nor the house nor shops are among them."""
    people = (Account.erased_at.is_(None), Account.id != HOUSE_ID, ~Account.email.endswith(SHOP_ADDRESSES))
    return await newest_first(session, Account, page, *people, *_conditions(wanted))


def _begins(prefix: str) -> Sequence[ColumnElement[bool]]:
    # A range, which the unique index serves whatever the plan; LIKE with a parameter is not always.
    return (Account.handle >= prefix, Account.handle < prefix + _AFTER_HANDLES)


def _conditions(wanted: AccountFilter) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.email is not None:
        found.append(Account.email == wanted.email)
    if wanted.handle_prefix is not None:
        found.extend(_begins(wanted.handle_prefix))
    if wanted.role is not None:
        found.extend((Account.roles != [], literal(wanted.role.value) == any_(Account.roles)))
    if wanted.suspended is not None:
        found.append(Account.suspended_at.is_not(None) == wanted.suspended)
    if wanted.confirmed is not None:
        found.append(Account.confirmed_at.is_not(None) == wanted.confirmed)
    return found
