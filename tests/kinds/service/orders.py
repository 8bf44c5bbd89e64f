"""Service orders in memory, of every status."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from msgspec import structs

from orderhub.domain.orders.kinds import durations
from orderhub.domain.orders.kinds.service.details import ServiceDetails
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.state import OrderState
from orderhub.kit.ids import new_id
from tests.kinds.people import AWA, BRUNO, NOW
from tests.making.listings import QUESTION

TERMS = {
    "payment": "PT24H",
    "acceptance": "PT48H",
    "acceptance_in_all": "P14D",
    "cancellation": "PT48H",
    "extra": "PT24H",
    "extension": "PT48H",
    "approval": "P7D",
    "revision": "PT48H",
    "freeze": "P150D",
    "postponement": "P7D",
}
assert set(TERMS) <= durations().keys()


def an_order(status: str = "awaiting_payment", **fields: Any) -> OrderState:
    """Bruno's logo for Awa, 120 EUR, five days, one revision, nothing to answer. ``fields`` may be its details'."""
    details = ServiceDetails(days=5, revisions_included=1)
    own = {name: fields.pop(name) for name in details.__struct_fields__ if name in fields}
    order = OrderState(
        id=new_id(),
        kind="service",
        status=status,
        version=1,
        buyer_id=AWA,
        seller_id=BRUNO,
        listing_id=new_id(),
        conversation_id=new_id(),
        title="Logo",
        category="graphic_design",
        photo_file_id=None,
        currency="EUR",
        total=12_000,
        held=0,
        lines=[],
        funds=[],
        refunded=0,
        released=0,
        commission_basis_points=1_000,
        terms=TERMS,
        placed_at=NOW,
        status_since=NOW,
        clock_anchor=NOW,
        clock_shift=timedelta(),
        details=structs.replace(details, **own),
    )
    return replace(order, **fields)


def paid(status: str, **fields: Any) -> OrderState:
    """The same, paid and held, in a status that comes after the payment."""
    payment_id = str(new_id())
    more: dict[str, Any] = {"paid_at": NOW, "held": 12_000, "funds": [{"payment_id": payment_id, "held": 12_000}]}
    if status not in ("awaiting_instructions", "awaiting_acceptance"):
        more |= {"accepted_at": NOW, "due_at": NOW + timedelta(days=5)}
    return an_order(status, **(more | fields))


def placed(*, questions: bool = False) -> OrderState:
    """Waits for its payment; with a question to answer."""
    return an_order(questions=[QUESTION] if questions else [], instructions_missing=questions)


def standing(status: str) -> OrderState:
    """In that status, paid unless it waits for its payment."""
    if status == SERVICE.start.code:
        return an_order()
    return paid(status, final_at=NOW if status in SERVICE.final else None)
