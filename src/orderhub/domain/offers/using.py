"""How an order takes an accepted offer when it is placed: locked in the statement that finds what is bought.

``held()`` is the offer as a part of that statement, after whatever listings it locks; `read` refuses what can't be
used; `use_step` notes the order on it, in the statement that writes the order::

    offer = held()
    select(…, *columns(offer)).select_from(…).outerjoin(offer, true())      # parameters offer_id, account_id
    accepted = read(row, now, offer_id)                                      # None where none was named
    Changes(…, steps=[use_step(order_id, accepted.id)])
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CTE, Label, Uuid, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.offers.errors import OfferNotUsableError
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.process import accepted
from orderhub.domain.offers.state import OfferSort
from orderhub.infra.changes import Step
from orderhub.kit.money import Money

_ID: Final = bindparam("offer_id", type_=Uuid())
_KEPT: Final = (
    "id",
    "sort",
    "status",
    "listing_id",
    "for_order_id",
    "order_id",
    "amount",
    "currency",
    "days",
    "revisions",
    "scope",
    "expires_at",
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted offer that an order may use."""

    id: UUID
    sort: str
    listing_id: UUID
    for_order_id: UUID | None
    amount: int
    currency: str
    days: int | None
    revisions: int | None
    scope: str | None
    expires_at: datetime
    """Until when it can be used; an order that waits to be paid keeps it."""


def held() -> CTE:
    """The caller's own offer of this id, locked. Parameters ``offer_id``, null for none, and ``account_id``."""
    mine = Offer.buyer_id == bindparam("account_id", type_=Uuid())
    kept = (getattr(Offer, name) for name in _KEPT)
    return select(*kept).where(Offer.id == _ID, mine).with_for_update().cte("held_offer")


def columns(offer: CTE) -> Sequence[Label[Any]]:
    """The columns that `read` reads."""
    return [offer.c[name].label(f"held_offer_{name}") for name in _KEPT]


def read(row: Mapping[str, Any], now: datetime, offer_id: UUID | None) -> Accepted | None:
    """The offer of this id in a row with these columns; None where none was named.

    Raises OfferNotUsableError, also where the caller has no such offer.
    """
    found = {name: row[f"held_offer_{name}"] for name in _KEPT}
    if found["id"] is None:
        if offer_id is not None:
            raise OfferNotUsableError
        return None
    status, order_id = found.pop("status"), found.pop("order_id")
    if not is_usable(status, order_id, found["expires_at"], now):
        raise OfferNotUsableError
    return Accepted(**found)


async def agreed_on(
    session: AsyncSession, account_id: UUID, offer_id: UUID, item: Sequence[UUID], now: datetime
) -> Money:
    """The price that one's accepted offer makes of the only item of an order; nothing is locked.

    Raises OfferNotUsableError, also for one on something else, or for a bundle.
    """
    found = await session.scalar(select(Offer).where(Offer.id == offer_id, Offer.buyer_id == account_id))
    if (
        found is None
        or not is_usable(found.status, found.order_id, found.expires_at, now)
        or not is_on(found.sort, found.listing_id, item)
    ):
        raise OfferNotUsableError
    return Money(found.amount, found.currency)


def is_on(sort: str, listing_id: UUID, items: Sequence[UUID]) -> bool:
    """Whether an offer is on the only item of an order."""
    return sort != OfferSort.CUSTOM and [listing_id] == list(items)


def is_usable(status: str, order_id: UUID | None, expires_at: datetime, now: datetime) -> bool:
    """Whether an order may use an offer: accepted, in time, and used by no other."""
    return status == accepted.code and order_id is None and now < expires_at


def use_step(order_id: UUID, offer_id: UUID) -> Step:
    """The step that notes the order on an offer that is locked: it doesn't lapse while the order waits to be paid."""
    return Step("use_offer", _use, {"used_offer": offer_id, "used_by": order_id})


def _use(moved: CTE) -> Sequence[CTE]:
    statement = (
        update(Offer)
        .where(Offer.id == bindparam("used_offer", type_=Uuid()), moved.c.id.is_not(None))
        .values(order_id=bindparam("used_by", type_=Uuid()), version=Offer.version + 1)
    )
    return (statement.returning(Offer.id).cte("used_offers"),)
