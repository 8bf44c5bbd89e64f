"""Examples of offers: Yannick would like Bruno's coat, too, and he answers the others."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from orderhub.api.examples.sample import Sample, Samples, conversation, euros, listing
from orderhub.domain.samples import AWA, BRUNO, LEA, YANNICK, Conversations, SamplePerson
from orderhub.domain.samples.haggling import COAT, Offers
from orderhub.kit.ids import show_id


def offer(value: UUID) -> Mapping[str, str]:
    """The path of something about an offer."""
    return {"offer_id": show_id("off", value)}


def _act(caller: SamplePerson, offer_id: UUID, action: str, summary: str, **fields: Any) -> tuple[str, Sample]:
    body = {"action": action, **fields}
    return action, Sample(caller, offer(offer_id), body=body, summary=f"{caller.name} {summary}")


SAMPLES: Final[Samples] = {
    "create_offer": Sample(
        YANNICK,
        listing(COAT),
        body={"amount": euros(4700), "message": "Je passe le chercher si vous voulez."},
    ),
    "create_custom_offer": Sample(
        BRUNO,
        conversation(Conversations.INQUIRY),
        body={
            "amount": euros(18000),
            "days": 6,
            "revisions": 2,
            "scope": "Le logo, sa version broderie pour polos et une enseigne de 80 cm.",
        },
    ),
    "list_offers": Sample(BRUNO, query={"role": "seller", "status": "pending"}),
    "get_offer": Sample(AWA, offer(Offers.TO_ACCEPT)),
    "list_offer_transitions": Sample(BRUNO, offer(Offers.ACCEPTED)),
    "act_on_offer": dict(
        (
            _act(BRUNO, Offers.TO_ACCEPT, "accept", "accepts the amount that he read", amount=euros(5000)),
            _act(BRUNO, Offers.TO_DECLINE, "decline", "declines"),
            _act(
                BRUNO,
                Offers.TO_COUNTER,
                "counter",
                "proposes another amount",
                amount=euros(5200),
                message="Il sort du pressing.",
            ),
            _act(LEA, Offers.TO_WITHDRAW, "withdraw", "takes it back"),
        )
    ),
}
