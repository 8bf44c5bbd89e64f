"""One form per topic, told apart by ``topic``: what the feed gives, and the stream, and any way that may follow."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field, create_model
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import Count, EventId, Instant, Output
from orderhub.api.schemas.events.data import (
    CaseData,
    CommentData,
    MessageData,
    OfferChangedData,
    OrderChangedData,
    OrderLateData,
    PaymentData,
    QuoteChangedData,
    RefundData,
)
from orderhub.domain.events.topics import TOPICS
from orderhub.domain.offers.process import PAST as PAST_OF_OFFERS
from orderhub.domain.quotes.process import PAST

DATA: Final[Mapping[str, type[Output]]] = {
    "order.placed": OrderChangedData,
    "order.transitioned": OrderChangedData,
    "order.late": OrderLateData,
    "payment.confirmed": PaymentData,
    "payment.failed": PaymentData,
    "refund.succeeded": RefundData,
    "refund.failed": RefundData,
    **{f"quote.{past}": QuoteChangedData for past in PAST.values()},
    **{f"offer.{past}": OfferChangedData for past in PAST_OF_OFFERS.values()},
    "message.sent": MessageData,
    "comment.asked": CommentData,
    "comment.answered": CommentData,
    "comment.mentioned": CommentData,
    "case.opened": CaseData,
}
"""What the events of each topic say."""

_EXAMPLE: Final[dict[str, Any]] = {
    "id": "evt_01k9fkrqm0fk1skh5w1gc0e6cf",
    "topic": "order.transitioned",
    "subject": "ord_01k9fkrqm0fk1skh5w1gc0e6cf",
    "sequence": 4,
    "at": "2026-11-21T09:30:00Z",
    "data": {
        "order": {
            "id": "ord_01k9fkrqm0fk1skh5w1gc0e6cf",
            "kind": "service",
            "status": "in_progress",
            "stage": "in_progress",
            "version": 4,
            "title": "Logo pour une boulangerie",
            "due_at": "2026-11-28T09:30:00Z",
            "buyer": {"id": "acc_01k9fkrqm0fk1skh5w1gc0e6cf", "handle": "awa"},
            "seller": {"id": "acc_01k9fkrqm0fk1skh5w1gc0e6cg", "handle": "bruno"},
            "conversation_id": "cnv_01k9fkrqm0fk1skh5w1gc0e6cf",
        },
        "action": "accept",
        "from": "awaiting_acceptance",
        "to": "in_progress",
        "by": "seller",
        "tells": ["buyer"],
        "actor_id": "acc_01k9fkrqm0fk1skh5w1gc0e6cg",
    },
}


class AnyEvent(Output):
    """Something that happened to an object."""

    id: EventId
    topic: str
    subject: Annotated[str, Field(max_length=60, description="The id of the object it happened to.")]
    sequence: Annotated[Count, Field(description="Counts the events of this object: put them in order by it.")]
    at: Instant


def _form(topic: str, text: str) -> type[AnyEvent]:
    name = "".join(map(str.capitalize, topic.replace(".", "_").split("_")))
    shown = {"json_schema_extra": {"examples": [_EXAMPLE]}} if topic == _EXAMPLE["topic"] else {}
    fields: dict[str, Any] = {
        "topic": (Literal[topic], ...),
        "data": (DATA[topic], Field(description="The object as it was at that moment, and what changed.")),
    }
    return create_model(
        f"{name}Event",
        __base__=AnyEvent,
        __doc__=text,
        __module__=__name__,
        __cls_kwargs__=shown,
        **fields,
    )


FORMS: Final = {topic: _form(topic, text) for topic, text in TOPICS.items()}
"""By topic."""


def _any_form() -> Any:
    union: Any = None
    for form in FORMS.values():
        union = form if union is None else union | form
    return Annotated[union, Field(discriminator="topic")]


if TYPE_CHECKING:
    EventOut = AnyEvent
else:
    EventOut = TypeAliasType("Event", _any_form())
