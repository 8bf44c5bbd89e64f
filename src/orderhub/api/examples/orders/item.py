"""Examples of orders of items: placing one, and every action that only they have, each against a sample order."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from orderhub.api.examples.sample import Sample, order
from orderhub.domain.samples import AWA, CHLOE, YANNICK, SamplePerson
from orderhub.domain.samples.attic import FOR_SALE, FOR_SALE_TOO, Attic, AtticFiles
from orderhub.kit.ids import show_id

_ELSEWHERE: Final = {
    "name": "Awa Diallo",
    "line1": "3 rue du Faubourg-du-Temple",
    "postcode": "75010",
    "city": "Paris",
    "country": "FR",
}
_HOME: Final = {
    "name": "Yannick Morel",
    "line1": "5 rue des Tanneurs",
    "postcode": "59000",
    "city": "Lille",
    "country": "FR",
}


def _act(caller: SamplePerson, order_id: UUID, action: str, summary: str, **fields: Any) -> tuple[str, Sample]:
    body = {"action": action, **fields}
    return action, Sample(caller, order(order_id), body=body, summary=f"{caller.name} {summary}")


ITEM_ACTIONS: Final[Mapping[str, Sample]] = dict(
    (
        _act(AWA, Attic.TO_SEND, "change_address", "has it sent elsewhere for the same price", address=_ELSEWHERE),
        _act(
            YANNICK,
            Attic.TO_SEND,
            "ship",
            "gave the parcel to a carrier",
            carrier="colissimo",
            tracking_number="6A98765432109",
        ),
        _act(AWA, Attic.SENT, "mark_delivered", "has the parcel"),
        _act(AWA, Attic.NOT_RECEIVED, "report_not_received", "does not have what the carrier says is delivered"),
        _act(
            AWA,
            Attic.REQUEST_RETURN,
            "request_return",
            "shows what is wrong, and wants to send it back",
            reason="damaged",
            message="Le pied est cassé.",
            photo_ids=[show_id("fil", AtticFiles.STAIN)],
        ),
        _act(YANNICK, Attic.ACCEPT_RETURN, "accept_return", "takes it back at this address", address=_HOME),
        _act(YANNICK, Attic.REFUND, "refund_without_return", "refunds it and lets her keep it"),
        _act(
            YANNICK,
            Attic.DECLINE_RETURN,
            "decline_return",
            "declines: staff rule",
            reason="L’usure se voit sur les photos de l’annonce.",
        ),
        _act(
            AWA,
            Attic.SHIP_RETURN,
            "ship_return",
            "sends it back",
            carrier="colissimo",
            tracking_number="6A10987654321",
        ),
        _act(YANNICK, Attic.RECEIVE, "receive_return", "has it back, and Awa is refunded"),
        _act(
            YANNICK,
            Attic.CONTEST,
            "contest_return",
            "shows that what came back was damaged",
            reason="Il est revenu rayé.",
            photo_ids=[show_id("fil", AtticFiles.SCRATCH)],
        ),
        _act(
            CHLOE,
            Attic.ORDER_RETURN,
            "order_return",
            "rules that it goes back",
            decision="La pièce manque : l’article revient, puis Awa est remboursée.",
            address=_HOME,
        ),
    )
)

ITEM_PLACING: Final[Mapping[str, Sample]] = {
    "items": Sample(
        AWA,
        body={
            "kind": "item",
            "listing_ids": [show_id("lst", FOR_SALE), show_id("lst", FOR_SALE_TOO)],
            "address": _ELSEWHERE,
        },
        summary="Two items of one seller in one parcel",
    ),
}
