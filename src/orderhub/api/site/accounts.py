"""The sample accounts that sign in on the reference with one click: in development, where the sample data is."""

from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing
from orderhub.domain.samples import PASSWORD, PEOPLE

_IDS: Final = [person.id for person in PEOPLE]


async def sample_accounts(session: AsyncSession) -> list[dict[str, Any]]:
    """Handle, name, what they do, and what they sign in with; empty where the sample data is not."""
    sells = exists().where(Listing.seller_id == Account.id)
    asked = select(Account.id, Account.roles, sells).where(Account.id.in_(_IDS), Account.erased_at.is_(None))
    found = {account_id: (roles, is_seller) for account_id, roles, is_seller in await session.execute(asked)}
    return [
        {
            "handle": person.handle,
            "name": person.name,
            "does": _does(*found[person.id]),
            "username": person.email,
            "password": PASSWORD,
        }
        for person in PEOPLE
        if person.id in found
    ]


def _does(roles: list[str], is_seller: bool) -> str:  # noqa: FBT001 - a column
    return ", ".join(sorted(roles)) or ("sells" if is_seller else "buys")
