"""Examples of payments and refunds; Félix of finance looks after those that failed."""

from typing import Final

from orderhub.api.examples.sample import Sample, Samples, order
from orderhub.domain.samples import AWA, FELIX, Extras, Orders, Refunds, payment_of
from orderhub.kit.ids import show_id

_RETURN: Final = "https://boutique.example/commande/retour"

SAMPLES: Final[Samples] = {
    "list_order_payments": Sample(AWA, order(Orders.TO_PAY)),
    "start_payment": {
        "card": Sample(
            AWA, order(Orders.TO_PAY), body={"method": "card", "return_url": _RETURN}, summary="An order, by card"
        ),
        "extra": Sample(
            AWA,
            order(Orders.EXTRA_UNPAID),
            body={"method": "wallet", "return_url": _RETURN, "extra_id": show_id("ext", Extras.UNPAID)},
            summary="An extra, from the provider's wallet",
        ),
    },
    "read_payment": Sample(AWA, {"payment_id": show_id("pay", payment_of(Orders.IN_PROGRESS))}),
    "read_refund": Sample(AWA, {"refund_id": show_id("rfd", Refunds.SUCCEEDED)}),
    "act_on_refund": {
        "retry": Sample(
            FELIX,
            {"refund_id": show_id("rfd", Refunds.TO_RETRY)},
            body={"action": "retry"},
            summary="Félix Roussel sends it once more",
        ),
        "paid_by_hand": Sample(
            FELIX,
            {"refund_id": show_id("rfd", Refunds.FAILED)},
            body={"action": "paid_by_hand", "reference": "VIR-2026-1142"},
            summary="Félix Roussel has paid it another way",
        ),
    },
}
