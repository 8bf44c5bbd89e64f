"""A person as anybody may look at them before buying."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.queries import public_account
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.process import By
from orderhub.domain.traders.queries import facts_in_force
from orderhub.domain.transitions.models import History

LATEST: Final = 20
"""Parcels that a usual time is made of, at most."""
ENOUGH: Final = 3
"""Parcels below which there is no usual time."""
SHIPPED: Final = [
    (kind.name, row.action)
    for kind in KINDS.values()
    for row in kind.table.rows
    if By.SELLER in row.by
    and (row.start is None or row.start.code not in kind.followed)
    and any(to.code in kind.followed for to in kind.table.targets(row))
]
"""The rows by which a seller gives a parcel to a carrier, whose word is waited for from then on."""


@dataclass(frozen=True, slots=True)
class SellerPage:
    """What is known of somebody as a seller."""

    account: Account
    business: Mapping[str, Any] | None
    """The verified facts of a trader."""
    time_to_ship: timedelta | None
    """The median from payment to parcel over the `LATEST`; None below `ENOUGH`."""
    active_listings: int


async def seller_page(session: AsyncSession, account_id: UUID) -> SellerPage:
    """The page of a person who is shown. Raises AccountNotFoundError."""
    account = await public_account(session, account_id)
    business = (await facts_in_force(session, [account.id])).get(account.id)
    active = select(func.count()).where(Listing.seller_id == account.id, Listing.state == ListingState.ACTIVE.value)
    time_to_ship = await _time_to_ship(session, account.id)
    return SellerPage(account, business, time_to_ship, await session.scalar(active) or 0)


async def _time_to_ship(session: AsyncSession, seller_id: UUID) -> timedelta | None:
    took = (
        select((History.at - Order.paid_at).label("took"))
        .join(Order, Order.id == History.subject_id)
        .where(
            Order.seller_id == seller_id,
            Order.kind.in_([kind for kind, _ in SHIPPED]),
            Order.paid_at.is_not(None),
            tuple_(History.process, History.action).in_(SHIPPED),
        )
        .order_by(Order.id.desc())
        .limit(LATEST)
        .subquery()
    )
    median = func.percentile_cont(0.5).within_group(took.c.took)
    count, usual = (await session.execute(select(func.count(), median).select_from(took))).one()
    return usual if count >= ENOUGH else None
