"""Custom offers that a service order uses: for itself, and for its extras. For `Kind.settles`.

What becomes of an offer follows from the order before and after its change: an extra that is new takes one, a payment
redeems the one that it paid for, and whatever ends unpaid gives it back.
"""

from collections.abc import Iterator
from uuid import UUID

from orderhub.domain.offers import settling
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.kinds.service.details import Extra, details_of
from orderhub.infra.database import HotTransaction


def touches_offers(change: OrderChange) -> bool:
    """Whether a custom offer is taken, redeemed or given back with this change."""
    return bool(_taken(change)) or any(_ended(change))


async def settle(transaction: HotTransaction, change: OrderChange) -> None:
    """Lock these offers and append what becomes of them. Raises OfferNotUsableError."""
    for offer_id in _taken(change):
        await settling.use(transaction, change, order_id=change.order.id, offer_id=offer_id)
    for offer_id, paid in sorted(_ended(change)):
        if paid:
            await settling.settle(transaction, change, listing_ids=(), offer_id=offer_id)
        else:
            await settling.release(transaction, change, offer_id=offer_id)


def _taken(change: OrderChange) -> list[UUID]:
    before = {extra.id for extra in details_of(change.before).extras}
    fresh = (extra for extra in details_of(change.order).extras if extra.id not in before)
    return [extra.offer_id for extra in fresh if extra.offer_id is not None]


def _ended(change: OrderChange) -> Iterator[tuple[UUID, bool]]:
    """Offers that are used no longer, and whether they were paid for."""
    own = details_of(change.order).offer_id
    if own is not None and change.before.paid_at is None and change.before.status != change.order.status:
        yield own, change.order.paid_at is not None
    kept = {extra.id for extra in details_of(change.order).extras}
    for extra in details_of(change.before).extras:
        if extra.id not in kept and extra.offer_id is not None:
            yield extra.offer_id, _is_paid(change, extra)


def _is_paid(change: OrderChange, extra: Extra) -> bool:
    return change.payment is not None and change.payment.extra_id == extra.id
