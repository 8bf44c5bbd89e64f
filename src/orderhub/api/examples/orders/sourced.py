"""An example of every action on an order of the house, each against a sample order that it is possible for."""

from collections.abc import Mapping
from typing import Any, Final

from orderhub.api.examples.sample import Sample, euros, order
from orderhub.domain.sample_receipts import hash_of
from orderhub.domain.samples import AWA, CHLOE, FELIX, Deal, Files, SamplePerson, Sourced, cart_of, lines_of
from orderhub.kit.ids import show_id

SHA256: Final = hash_of(Files.RECEIPT_OF_AWA).hex()
"""Of the proof under review, as `sourcing.proof.sha256` says it."""


def _act(caller: SamplePerson, deal: Deal, action: str, summary: str, **fields: Any) -> tuple[str, Sample]:
    body = {"action": action, **fields}
    return action, Sample(caller, order(deal.order), body=body, summary=f"{caller.name} {summary}")


def _lines(deal: Deal) -> list[str]:
    """The two lines of the order."""
    return [show_id("lin", line) for line in lines_of(cart_of(deal.quote))[:2]]


def _money(amount: int, currency: str) -> Mapping[str, Any]:
    return {"amount": amount, "currency": currency}


_INDIGO, _WAX = _lines(Sourced.RECEIVE)
_DRILL, _BITS = _lines(Sourced.PURCHASE)

SOURCED_ACTIONS: Final[Mapping[str, Sample]] = dict(
    (
        _act(
            AWA,
            Sourced.DEPOSIT_DUE,
            "submit_proof",
            "shows that she paid the deposit",
            file_id=show_id("fil", Files.NEW_RECEIPT_OF_AWA),
            amount=euros(7033),
            method="transfer",
            reference="VIR AWA 2",
        ),
        _act(
            FELIX,
            Sourced.DEPOSIT_CONFIRM,
            "confirm_deposit",
            "saw the deposit on the bank's statement",
            proof_sha256=SHA256,
            received=euros(7033),
            reference="VIR AWA 3",
        ),
        _act(
            FELIX,
            Sourced.DEPOSIT_PART,
            "record_part",
            "saw a part of the deposit; the rest stays due",
            proof_sha256=hash_of(Files.RECEIPT_OF_KOFFI).hex(),
            received=_money(10_000, "XOF"),
            reference="WAVE 88123",
            method="mobile_money",
        ),
        _act(
            FELIX,
            Sourced.DEPOSIT_REJECT,
            "reject_proof",
            "finds that the proof proves nothing",
            proof_sha256=SHA256,
            reason="Le virement n’est pas à notre nom.",
        ),
        _act(
            CHLOE,
            Sourced.PURCHASE,
            "purchase",
            "bought every line from its shop",
            lines=[
                {"line_id": _DRILL, "supplier_reference": "CMD-88213"},
                {"line_id": _BITS, "supplier_reference": "CMD-88214"},
            ],
        ),
        _act(
            CHLOE,
            Sourced.SHIP_TO_HUB,
            "propose_change",
            "proposes another model at its own price",
            line_id=_lines(Sourced.SHIP_TO_HUB)[0],
            name="Perceuse à percussion 20 V",
            unit_price=_money(15_400, "CHF"),
            reason="Le modèle 18 V n’est plus fabriqué.",
        ),
        _act(AWA, Sourced.CHANGE_ACCEPT, "accept_change", "agrees; the totals follow"),
        _act(AWA, Sourced.CHANGE_DECLINE, "decline_change", "declines, and the line is dropped"),
        _act(CHLOE, Sourced.SHIP_TO_HUB, "ship_to_hub", "has the goods sent to the hub"),
        _act(
            CHLOE,
            Sourced.RECEIVE,
            "receive",
            "counts what came: one of two, which lowers the line",
            lines=[{"line_id": _INDIGO, "counted": 1}, {"line_id": _WAX, "counted": 1}],
        ),
        _act(
            FELIX,
            Sourced.INVOICE,
            "issue_final_invoice",
            "says what fees and freight came to; the balance follows",
            fees=[{"label": "Frais de service", "amount": euros(900), "tax_basis_points": 2000}],
            freight={"basis": "weight", "weight_grams": 2340, "rate_per_kg": euros(890)},
        ),
        _act(
            FELIX,
            Sourced.BALANCE_CONFIRM,
            "confirm_balance",
            "saw the balance on the bank's statement",
            proof_sha256=SHA256,
            received=euros(10_823),
            reference="VIR AWA 4",
        ),
        _act(
            CHLOE,
            Sourced.DISPATCH,
            "arrange",
            "says how the goods can be fetched",
            instructions="Au comptoir, 8 rue du Port à Lyon, du lundi au vendredi de 9 h à 18 h.",
            appointment="2036-01-15T10:00:00Z",
        ),
        _act(
            CHLOE,
            Sourced.DISPATCH,
            "dispatch",
            "hands the parcel to a carrier instead",
            carrier="colissimo",
            tracking_number="6A98765432109",
        ),
        _act(
            CHLOE, Sourced.HAND_OVER, "hand_over", "gives the goods to whoever has the code", code=Sourced.PICK_UP_CODE
        ),
        _act(AWA, Sourced.RECEIPT, "confirm_receipt", "has received the parcel"),
    )
)
