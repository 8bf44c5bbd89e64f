"""Examples of payments, proofs and refunds; Félix of finance looks after what needs somebody's eyes."""

from collections.abc import Mapping
from typing import Final

from orderhub.api.examples.orders.sourced import SHA256
from orderhub.api.examples.sample import Sample, Samples, euros, order
from orderhub.domain.sample_receipts import hash_of
from orderhub.domain.samples import AWA, FELIX, Deal, Extras, Files, Orders, Refunds, Sourced, payment_of
from orderhub.kit.ids import show_id


def _payment(deal: Deal) -> Mapping[str, str]:
    """The path of something about the payment of a deposit."""
    return {"payment_id": show_id("pay", payment_of(deal.order))}


_RETURN: Final = "https://boutique.example/commande/retour"

SAMPLES: Final[Samples] = {
    "list_order_payments": Sample(AWA, order(Orders.TO_PAY)),
    "create_payment": {
        "card": Sample(
            AWA, order(Orders.TO_PAY), body={"method": "card", "return_url": _RETURN}, summary="An order, by card"
        ),
        "extra": Sample(
            AWA,
            order(Orders.EXTRA_UNPAID),
            body={"method": "wallet", "return_url": _RETURN, "extra_id": show_id("ext", Extras.UNPAID)},
            summary="An extra, from the provider's wallet",
        ),
        "by_hand": Sample(
            AWA,
            order(Sourced.BY_HAND.order),
            body={"method": "transfer", "return_url": _RETURN},
            summary="A deposit, by transfer; its proof is sent next",
        ),
    },
    "get_payment": Sample(AWA, {"payment_id": show_id("pay", payment_of(Orders.IN_PROGRESS))}),
    "submit_proof": Sample(
        AWA,
        _payment(Sourced.BY_HAND),
        body={
            "file_id": show_id("fil", Files.NEW_RECEIPT_OF_AWA),
            "amount": euros(7033),
            "method": "transfer",
            "reference": "VIR AWA 5",
        },
    ),
    "list_proofs": Sample(AWA, _payment(Sourced.DEPOSIT_REJECT)),
    "act_on_payment": {
        "confirm": Sample(
            FELIX,
            _payment(Sourced.LEFT_CONFIRM),
            body={
                "action": "confirm",
                "proof_sha256": SHA256,
                "received": euros(7033),
                "reference": "VIR AWA 6",
            },
            summary="Félix Roussel saw the money of an order that was cancelled: it goes back",
        ),
        "reject": Sample(
            FELIX,
            _payment(Sourced.LEFT_REJECT),
            body={
                "action": "reject",
                "proof_sha256": hash_of(Files.RECEIPT_OF_LEA).hex(),
                "reason": "Aucun virement reçu à ce jour.",
            },
            summary="Félix Roussel finds that nothing came",
        ),
    },
    "get_refund": Sample(AWA, {"refund_id": show_id("rfd", Refunds.SUCCEEDED)}),
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
