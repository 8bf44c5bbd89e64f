"""The account of a shop: the party that it is in its orders, and as whom its keys call.

Like the house's it is one that nobody can sign in to: no password, never confirmed, an address that can't
receive mail. Whoever acts for the shop as a person is a member of it.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.handles import shop_handle
from orderhub.domain.accounts.house import SHOP_ADDRESSES
from orderhub.domain.accounts.models import Account
from orderhub.domain.shops.models import Shop


async def open_account(session: AsyncSession, shop: Shop, now: datetime) -> None:
    """Give a new shop its account."""
    session.add(
        Account(
            id=shop.account_id,
            email=shop.account_id.hex + SHOP_ADDRESSES,
            handle=shop_handle(shop.account_id),
            display_name=shop.name,
            password_hash=None,
            language="fr",
            time_zone="Europe/Paris",
            country=shop.country,
            phone=None,
            created_at=now,
            confirmed_at=None,
        )
    )
    await session.flush()


async def follow(session: AsyncSession, shop: Shop) -> None:
    """Name the account as the shop is named, and place it where the shop is."""
    account = await session.get_one(Account, shop.account_id)
    account.display_name, account.country = shop.name, shop.country
