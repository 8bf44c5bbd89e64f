"""Events as the feed and the stream give them, and stream tickets."""

from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import EventId, Instant, Output
from orderhub.api.schemas.forms import Form
from orderhub.kit.text import Label

Cursor = Annotated[
    str,
    Field(min_length=43, max_length=43),
    Form(
        "^[A-Za-z0-9_-]{43}$",
        Label(
            "Envoyez sans le changer le curseur d’une réponse précédente.",
            "Send the `cursor` of an earlier answer, unchanged.",
        ),
    ),
]

NOW: Final = "now"
CursorOrNow = Annotated[
    str,
    Field(min_length=len(NOW), max_length=43),
    Form(
        f"^({NOW}|[A-Za-z0-9_-]{{43}})$",
        Label(
            "Envoyez sans le changer le curseur d’une réponse précédente, ou `now`.",
            "Send the `cursor` of an earlier answer, unchanged, or `now`.",
        ),
    ),
]
"""Where a reader goes on from; `NOW` is this instant."""

_EXAMPLE: dict[str, Any] = {
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
        },
        "action": "accept",
        "from": "awaiting_acceptance",
        "to": "in_progress",
        "by": "seller",
    },
}


class EventOut(Output):
    """Something that happened to an object, with its public form at that moment."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_EXAMPLE]})

    id: EventId
    topic: Annotated[str, Field(max_length=60, description="What happened, such as `order.transitioned`.")]
    subject: Annotated[str, Field(max_length=60, description="The id of the object it happened to.")]
    sequence: Annotated[
        int, Field(ge=0, le=2**63 - 1, description="Counts the events of this object: put them in order by it.")
    ]
    at: Instant
    data: Annotated[dict[str, Any], Field(description="The object's public form at that moment, and what changed.")]


class EventFeed(Output):
    """Events in the order of commits, oldest first."""

    data: Annotated[list[EventOut], Field(max_length=100)]
    next_cursor: Annotated[
        str | None,
        Field(
            max_length=43,
            description="Pass it as `after` to go on; ask again later with it when `data` is empty. "
            "Null only while nothing has ever happened.",
        ),
    ]


class StreamTicketOut(Output):
    """Opens one stream: `GET /v1/events/stream?ticket=…`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"ticket": "1yZ5m0x8wq3n0J0mT3Xr7o9cVbQe2Lk4sUaHdGfPiRw", "expires_at": "2026-11-21T09:31:00Z"}
            ]
        }
    )

    ticket: Annotated[str, Field(max_length=64, description="Shown once, good for one stream.")]
    expires_at: Instant
