"""What is said with each action of a service order."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.kit.ids import new_id
from tests.making.commands import Command
from tests.making.listings import QUESTION


def euros(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


ANSWER: Final = {"question_id": QUESTION["id"], "text": "Toujours frais"}
_PAST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_OTHER_MONEY: Final = {"amount": {"amount": 1, "currency": "CHF"}}
_NOT_WITHIN: Final = ({"amount": euros(0)}, {"amount": euros(12_000)}, {"amount": euros(13_000)}, _OTHER_MONEY)
COMMANDS: Final = {
    "cancel": Command({"reason": "Je ne peux pas tenir le délai."}),
    "provide_instructions": Command(
        of=lambda order, _now: {"answers": [ANSWER] if details_of(order).questions else []},
        wrong=({"answers": []}, {"answers": [ANSWER | {"question_id": "q9"}]}),
    ),
    "ask_instructions": Command({"message": "Dans quelles couleurs ?"}),
    "decline": Command({"reason": "Je suis complet ce mois-ci."}),
    "accept": Command(),
    "deliver": Command({"message": "Voici votre logo.", "files": []}, wrong=({"message": None},)),
    "request_cancellation": Command({"reason": "J’ai changé d’avis."}),
    "withdraw_cancellation": Command(),
    "accept_cancellation": Command(),
    "decline_cancellation": Command({"reason": "Le travail est presque fini."}),
    "add_extra": Command(
        of=lambda _order, _now: {
            "option_id": new_id(),
            "extra_id": new_id(),
            "option": {"id": "opt", "title": "Animé", "price": 3_000, "days": 2},
        }
    ),
    "request_extension": Command({"days": 3}, wrong=({"days": 0}, {"days": 31})),
    "accept_extension": Command(),
    "decline_extension": Command(),
    "refund_part": Command({"amount": euros(1)}, wrong=_NOT_WITHIN),
    "approve": Command(),
    "request_revision": Command({"message": "Plus de bleu, s’il vous plaît."}),
    "accept_revision": Command(),
    "decline_revision": Command({"reason": "Ce n’était pas demandé."}),
    "open_dispute": Command({"reason": "Nous ne sommes pas d’accord."}),
    "withdraw_dispute": Command(),
    "rule_refund": Command({"decision": "Le travail n’est pas celui commandé."}),
    "rule_release": Command({"decision": "Le travail est conforme."}),
    "rule_split": Command({"decision": "Un tiers pour chacun des torts.", "amount": euros(1)}, wrong=_NOT_WITHIN),
    "resume": Command(of=lambda _order, now: {"due_at": now + timedelta(days=9)}, wrong=({"due_at": _PAST},)),
    "report_problem": Command({"reason": "Je n’arrive pas à ouvrir le fichier."}),
    "close_case": Command({"resolution": "Expliqué au téléphone."}),
}
"""By action: the line that a new action of people needs here."""
