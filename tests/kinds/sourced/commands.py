"""What is said with each action of a sourced order."""

from datetime import datetime
from typing import Any, Final

from orderhub.domain.orders.kinds.sourced.details import details_of, due
from orderhub.domain.orders.state import OrderState
from orderhub.kit.ids import new_id
from tests.kinds.sourced.orders import HASH
from tests.making.commands import Command, Said

_ANOTHER: Final = {"proof_sha256": "cd" * 32}
_OTHER_MONEY: Final = {"received": {"amount": 100_000, "currency": "CHF"}}


def _money(order: OrderState, amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": order.currency}


def _seen(order: OrderState, _now: datetime) -> dict[str, Any]:
    """The proof that was looked at."""
    proof = details_of(order).proof
    return {"proof_sha256": proof.sha256 if proof else HASH}


def _proof(_order: OrderState, _now: datetime) -> Said:
    said = {"method": "transfer", "reference": f"VIR {new_id()}"}
    return said | {"file_id": new_id(), "sha256": bytes.fromhex(HASH), "via": "upload"}


def _parcel(_order: OrderState, _now: datetime) -> Said:
    return {"carrier": "colissimo", "tracking_number": f"6A {new_id().hex}"}


def _all_of_it(order: OrderState, now: datetime) -> Said:
    return _received(order, now, max(due(order), 1))


def _part_of_it(order: OrderState, now: datetime) -> Said:
    return _received(order, now, min(1_000, max(due(order) - 1, 1)))


def _received(order: OrderState, now: datetime, amount: int) -> Said:
    return _seen(order, now) | {"received": _money(order, amount), "reference": f"VIR {new_id()}"}


def _lines(order: OrderState, **said: Any) -> Said:
    return {"lines": [{"line_id": line["id"], **said} for line in order.lines]}


def _purchased(order: OrderState, _now: datetime) -> Said:
    return _lines(order, supplier_reference="SAN-1")


def _counted(order: OrderState, _now: datetime) -> Said:
    return {"lines": [{"line_id": line["id"], "counted": line["quantity"]} for line in order.lines]}


def _change(order: OrderState, _now: datetime) -> Said:
    return {"line_id": order.lines[0]["id"], "unit_price": _money(order, 5_000)}


def _charged(order: OrderState, _now: datetime) -> Said:
    details = details_of(order)
    return {"fees": details.fees, "freight": details.freight}


def _split(order: OrderState, _now: datetime) -> Said:
    return {"amount": _money(order, 1)}


_NO_LINE: Final[Said] = {"lines": []}
_STRANGE_LINE: Final[Said] = {"lines": [{"line_id": "lin_other", "supplier_reference": "SAN-1", "counted": 1}]}
_NOT_WITHIN: Final = tuple({"amount": {"amount": amount, "currency": "EUR"}} for amount in (0, 10_000_000))
COMMANDS: Final = {
    "submit_proof": Command(of=_proof),
    "cancel": Command({"reason": "Épuisé chez tous les fournisseurs."}),
    "confirm_deposit": Command(of=_all_of_it, wrong=(_ANOTHER, _OTHER_MONEY)),
    "confirm_balance": Command(of=_all_of_it, wrong=(_ANOTHER, _OTHER_MONEY)),
    "record_part": Command(of=_part_of_it, wrong=(_ANOTHER, _OTHER_MONEY)),
    "reject_proof": Command({"reason": "Le reçu est illisible."}, _seen, (_ANOTHER,)),
    "purchase": Command(of=_purchased, wrong=(_NO_LINE, _STRANGE_LINE)),
    "request_cancellation": Command(),
    "accept_cancellation": Command(),
    "decline_cancellation": Command({"reason": "La commande part aujourd’hui."}),
    "propose_change": Command({"reason": "Rupture."}, _change, ({"line_id": "lin_other"}, {"unit_price": None})),
    "accept_change": Command(),
    "decline_change": Command(),
    "ship_to_hub": Command(),
    "receive": Command(of=_counted, wrong=(_NO_LINE, _STRANGE_LINE)),
    "open_dispute": Command({"reason": "Déchiré."}),
    "issue_final_invoice": Command(of=_charged),
    "arrange": Command({"instructions": "Du lundi au vendredi."}),
    "dispatch": Command(of=_parcel),
    "hand_over": Command(of=lambda order, _: {"code": details_of(order).pick_up_code}, wrong=({"code": "?"},)),
    "confirm_receipt": Command(),
    "approve": Command(),
    "withdraw_dispute": Command(),
    "rule_refund": Command({"decision": "Rien de ce qui est arrivé n’est conforme."}),
    "rule_release": Command({"decision": "Tout est conforme."}),
    "rule_split": Command({"decision": "Un tiers pour le retard."}, _split, _NOT_WITHIN),
    "resume": Command(),
    "report_problem": Command({"reason": "Je n’arrive pas à vous joindre."}),
    "close_case": Command({"resolution": "Expliqué au téléphone."}),
}
"""By action: the line that a new action of people needs here."""
