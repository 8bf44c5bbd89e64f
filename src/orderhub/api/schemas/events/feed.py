"""The feed of events, and the tickets that open a stream of them."""

from typing import Annotated, Final

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import Instant, Output
from orderhub.api.schemas.events.forms import EventOut
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
