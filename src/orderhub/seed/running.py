"""The orders of the sample data that are under way: one for each thing that can be done to an order."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from orderhub.domain.samples import (
    AWA,
    BRUNO,
    KOFFI,
    MOUSSA,
    YANNICK,
    Cases,
    Extras,
    Files,
    Listings,
    Options,
    Orders,
)
from orderhub.seed.steps import BUYER, SELLER, Step, Story, act, add_extra, pay, read_messages, say
from orderhub.seed.stories import LOGO_ANSWERS

Steps = Sequence[tuple[float, Step]]

_PAID: Final[Steps] = ((0.5, pay),)
_STARTED: Final[Steps] = (*_PAID, (5, act(SELLER, "accept")))
_DELIVERED: Final[Steps] = (
    *_STARTED,
    (30, act(SELLER, "deliver", message="Voici une première version.", files=[Files.DRAFT_FLYER])),
)
_DELIVERED_BY_MOUSSA: Final[Steps] = (
    *_STARTED,
    (40, act(SELLER, "deliver", message="Le montage, en 1080 × 1920. Dites-moi pour la musique.")),
)
_DISPUTED: Final[Steps] = (
    *_DELIVERED,
    (20, act(BUYER, "open_dispute", reason="Ce n’est pas le format que j’avais demandé.")),
)
_REVISION: Final[Steps] = (
    *_DELIVERED,
    (12, act(BUYER, "request_revision", message="Le titre plus grand, s’il vous plaît.")),
)
_CANCELLATION: Final[Steps] = (
    *_STARTED,
    (16, act(BUYER, "request_cancellation", reason="L’événement est reporté.")),
)
_EXTENSION: Final[Steps] = (
    *_STARTED,
    (20, act(SELLER, "request_extension", days=2, reason="L’imprimeur me demande un autre profil de couleurs.")),
)


def _flyer(order_id: UUID, days_ago: float, steps: Steps) -> Story:
    """Awa orders a flyer from Bruno."""
    return Story(order_id, AWA, Listings.FLYER, BRUNO, days_ago, steps)


RUNNING: Final = (
    Story(Orders.LATE, AWA, Listings.LOGO, BRUNO, 12, _STARTED, answers=LOGO_ANSWERS),
    _flyer(Orders.DISPUTED, 11, _DISPUTED),
    _flyer(Orders.DISPUTED_WITHDRAW, 10.5, _DISPUTED),
    _flyer(Orders.DISPUTED_REFUND, 10, _DISPUTED),
    _flyer(Orders.DISPUTED_RELEASE, 9.5, _DISPUTED),
    _flyer(Orders.DISPUTED_SPLIT, 9, _DISPUTED),
    _flyer(Orders.DISPUTED_RESUME, 8.5, _DISPUTED),
    _flyer(
        Orders.PROBLEM,
        5,
        (
            *_DELIVERED,
            (
                10,
                act(BUYER, "report_problem", reason="Le fichier livré ne s’ouvre pas.", case_id=Cases.PROBLEM),
            ),
            (1, say(SELLER, "Bonjour Awa, je vous le renvoie en PDF dès ce soir.")),
        ),
    ),
    Story(
        Orders.PROBLEM_IN_XOF,
        KOFFI,
        Listings.VIDEO,
        MOUSSA,
        4.5,
        (
            *_STARTED,
            (
                30,
                act(
                    BUYER,
                    "report_problem",
                    reason="Moussa ne répond plus depuis deux jours.",
                    case_id=Cases.PROBLEM_IN_XOF,
                ),
            ),
        ),
    ),
    _flyer(Orders.REVISION_ACCEPT, 3.6, _REVISION),
    _flyer(Orders.REVISION_DECLINE, 3.5, _REVISION),
    _flyer(Orders.DELIVERED_APPROVE, 3.4, _DELIVERED),
    _flyer(Orders.DELIVERED_REVISE, 3.3, _DELIVERED),
    _flyer(Orders.DELIVERED_DISPUTE, 3.2, _DELIVERED),
    Story(Orders.DELIVERED_IN_XOF, KOFFI, Listings.VIDEO, MOUSSA, 3, _DELIVERED_BY_MOUSSA),
    _flyer(Orders.CANCELLATION_WITHDRAW, 1.6, _CANCELLATION),
    _flyer(Orders.CANCELLATION_ACCEPT, 1.5, _CANCELLATION),
    _flyer(Orders.CANCELLATION_DECLINE, 1.4, _CANCELLATION),
    _flyer(Orders.EXTENSION_ACCEPT, 1.3, _EXTENSION),
    _flyer(Orders.EXTENSION_DECLINE, 1.2, _EXTENSION),
    Story(
        Orders.IN_PROGRESS,
        AWA,
        Listings.LOGO,
        BRUNO,
        1.1,
        (
            *_STARTED,
            (1, say(SELLER, "Bonjour Awa, avez-vous une préférence entre le vert et l’ocre ?")),
            (2, say(BUYER, "Plutôt le vert. Je vous joins mon brief.", files=[Files.BRIEF])),
            (1, read_messages),
            (1, say(SELLER, "Bien reçu, première esquisse demain matin.")),
        ),
        answers=LOGO_ANSWERS,
    ),
    _flyer(Orders.EXTRA_UNPAID, 1, (*_STARTED, (14, add_extra(Options.FLYER_BOTH_SIDES, Extras.UNPAID)))),
    _flyer(Orders.ACCEPT, 0.5, _PAID),
    _flyer(Orders.DECLINE, 0.45, _PAID),
    Story(Orders.ASK_INSTRUCTIONS, AWA, Listings.LOGO, BRUNO, 0.4, _PAID, answers=LOGO_ANSWERS),
    Story(Orders.INSTRUCTIONS, AWA, Listings.LOGO, BRUNO, 0.3, _PAID, (Options.LOGO_IN_48_HOURS,)),
    Story(Orders.TO_PAY, AWA, Listings.MOVING, YANNICK, 0.1),
    _flyer(Orders.TO_CANCEL, 0.05, ()),
)
