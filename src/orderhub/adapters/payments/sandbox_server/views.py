"""The public form of the provider's records, in answers and in notifications."""

import msgspec

from orderhub.adapters.payments.sandbox_server.records import (
    Chargeback,
    Delivery,
    Event,
    Method,
    Payment,
    PaymentStatus,
    Refund,
)


def payment_data(payment: Payment) -> dict[str, object]:
    """A payment as notifications show it: what was captured, once something was."""
    captured = payment.captured_currency is not None
    return {
        "object": "payment",
        "id": payment.id,
        "payment": payment.id,
        "reference": payment.reference,
        "status": payment.status,
        "amount": payment.captured_amount if captured else payment.amount,
        "currency": payment.captured_currency or payment.currency,
        "method": payment.method,
        "reason": None if payment.status is PaymentStatus.PROCESSING else payment.reason,
    }


def payment_view(payment: Payment, base_url: str) -> dict[str, object]:
    """A payment as its merchant sees it, with what the payer has to do next."""
    return {
        **payment_data(payment),
        "created": payment.created,
        "client_secret": payment.client_secret,
        "metadata": payment.metadata,
        "next_action": next_action(payment, base_url),
    }


def payer_view(payment: Payment, base_url: str) -> dict[str, object]:
    """A payment as its payer's browser sees it."""
    shown = ("id", "status", "amount", "currency")
    data = payment_data(payment)
    return {name: data[name] for name in shown} | {"next_action": next_action(payment, base_url)}


def next_action(payment: Payment, base_url: str) -> dict[str, str] | None:
    """What the payer has to do: confirm with a card, follow a link, or nothing."""
    if payment.status is PaymentStatus.REQUIRES_ACTION:
        page = "wallet" if payment.method is Method.WALLET else "3ds"
        return {"type": "redirect", "url": f"{base_url}/{page}/{payment.id}"}
    if payment.status is PaymentStatus.CREATED:
        return {
            "type": "client_secret",
            "client_secret": payment.client_secret,
            "confirm_url": f"{base_url}/v1/payments/{payment.id}/confirm",
        }
    return None


def refund_view(refund: Refund) -> dict[str, object]:
    """A refund, in answers and in notifications alike."""
    return {
        "object": "refund",
        "id": refund.id,
        "payment": refund.payment,
        "reference": refund.reference,
        "status": refund.status,
        "amount": refund.amount,
        "currency": refund.currency,
        "reason": refund.reason,
    }


def chargeback_view(chargeback: Chargeback, payment: Payment) -> dict[str, object]:
    """A chargeback; its reference is the payment's, for it has none of the merchant's own."""
    return {
        "object": "chargeback",
        "id": chargeback.id,
        "payment": chargeback.payment,
        "reference": payment.reference,
        "status": chargeback.status,
        "amount": chargeback.amount,
        "currency": chargeback.currency,
        "reason": chargeback.reason,
    }


def event_view(event: Event, deliveries: list[Delivery]) -> dict[str, object]:
    """An event with what became of its notifications, for testers."""
    return {
        "id": event.id,
        "type": event.type,
        "payment": event.payment,
        "created": event.created,
        "body": msgspec.Raw(event.body.encode()),
        "deliveries": [delivery_view(delivery) for delivery in deliveries],
    }


def delivery_view(delivery: Delivery) -> dict[str, object]:
    """One delivery: its status, how often it was tried, and the last HTTP answer (None: no answer)."""
    return {
        "event": delivery.event,
        "status": delivery.status,
        "attempts": delivery.attempts,
        "last_answer": delivery.last_answer,
    }
