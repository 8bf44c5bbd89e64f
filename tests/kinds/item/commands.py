"""What is said with each action of an item's order."""

from datetime import datetime
from typing import Any, Final

from orderhub.domain.orders.kinds.item.details import Photo, details_of
from orderhub.domain.orders.state import OrderState
from orderhub.kit.ids import new_id
from tests.making.commands import Command, Said

ADDRESS: Final[dict[str, Any]] = {
    "name": "Awa Diop",
    "line1": "12 rue Oberkampf",
    "city": "Paris",
    "country": "FR",
    "postcode": "75011",
    "region": None,
    "line2": None,
    "company": None,
    "phone": None,
}
BACK_TO: Final = ADDRESS | {"name": "Bruno Kalo", "line1": "3 quai Gailleton", "city": "Lyon", "postcode": "69007"}
ABROAD: Final = ADDRESS | {"city": "Abidjan", "country": "CI", "postcode": None, "phone": "+2250707123456"}
TOO_LARGE: Final = "XXL"
"""The size of what Awa sends back since it doesn't fit."""


def euros(amount: int) -> dict[str, Any]:
    """An amount as the API says it."""
    return {"amount": amount, "currency": "EUR"}


def photo() -> Photo:
    """A picture of her own."""
    return Photo(new_id(), "tache.jpg", "image/jpeg", 1_234)


def reason_of(order: OrderState) -> str:
    """Why Awa sends it back: what doesn't fit is as it was described."""
    return "changed_mind" if details_of(order).items[0].size == TOO_LARGE else "not_as_described"


def _parcel(_order: OrderState, _now: datetime) -> Said:
    return {"carrier": "colissimo", "tracking_number": f"6A {new_id().hex}"}


def _why(order: OrderState, _now: datetime) -> Said:
    return {"reason": reason_of(order), "photos": (photo(),)}


def _contested(_order: OrderState, _now: datetime) -> Said:
    return {"photos": (photo(),)}


_NOT_WITHIN: Final = ({"amount": euros(0)}, {"amount": euros(2_899)})
COMMANDS: Final = {
    "cancel": Command({"reason": "Je ne le retrouve plus."}),
    "change_address": Command({"address": ADDRESS | {"line1": "8 rue Oberkampf"}}, wrong=({"address": ABROAD},)),
    "ship": Command(of=_parcel),
    "hand_over": Command(of=lambda order, _: {"code": details_of(order).code}, wrong=({"code": "?"},)),
    "request_cancellation": Command({"reason": "Je me suis trompée de taille."}),
    "withdraw_cancellation": Command(),
    "accept_cancellation": Command(),
    "decline_cancellation": Command({"reason": "Le colis est prêt."}),
    "mark_delivered": Command(),
    "report_not_received": Command(),
    "approve": Command(),
    "request_return": Command({"message": "Il y a une tache."}, _why, ({"reason": "damaged", "photos": ()},)),
    "accept_return": Command({"address": BACK_TO}),
    "refund_without_return": Command(),
    "decline_return": Command({"reason": "La tache est sur les photos."}),
    "ship_return": Command(of=_parcel),
    "receive_return": Command(),
    "contest_return": Command({"reason": "Le col est déchiré."}, _contested, ({"photos": ()},)),
    "rule_refund": Command({"decision": "L’article n’est pas celui de l’annonce."}),
    "rule_release": Command({"decision": "L’article est celui de l’annonce."}),
    "rule_split": Command({"decision": "La tache était à moitié visible.", "amount": euros(1)}, wrong=_NOT_WITHIN),
    "order_return": Command({"decision": "L’article revient.", "address": BACK_TO}),
    "report_problem": Command({"reason": "Le suivi ne bouge plus."}),
    "close_case": Command({"resolution": "Expliqué au téléphone."}),
}
"""By action: the line that a new action of people needs here."""
