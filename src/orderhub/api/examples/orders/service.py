"""Examples of service orders: placing one, and every action, each against a sample that it is possible for."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from orderhub.api.examples.sample import Sample, euros, order
from orderhub.domain.samples import AWA, BRUNO, CHLOE, Files, Listings, Options, Orders, SamplePerson
from orderhub.kit.ids import show_id


def _act(caller: SamplePerson, order_id: UUID, action: str, summary: str, **fields: Any) -> tuple[str, Sample]:
    body = {"action": action, **fields}
    return action, Sample(caller, order(order_id), body=body, summary=f"{caller.name} {summary}")


SERVICE_ACTIONS: Final[Mapping[str, Sample]] = dict(
    (
        _act(AWA, Orders.TO_CANCEL, "cancel", "cancels before paying"),
        _act(
            AWA,
            Orders.INSTRUCTIONS,
            "provide_instructions",
            "answers the seller's questions",
            answers=[
                {"question_id": "activity", "text": "Épicerie de quartier, produits frais"},
                {"question_id": "style", "choice": "Coloré"},
                {"question_id": "brief", "file_id": show_id("fil", Files.BRIEF)},
            ],
        ),
        _act(
            BRUNO,
            Orders.ASK_INSTRUCTIONS,
            "ask_instructions",
            "says what is missing",
            message="Pouvez-vous préciser les couleurs de votre boutique ?",
        ),
        _act(BRUNO, Orders.ACCEPT, "accept", "begins"),
        _act(BRUNO, Orders.DECLINE, "decline", "declines", reason="Je suis complet jusqu’à la fin du mois."),
        _act(
            AWA,
            Orders.IN_PROGRESS,
            "add_extra",
            "adds an option, to be paid next",
            option_id=show_id("opt", Options.LOGO_BUSINESS_CARDS),
        ),
        _act(
            BRUNO,
            Orders.IN_PROGRESS,
            "request_extension",
            "asks for two days more",
            days=2,
            reason="L’imprimeur demande un autre profil de couleurs.",
        ),
        _act(AWA, Orders.EXTENSION_ACCEPT, "accept_extension", "grants the days"),
        _act(AWA, Orders.EXTENSION_DECLINE, "decline_extension", "keeps the date"),
        _act(
            BRUNO,
            Orders.IN_PROGRESS,
            "refund_part",
            "gives ten euros back",
            amount=euros(1000),
            reason="Geste commercial pour le retard.",
        ),
        _act(
            AWA, Orders.IN_PROGRESS, "report_problem", "asks staff for help", reason="Les esquisses ne s’ouvrent pas."
        ),
        _act(
            CHLOE,
            Orders.PROBLEM,
            "close_case",
            "closes a reported problem",
            resolution="Bruno a renvoyé le fichier, Awa l’a bien reçu.",
        ),
        _act(AWA, Orders.IN_PROGRESS, "request_cancellation", "asks to cancel", reason="L’événement est annulé."),
        _act(AWA, Orders.CANCELLATION_WITHDRAW, "withdraw_cancellation", "changes her mind"),
        _act(BRUNO, Orders.CANCELLATION_ACCEPT, "accept_cancellation", "agrees, and Awa is refunded"),
        _act(
            BRUNO,
            Orders.CANCELLATION_DECLINE,
            "decline_cancellation",
            "declines",
            reason="Le travail est presque terminé.",
        ),
        _act(
            BRUNO,
            Orders.IN_PROGRESS,
            "deliver",
            "delivers",
            message="Voici votre logo, en trois formats.",
            files=[show_id("fil", Files.DRAFT_FLYER)],
        ),
        _act(
            AWA,
            Orders.DELIVERED_REVISE,
            "request_revision",
            "asks for a change",
            message="Le titre un peu plus grand, s’il vous plaît.",
        ),
        _act(BRUNO, Orders.REVISION_ACCEPT, "accept_revision", "takes it up again"),
        _act(
            BRUNO,
            Orders.REVISION_DECLINE,
            "decline_revision",
            "declines the change",
            reason="La demande dépasse ce qui était convenu.",
        ),
        _act(AWA, Orders.DELIVERED_APPROVE, "approve", "approves, and Bruno is paid"),
        _act(
            AWA,
            Orders.DELIVERED_DISPUTE,
            "open_dispute",
            "opens a dispute",
            reason="Ce n’est pas le format que j’avais demandé.",
        ),
        _act(AWA, Orders.DISPUTED_WITHDRAW, "withdraw_dispute", "withdraws her dispute"),
        _act(
            CHLOE,
            Orders.DISPUTED_REFUND,
            "rule_refund",
            "rules for the buyer",
            decision="La livraison ne correspond pas à la commande : remboursement.",
        ),
        _act(
            CHLOE,
            Orders.DISPUTED_RELEASE,
            "rule_release",
            "rules for the seller",
            decision="La livraison est conforme à ce qui était convenu.",
        ),
        _act(
            CHLOE,
            Orders.DISPUTED_SPLIT,
            "rule_split",
            "divides the money",
            decision="Le travail est utilisable, mais incomplet : un tiers est remboursé.",
            amount=euros(2000),
        ),
        _act(CHLOE, Orders.DISPUTED_RESUME, "resume", "lets the work go on", due_at="2036-01-15T18:00:00Z"),
    )
)

SERVICE_PLACING: Final[Mapping[str, Sample]] = {
    "with_answers": Sample(
        AWA,
        body={
            "kind": "service",
            "listing_id": show_id("lst", Listings.LOGO),
            "options": [show_id("opt", Options.LOGO_BUSINESS_CARDS)],
            "answers": [
                {"question_id": "activity", "text": "Épicerie de quartier"},
                {"question_id": "style", "choice": "Sobre"},
            ],
        },
        summary="A logo with an option, the seller's questions answered at once",
    ),
    "plain": Sample(
        AWA,
        body={"kind": "service", "listing_id": show_id("lst", Listings.VIDEO)},
        summary="A video in CFA francs",
    ),
}
