"""Which jobs an event causes: topic by topic, on this one page.

The fan-out enqueues each with `payload_of` the event. A topic that is not here causes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from orderhub.domain.events.models import Event

REACTIONS: Final[Mapping[str, Sequence[str]]] = {
    "refund.pending": ("send_refund",),
    "payment.expired": ("close_payment",),
}


def payload_of(event: Event) -> dict[str, Any]:
    """What a job gets of its event: enough to find the rest."""
    return {"event_id": event.id.hex, "topic": event.topic, "subject": event.subject}


def event_id(payload: Mapping[str, Any]) -> UUID:
    """The event that caused a job."""
    return UUID(hex=payload["event_id"])
