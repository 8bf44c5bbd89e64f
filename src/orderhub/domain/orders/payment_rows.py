"""The rows that an order's payments, their proofs and refunds take of their own tables, within the order's change."""

from collections.abc import Mapping
from typing import Any, Final

from orderhub.domain.orders.change import OrderChange
from orderhub.domain.payments.models import Payment, Proof, Refund
from orderhub.domain.payments.process import PAYMENT, PROOF, REFUND
from orderhub.domain.process import Actor, By
from orderhub.domain.transitions.rows import begin_row, take_row
from orderhub.kit.ids import show_id

_PAYMENTS, _PROOFS, _REFUNDS = Payment.__tablename__, Proof.__tablename__, Refund.__tablename__
HUB: Final = Actor(frozenset({By.SYSTEM}))


def begin_payment(change: OrderChange, action: str, actor: Actor, **fields: Any) -> dict[str, Any]:
    """Open a payment of the order: its id, version and status. ``fields`` are its columns but for these two."""
    return begin_row(change, PAYMENT, _PAYMENTS, action, actor, data=_data(change), **fields)


def change_payment(
    change: OrderChange, payment: Mapping[str, Any], action: str, actor: Actor, **fields: Any
) -> dict[str, Any]:
    """Let a payment take a row, which says where it leads. ``payment`` has ``id``, ``version`` and ``status``.

    Raises TransitionError and NotYoursError where its table has no such row.
    """
    return take_row(change, PAYMENT, _PAYMENTS, payment, action, actor, data=_data(change), **fields)


def submit_proof(change: OrderChange, **fields: Any) -> None:
    """Begin a proof of a payment."""
    begin_row(change, PROOF, _PROOFS, "submit", change.actor, **fields)


def decide_proof(change: OrderChange, proof: Mapping[str, Any], action: str, actor: Actor, **fields: Any) -> None:
    """Let a proof take a row that finance decide on. ``proof`` has ``id``, ``version`` and ``status``."""
    decided: dict[str, Any] = {"decided_by": change.actor_id, "decided_at": change.now, **fields}
    take_row(change, PROOF, _PROOFS, proof, action, actor, **decided)


def leave_proof(change: OrderChange, proof: Mapping[str, Any]) -> None:
    """The order goes on while nobody has decided about the proof."""
    take_row(change, PROOF, _PROOFS, proof, "leave", HUB)


def open_refund(change: OrderChange, **fields: Any) -> None:
    """Begin a refund, whoever's row it follows from."""
    begin_row(change, REFUND, _REFUNDS, "open", HUB, data=_data(change), **fields)


def _data(change: OrderChange) -> dict[str, str]:
    return {"order_id": show_id("ord", change.order.id)}
