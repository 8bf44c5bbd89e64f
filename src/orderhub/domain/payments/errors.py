"""The named refusals of payments and refunds."""

from orderhub.kit.errors import NotFoundError
from orderhub.kit.text import Label


class PaymentNotFoundError(NotFoundError):
    """No such payment, or not the caller's to see."""

    code = "payment_not_found"
    title = Label("Paiement introuvable", "Payment not found")


class RefundNotFoundError(NotFoundError):
    """No such refund, or not the caller's to see."""

    code = "refund_not_found"
    title = Label("Remboursement introuvable", "Refund not found")
