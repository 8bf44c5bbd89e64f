"""How an order holds listings: reserved while it waits to be paid, sold once it is, back with their seller afterwards.

Whoever moves several locks them in the order of their ids, so that no two wait for each other.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import CTE, DateTime, Text, Uuid, bindparam, case, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.orders.kinds.item.details import details_of
from orderhub.domain.orders.state import OrderState
from orderhub.infra.changes import Step

_HELD: Final = (ListingState.RESERVED.value, ListingState.SOLD.value)


def move_step(order: OrderState, state: str, now: datetime, until: datetime | None = None) -> Step:
    """The step that gives the order's listings this state; ``until`` when a reservation ends.

    One that its seller has closed meanwhile stays closed.
    """
    values = {
        "moved_listings": [item.listing_id for item in details_of(order).items],
        "moved_state": state,
        "moved_until": until,
        "moved_by": order.id if state in _HELD else None,
        "moved_order": order.id,
        "moved_at": now,
    }
    return Step("move_listings", _move, values)


def _move(moved: CTE) -> Sequence[CTE]:
    wanted = Listing.id == bindparam("moved_listings", type_=ARRAY(Uuid())).any_()
    free = or_(Listing.order_id.is_(None), Listing.order_id == bindparam("moved_order", type_=Uuid()))
    held = (
        select(Listing.id)
        .where(wanted, free, moved.c.id.is_not(None))
        .order_by(Listing.id)
        .with_for_update(key_share=True)
        .cte("held_listings")
    )
    closed = Listing.state == ListingState.CLOSED.value
    state = bindparam("moved_state", type_=Text())
    statement = (
        update(Listing)
        .where(Listing.id.in_(select(held.c.id)))
        .values(
            state=case((closed, literal(ListingState.CLOSED.value)), else_=state),
            reserved_until=bindparam("moved_until", type_=DateTime(timezone=True)),
            order_id=bindparam("moved_by", type_=Uuid()),
            updated_at=bindparam("moved_at", type_=DateTime(timezone=True)),
            version=Listing.version + 1,
        )
        .returning(Listing.id)
    )
    return (held, statement.cte("moved_listings"))
