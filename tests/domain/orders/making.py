"""Orders in memory, and what each action needs to be said with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.policies.rules import DURATIONS
from orderhub.domain.process import Actor, By
from orderhub.kit.ids import new_id

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AWA, BRUNO, CHLOE = (UUID(int=n) for n in (1, 2, 3))
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
QUESTION: dict[str, Any] = {
    "id": "q1",
    "label": "Quel est votre slogan ?",
    "kind": "text",
    "required": True,
    "choices": [],
}
assert set(TERMS) <= set(DURATIONS)


def an_order(status: str = "awaiting_payment", **fields: Any) -> OrderState:
    """Bruno's logo for Awa, 120 EUR, five days, one revision, nothing to answer."""
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
        questions=[],
        answers=[],
        instructions_missing=False,
        days=5,
        revisions_included=1,
        revisions_used=0,
        placed_at=NOW,
        status_since=NOW,
        clock_anchor=NOW,
        clock_shift=timedelta(),
        extras=[],
    )
    return replace(order, **fields)


def paid(status: str, **fields: Any) -> OrderState:
    """The same, paid and held, in a status that comes after the payment."""
    payment_id = str(new_id())
    more: dict[str, Any] = {"paid_at": NOW, "held": 12_000, "funds": [{"payment_id": payment_id, "held": 12_000}]}
    if status not in ("awaiting_instructions", "awaiting_acceptance"):
        more |= {"accepted_at": NOW, "due_at": NOW + timedelta(days=5)}
    return an_order(status, **(more | fields))


ACTORS = {
    By.BUYER: Actor(frozenset({By.BUYER}), AWA),
    By.SELLER: Actor(frozenset({By.SELLER}), BRUNO),
    By.SUPPORT: Actor(frozenset({By.SUPPORT}), CHLOE),
    By.FINANCE: Actor(frozenset({By.FINANCE}), CHLOE),
    By.ADMIN: Actor(frozenset({By.ADMIN}), CHLOE),
    By.PRODUCTION: Actor(frozenset({By.PRODUCTION}), CHLOE),
    By.CLOCK: Actor(frozenset({By.CLOCK})),
    By.PROVIDER: Actor(frozenset({By.PROVIDER})),
    By.SHOP: Actor(frozenset({By.SHOP})),
    By.TRACKING: Actor(frozenset({By.TRACKING})),
    By.JOB: Actor(frozenset({By.JOB})),
    By.SYSTEM: Actor(frozenset({By.SYSTEM})),
}


def command(action: str, now: datetime = NOW, amount: int = 1) -> dict[str, Any]:
    """Everything that the action may need."""
    return {
        "reason": "Parce que.",
        "message": "Voici.",
        "decision": "Partagé.",
        "resolution": "Vu.",
        "answers": [{"question_id": "q1", "text": "Toujours frais"}],
        "days": 3,
        "files": [],
        "amount": {"amount": amount, "currency": "EUR"},
        "due_at": now + timedelta(days=9),
        "option_id": new_id(),
        "option": {"id": "opt", "title": "Animé", "price": 3_000, "days": 2},
        "extra_id": new_id(),
        "action": action,
    }


def captured(order: OrderState, amount: int | None = None, extra_id: UUID | None = None) -> PaymentFacts:
    """A verified capture for this order."""
    return PaymentFacts(new_id(), extra_id, order.total if amount is None else amount, order.currency)
