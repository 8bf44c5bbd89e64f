"""What Awa paid for an order, and what went back to her."""

from typing import Any

from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Refund
from orderhub.kit.ids import new_id
from tests.making.instants import NOON


def new_payment(order: Order, **parts: Any) -> Payment:
    """A captured card payment of the whole order, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": new_id(),
        "order_id": order.id,
        "payer_id": order.buyer_id,
        "provider": "sandbox",
        "method": "card",
        "amount": order.total,
        "currency": order.currency,
        "status": "captured",
        "return_url": "https://boutique.example/",
        "request_key": "one",
        "request_hash": b"one",
        "created_at": NOON,
    }
    return Payment(**(plain | parts))


def new_refund(payment: Payment, **parts: Any) -> Refund:
    """A refund of the whole payment that the provider refused, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": new_id(),
        "payment_id": payment.id,
        "order_id": payment.order_id,
        "amount": payment.amount,
        "currency": payment.currency,
        "status": "failed",
        "failure": "account_closed",
        "created_at": NOON,
    }
    return Refund(**(plain | parts))
