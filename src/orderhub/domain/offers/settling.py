"""What an order does to the offers on what it sells, in the transaction of its own change: for `Kind.settles`.

Whoever asks has locked the order, then the listings in order of id. Pure rows go into the change that is given::

    await settle(transaction, change, listing_ids=[…], offer_id=details.offer_id)      # it is paid
    await release(transaction, change, offer_id=details.offer_id)                      # it ended unpaid
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from sqlalchemy import CTE, Uuid, bindparam, select

from orderhub.domain.offers import advance, timers
from orderhub.domain.offers.ending import LOCK_OPEN, READ_LOCKED, ended, redeem, supersede, without_timers
from orderhub.domain.offers.errors import OfferNotUsableError
from orderhub.domain.offers.loading import Loaded, read_loaded
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.process import Because, accepted
from orderhub.domain.offers.using import is_usable
from orderhub.domain.transitions.change import Change
from orderhub.domain.transitions.models import Timer
from orderhub.infra.changes import Step
from orderhub.infra.database import HotTransaction, Statement
from orderhub.infra.locking import LockingStatement, lock

_TABLE: Final = "offers"
_FORGETS: Final = "forget_offer_timers"
_LOCK: Final = Statement(LOCK_OPEN)
_READ: Final = Statement(READ_LOCKED)
_LOCK_ONE: Final = LockingStatement(select(Offer.id).where(Offer.id == bindparam("offer_id", type_=Uuid())), of=Offer)


async def settle(
    transaction: HotTransaction, change: Change, *, listing_ids: Sequence[UUID], offer_id: UUID | None
) -> None:
    """The order is paid: the offer that it used is redeemed, every other one on what it bought is superseded.

    ``listing_ids`` are what nobody else can buy any more: none for a service, which is sold again and again.
    """
    wanted = {"listing_ids": list(listing_ids), "offer_id": offer_id}
    ids = [row["id"] for row in await transaction.rows(_LOCK, wanted)]
    if not ids:
        return
    found = [read_loaded(row, change.now) for row in await transaction.rows(_READ, {"offer_ids": ids})]
    taken = [
        (loaded, redeem(loaded) if loaded.offer.id == offer_id else supersede(loaded, Because.SOLD)) for loaded in found
    ]
    rows, updates = ended(taken)
    advance.merge(change.rows, rows)
    change.updates.setdefault(_TABLE, []).extend(map(dict, updates))
    _forget_timers(change, ids)


async def use(transaction: HotTransaction, change: Change, *, order_id: UUID, offer_id: UUID) -> None:
    """A running order takes an accepted offer as its extra. Raises OfferNotUsableError."""
    loaded = await _locked(transaction, offer_id)
    offer = None if loaded is None else loaded.offer
    if offer is None or offer.for_order_id != order_id:
        raise OfferNotUsableError
    if not is_usable(offer.status, offer.order_id, offer.expires_at, change.now):
        raise OfferNotUsableError
    change.updates.setdefault(_TABLE, []).append({"id": offer_id, "order_id": order_id})


async def release(transaction: HotTransaction, change: Change, *, offer_id: UUID) -> None:
    """The order that used an offer ended unpaid: what is left of its time is its buyer's again."""
    loaded = await _locked(transaction, offer_id)
    if loaded is None or loaded.offer.status != accepted.code:
        return
    freed = replace(loaded.offer, order_id=None)
    _, fresh = timers.difference(None, freed, change.now)
    change.updates.setdefault(_TABLE, []).append({"id": offer_id, "order_id": None})
    advance.merge(change.rows, {Timer.__tablename__: fresh})
    _forget_timers(change, [offer_id])


async def _locked(transaction: HotTransaction, offer_id: UUID) -> Loaded | None:
    if await lock(transaction, _LOCK_ONE, {"offer_id": offer_id}) is None:
        return None
    rows = await transaction.rows(_READ, {"offer_ids": [offer_id]})
    return read_loaded(rows[0])


def _forget_timers(change: Change, offer_ids: Sequence[UUID]) -> None:
    """Drop the timers of offers that another thing's change ends, in one step however many it ends one by one."""
    step = next((step for step in change.steps if step.name == _FORGETS), None)
    if step is None:
        change.steps.append(Step(_FORGETS, _without, {"offer_ids": list(offer_ids)}))
    else:
        step.values["offer_ids"] += offer_ids


def _without(moved: CTE) -> Sequence[CTE]:
    statement = without_timers().where(moved.c.id.is_not(None))
    return (statement.returning(Timer.id).cte("forgotten_offer_timers"),)
