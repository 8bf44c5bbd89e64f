"""An event as it is served, in the feed and in the stream alike; ``api/schemas/events/`` documents the same form."""

from typing import Any

from orderhub.domain.events.models import Event
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


def show(event: Event) -> dict[str, Any]:
    """The event with the public form of its object at that moment, as it was written."""
    return {
        "id": show_id("evt", event.id),
        "topic": event.topic,
        "subject": event.subject,
        "sequence": event.sequence,
        "at": show_instant(event.at),
        "data": event.data,
    }
