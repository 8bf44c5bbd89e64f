"""What the end of several offers writes, in whichever transaction ends them. Pure but for the lock.

The open ones are locked in order of id, after the order and the listing that they belong to, and read once they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Delete, Uuid, and_, any_, bindparam, delete, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from orderhub.domain.offers import advance, timers
from orderhub.domain.offers.change import OfferChange
from orderhub.domain.offers.loading import Loaded, loaded_columns
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.process import Because
from orderhub.domain.offers.room import is_open
from orderhub.domain.transitions.change import Rows
from orderhub.domain.transitions.models import Timer

_LISTINGS: Final = bindparam("listing_ids", type_=ARRAY(Uuid()))
_IDS: Final = bindparam("offer_ids", type_=ARRAY(Uuid()))
LOCK_OPEN: Final = (
    select(Offer.id)
    .where(
        is_open(),
        or_(
            and_(Offer.listing_id == any_(_LISTINGS), Offer.for_order_id.is_(None)),
            Offer.id == bindparam("offer_id", type_=Uuid()),
        ),
    )
    .order_by(Offer.id)
    .with_for_update()
)
"""The open offers on these listings, and the one that is used; an extra of an order is not about its listing."""
READ_LOCKED: Final = loaded_columns().where(Offer.id == any_(_IDS)).order_by(Offer.id)


def supersede(loaded: Loaded, because: Because) -> OfferChange:
    """Worth nothing any more. Raises the table's refusals."""
    return advance.take(loaded, advance.SYSTEM, "supersede", {"because": because.value})


def redeem(loaded: Loaded) -> OfferChange:
    """The order that used it is paid. Raises the table's refusals."""
    return advance.take(loaded, advance.PAYER, "redeem", {})


def ended(changes: Sequence[tuple[Loaded, OfferChange]]) -> tuple[Rows, Sequence[Mapping[str, Any]]]:
    """The histories and events of some changes, and the columns that each offer is to have."""
    rows: Rows = {}
    updates: list[Mapping[str, Any]] = []
    for loaded, change in changes:
        advance.merge(rows, advance.rows_of(change, loaded))
        updates.append({"id": change.offer.id, **advance.changed_fields(change.before, change.offer)})
    return rows, updates


def without_timers() -> Delete:
    """Drops every timer of these offers. Parameter ``offer_ids``."""
    return delete(Timer).where(Timer.subject == timers.SUBJECT, Timer.subject_id == any_(_IDS))
