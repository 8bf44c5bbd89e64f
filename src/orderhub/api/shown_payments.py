"""Payments and refunds as answers, with their labels."""

from collections.abc import Sequence
from typing import Any

from orderhub.api.schemas.orders.order import RefundOut
from orderhub.api.schemas.payments import PaymentOut, ProofOut
from orderhub.domain.payments.models import Payment, Proof, Refund
from orderhub.domain.payments.process import PAYMENT, REFUND
from orderhub.kit.text import Language


def show_payment(payment: Payment, language: Language) -> PaymentOut:
    """A payment for its payer; what to do next is shown while it is open."""
    status = PAYMENT.by_code[payment.status]
    return PaymentOut.model_validate(
        {
            "id": payment.id,
            "order_id": payment.order_id,
            "extra_id": payment.extra_id,
            "method": payment.method,
            "amount": {"amount": payment.amount, "currency": payment.currency},
            "status": status.code,
            "label": status.label.within(language),
            "next_action": (payment.next_action or None) if status.stage == "open" else None,
            "failure": payment.failure,
            "created_at": payment.created_at,
            "captured_at": payment.captured_at,
        }
    )


def show_refund(refund: Refund, language: Language) -> RefundOut:
    """A refund for the parties of its order."""
    return RefundOut.model_validate(
        {
            "id": refund.id,
            "order_id": refund.order_id,
            "payment_id": refund.payment_id,
            "amount": {"amount": refund.amount, "currency": refund.currency},
            "status": refund.status,
            "label": REFUND.by_code[refund.status].label.within(language),
            "failure": refund.failure,
            "created_at": refund.created_at,
            "settled_at": refund.settled_at,
        }
    )


def show_proof(proof: Proof, same_file: Sequence[Proof] = ()) -> ProofOut:
    """A receipt of a payment by hand, what staff made of it, and which others came with the same file."""

    def money(amount: int | None) -> dict[str, Any] | None:
        return None if amount is None else {"amount": amount, "currency": proof.currency}

    plain = ("id", "payment_id", "order_id", "file_id", "method", "reference", "via", "status", "reason")
    return ProofOut.model_validate(
        {
            **{name: getattr(proof, name) for name in plain},
            "sha256": proof.sha256.hex(),
            "amount": money(proof.amount),
            "received": money(proof.received),
            "submitted_at": proof.submitted_at,
            "decided_at": proof.decided_at,
            "same_file": [
                {
                    "proof_id": other.id,
                    "payment_id": other.payment_id,
                    "order_id": other.order_id,
                    "submitted_by": other.submitted_by,
                    "submitted_at": other.submitted_at,
                }
                for other in same_file
            ],
        }
    )
