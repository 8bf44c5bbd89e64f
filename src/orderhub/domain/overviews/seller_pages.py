"""A person as anybody may look at them before buying."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.queries import public_account
from orderhub.domain.traders.queries import facts_in_force


@dataclass(frozen=True, slots=True)
class SellerPage:
    """What is known of somebody as a seller."""

    account: Account
    business: Mapping[str, Any] | None
    """The verified facts of a trader."""


async def seller_page(session: AsyncSession, account_id: UUID) -> SellerPage:
    """The page of a person who is shown. Raises AccountNotFoundError."""
    account = await public_account(session, account_id)
    return SellerPage(account, (await facts_in_force(session, [account.id])).get(account.id))
