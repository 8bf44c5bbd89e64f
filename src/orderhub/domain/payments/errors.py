"""The named refusals of payments and refunds."""

from orderhub.kit.errors import NotFoundError
from orderhub.kit.text import Label


class PaymentNotFoundError(NotFoundError):
    """No such payment, or not the caller's to see."""

    code = "payment_not_found"
    title = Label("Paiement introuvable", "Payment not found")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Aucun de vos paiements n’a cet id : voyez GET /v1/orders/{order_id}/payments.",
                "No payment of yours has this id: see GET /v1/orders/{order_id}/payments.",
            )
        )


class RefundNotFoundError(NotFoundError):
    """No such refund, or not the caller's to see."""

    code = "refund_not_found"
    title = Label("Remboursement introuvable", "Refund not found")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Aucun de vos remboursements n’a cet id : voyez GET /v1/orders/{order_id}/payments.",
                "No refund of yours has this id: see GET /v1/orders/{order_id}/payments.",
            )
        )
