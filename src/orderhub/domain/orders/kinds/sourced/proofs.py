"""Proofs of manual payments within a sourced order's change: sent, confirmed, recorded in part, rejected, left.

A proof belongs to a payment of the provider ``manual``. What staff confirm is posted from that provider,
as a verified capture of any other is.
"""

import hashlib
from typing import Any
from uuid import UUID

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.kinds.sourced.details import PendingProof, amend, details_of, due
from orderhub.domain.orders.payment_rows import begin_payment, change_payment, decide_proof, leave_proof, submit_proof
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.payments.manual import MANUAL, reference_key
from orderhub.domain.payments.process import PROOF, under_review
from orderhub.domain.transitions.said import says
from orderhub.kit.ids import new_id, show_id


@says("proof_id", perhaps=["via"])
def submit(change: OrderChange) -> None:
    """The buyer's proof goes under review, on the payment that they began or on one of its own."""
    command, order = change.command, change.order
    proof_id = command.get("proof_id") or new_id()
    payment: dict[str, Any] | None = command.get("payment")
    amount = command["amount"]["amount"] if command.get("amount") else None
    method = command.get("method")
    if payment is None:
        payment = _begin_payment(change, proof_id, method or "transfer", amount or max(due(change.before), 1))
    payment = change_payment(change, payment, "submit", change.actor)
    said = {"amount": amount, "method": method, "reference": command.get("reference")}
    submit_proof(
        change,
        id=proof_id,
        payment_id=payment["id"],
        order_id=order.id,
        file_id=command["file_id"],
        sha256=command["sha256"],
        currency=order.currency,
        via=command["via"],
        submitted_by=order.buyer_id,
        submitted_at=change.now,
        **said,
    )
    proof = PendingProof(
        id=proof_id,
        payment_id=payment["id"],
        payment_version=payment["version"],
        sha256=command["sha256"].hex(),
        file_id=command["file_id"],
        at=change.now,
        via=command["via"],
        **said,
    )
    amend(change, proof=proof)
    change.data |= {"proof_id": show_id("pro", proof_id), "via": command["via"]}


def _begin_payment(change: OrderChange, proof_id: UUID, method: str, amount: int) -> dict[str, Any]:
    return begin_payment(
        change,
        "open_by_hand",
        change.actor,
        id=new_id(),
        order_id=change.order.id,
        payer_id=change.order.buyer_id,
        provider=MANUAL,
        method=method,
        amount=amount,
        currency=change.order.currency,
        return_url="",
        request_key=f"proof {proof_id}",
        request_hash=hashlib.sha256(proof_id.bytes).digest(),
        created_at=change.now,
    )


@says("proof_id", "received", perhaps=["reference"])
def confirm(change: OrderChange) -> None:
    """Staff saw the money: it comes from the manual provider, and the row's escrow takes it."""
    _receive(change, "confirm")


@says("proof_id", "received", "still_due", perhaps=["reference"])
def record_part(change: OrderChange) -> None:
    """Less than what is due came: it is held, and the rest stays due."""
    _receive(change, "record_part")
    remaining = due(change.before) - change.data["received"]
    change.data["still_due"] = {"amount": remaining, "currency": change.order.currency}


def _receive(change: OrderChange, action: str) -> None:
    command, proof = change.command, _proof(change.order)
    received = command["received"]["amount"]
    payment_id = proof.payment_id
    method = command.get("method") or proof.method or "transfer"
    reference = reference_key(change.required("reference"))
    change.payment = PaymentFacts(payment_id, None, received, change.order.currency)
    change.post(ledger.provider(MANUAL), ledger.unapplied(payment_id), received, payment_id)
    change_payment(
        change,
        _payment(proof),
        "confirm",
        change.actor,
        captured=received,
        captured_currency=change.order.currency,
        provider_id=reference,
        captured_at=change.now,
    )
    _decide(change, action, received=received)
    change.data |= {"received": received, "reference": command["reference"]}
    _tell_confirmed(change, payment_id, received, method)


def _tell_confirmed(change: OrderChange, payment_id: UUID, received: int, method: str) -> None:
    order, proof = change.order, _payment(_proof(change.before))
    amount = {"amount": received, "currency": order.currency}
    shown = {"id": show_id("pay", payment_id), "order_id": show_id("ord", order.id), "extra_id": None}
    data = {
        "payment": {**shown, "amount": amount, "method": method, "reason": None},
        "order": {"id": show_id("ord", order.id), "title": order.title},
        "tells": ["buyer"],
    }
    change.event("payment.confirmed", show_id("pay", payment_id), proof["version"] + 1, data, both=False)


@says("proof_id", perhaps=["reason"])
def reject(change: OrderChange) -> None:
    """The proof proves nothing: the buyer reads why, and sends another."""
    proof = _proof(change.order)
    change.data["reason"] = change.required("reason")
    change_payment(change, _payment(proof), "reject", change.actor, failure=change.command["reason"])
    _decide(change, "reject", reason=change.command["reason"])


def leave(change: OrderChange) -> None:
    """Nobody decided about the proof in this status: it is a case until staff record what came."""
    proof = _proof(change.order)
    reason = "The order went on while this proof was under review: record what came, it goes back to its payer."
    open_case(change, CaseKind.PROOF, reason, proof.payment_id)
    change.order.open_cases += change.order.final_at is None
    leave_proof(change, _under_review(proof))
    amend(change, proof=None)


def _decide(change: OrderChange, action: str, **fields: Any) -> None:
    proof = _proof(change.order)
    decide_proof(change, _under_review(proof), action, change.actor, **fields)
    change.data["proof_id"] = show_id("pro", proof.id)
    amend(change, proof=None)


def _proof(order: OrderState) -> PendingProof:
    proof = details_of(order).proof
    assert proof is not None  # noqa: S101 - the row's guard, or the status
    return proof


def _payment(proof: PendingProof) -> dict[str, Any]:
    """The payment of the proof under review, which nothing but the order's own rows changes meanwhile."""
    return {"id": proof.payment_id, "version": proof.payment_version, "status": under_review.code}


def _under_review(proof: PendingProof) -> dict[str, Any]:
    """The proof itself, as it has begun: whatever changes it ends its review."""
    return {"id": proof.id, "version": 1, "status": PROOF.start.code}
