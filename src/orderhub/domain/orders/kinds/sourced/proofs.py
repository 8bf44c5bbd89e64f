"""Proofs of manual payments within a sourced order's change: sent, confirmed, recorded in part, rejected, left.

A proof belongs to a payment of the provider ``manual``. What staff confirm is posted from that provider,
as a verified capture of any other is.
"""

import hashlib
from typing import Any
from uuid import UUID

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.orders.draft import Draft
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.kinds.sourced.facts import amend, due, sourcing_of
from orderhub.domain.orders.payment_rows import begin_payment, change_payment
from orderhub.domain.orders.state import PaymentFacts
from orderhub.domain.payments.process import under_review
from orderhub.domain.payments.proofs import MANUAL, reference_key
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id, show_id


def submit(draft: Draft) -> None:
    """The buyer's proof goes under review, on the payment that they began or on one of its own."""
    command, order = draft.command, draft.order
    proof_id = command.get("proof_id") or new_id()
    payment: dict[str, Any] | None = command.get("payment")
    amount = command["amount"]["amount"] if command.get("amount") else None
    method = command.get("method")
    if payment is None:
        payment = _begin_payment(draft, proof_id, method or "transfer", amount or max(due(draft.before), 1))
    payment = change_payment(draft, payment, "submit", draft.actor)
    said = {"amount": amount, "method": method, "reference": command.get("reference")}
    draft.add(
        "proofs",
        id=proof_id,
        payment_id=payment["id"],
        order_id=order.id,
        file_id=command["file_id"],
        sha256=command["sha256"],
        currency=order.currency,
        via=command["via"],
        status="under_review",
        submitted_by=order.buyer_id,
        submitted_at=draft.now,
        **said,
    )
    kept: dict[str, Any] = {
        "id": str(proof_id),
        "payment_id": str(payment["id"]),
        "payment_version": payment["version"],
        "sha256": command["sha256"].hex(),
        "file_id": str(command["file_id"]),
        "at": draft.now.isoformat(),
        "via": command["via"],
    }
    amend(draft, proof=kept | said)
    draft.said |= {"proof_id": show_id("pro", proof_id), "via": command["via"]}


def _begin_payment(draft: Draft, proof_id: UUID, method: str, amount: int) -> dict[str, Any]:
    return begin_payment(
        draft,
        "open_by_hand",
        draft.actor,
        id=new_id(),
        order_id=draft.order.id,
        payer_id=draft.order.buyer_id,
        provider=MANUAL,
        method=method,
        amount=amount,
        currency=draft.order.currency,
        return_url="",
        request_key=f"proof {proof_id}",
        request_hash=hashlib.sha256(proof_id.bytes).digest(),
        created_at=draft.now,
    )


def confirm(draft: Draft) -> None:
    """Staff saw the money: it comes from the manual provider, and the row's escrow takes it."""
    _receive(draft, "confirmed")


def record_part(draft: Draft) -> None:
    """Less than what is due came: it is held, and the rest stays due."""
    _receive(draft, "part")
    left = due(draft.before) - draft.said["received"]
    draft.said["still_due"] = {"amount": left, "currency": draft.order.currency}


def _receive(draft: Draft, outcome: str) -> None:
    command, proof = draft.command, _proof(draft)
    received = command["received"]["amount"]
    payment_id = UUID(proof["payment_id"])
    method = command.get("method") or proof["method"] or "transfer"
    reference = reference_key(method, draft.required("reference"))
    if reference.endswith(":"):
        raise invalid_field("/reference", "too_short", "Give the reference that the payment came with.")
    draft.payment = PaymentFacts(payment_id, None, received, draft.order.currency)
    draft.post(ledger.provider(MANUAL), ledger.unapplied(payment_id), received, payment_id)
    change_payment(
        draft,
        _payment(proof),
        "confirm",
        draft.actor,
        captured=received,
        captured_currency=draft.order.currency,
        provider_id=reference,
        captured_at=draft.now,
    )
    _decide(draft, outcome, received=received)
    draft.said |= {"received": received, "reference": command["reference"]}
    _tell_confirmed(draft, payment_id, received, method)


def _tell_confirmed(draft: Draft, payment_id: UUID, received: int, method: str) -> None:
    order, proof = draft.order, _payment(_proof(draft, draft.before.sourcing))
    amount = {"amount": received, "currency": order.currency}
    shown = {"id": show_id("pay", payment_id), "order_id": show_id("ord", order.id), "extra_id": None}
    data = {
        "payment": {**shown, "amount": amount, "method": method, "reason": None},
        "order": {"id": show_id("ord", order.id), "title": order.title},
        "tells": ["buyer"],
    }
    draft.event("payment.confirmed", show_id("pay", payment_id), proof["version"] + 1, data, both=False)


def reject(draft: Draft) -> None:
    """The proof proves nothing: the buyer reads why, and sends another."""
    proof = _proof(draft)
    draft.said["reason"] = draft.required("reason")
    change_payment(draft, _payment(proof), "reject", draft.actor, failure=draft.command["reason"])
    _decide(draft, "rejected", reason=draft.command["reason"])


def leave(draft: Draft) -> None:
    """Nobody decided about the proof in this status: it is a case until staff record what came."""
    proof = _proof(draft)
    reason = "The order went on while this proof was under review: record what came, it goes back to its payer."
    open_case(draft, CaseKind.PROOF, reason, UUID(proof["payment_id"]))
    draft.order.open_cases += draft.order.final_at is None
    draft.updates.setdefault("proofs", []).append({"id": UUID(proof["id"]), "status": "left"})
    amend(draft, proof=None)


def _decide(draft: Draft, status: str, **fields: Any) -> None:
    proof = _proof(draft)
    draft.updates.setdefault("proofs", []).append(
        {"id": UUID(proof["id"]), "status": status, "decided_by": draft.actor_id, "decided_at": draft.now, **fields}
    )
    draft.said["proof_id"] = show_id("pro", UUID(proof["id"]))
    amend(draft, proof=None)


def _proof(draft: Draft, facts: dict[str, Any] | None = None) -> dict[str, Any]:
    proof = (facts or sourcing_of(draft.order))["proof"]
    assert proof is not None  # noqa: S101 - the row's guard, or the status
    return proof


def _payment(proof: dict[str, Any]) -> dict[str, Any]:
    """The payment of the proof under review, which nothing but the order's own rows changes meanwhile."""
    return {"id": UUID(proof["payment_id"]), "version": proof["payment_version"], "status": under_review.code}
