"""What mail servers and carriers send, and what they are answered."""

from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import Input, Instant, Output, Text
from orderhub.api.schemas.codes import Codes
from orderhub.domain.orders.kinds.kind import ParcelStatus
from orderhub.domain.replies.mail import MAX_BYTES
from orderhub.domain.tracking.service import TrackingOutcome

MAIL_TYPE: Final = "message/rfc822"
MAIL: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The message as it came, headers first.",
        "content": {MAIL_TYPE: {"schema": {"type": "string", "contentMediaType": MAIL_TYPE, "maxLength": MAX_BYTES}}},
    }
}
"""A body that is not JSON: FastAPI is told of it instead of finding it."""


MailTaken = Annotated[str, Codes("MailTaken", "What came of a mail.", lambda: ("recorded", "repeated", "automatic"))]


class MailTakenOut(Output):
    """What came of a mail: a repeated one has no effect, nor one that a machine wrote and no file came with."""

    outcome: MailTaken


class NotificationTakenOut(Output):
    """What came of a payment provider's notification: a repeated one has no effect."""

    outcome: Annotated[str, Field(max_length=40, examples=["applied"], description="For whoever reads logs.")]


class TrackingIn(Input):
    """What a carrier says of a parcel."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "scan-8842-livre",
                    "tracking_number": "6A12345678901",
                    "status": "delivered",
                    "occurred_at": "2026-11-21T14:05:00Z",
                }
            ]
        }
    )

    id: Annotated[
        str,
        Text(200, examples=["scan-8842-livre"]),
        Field(description="What the carrier calls this report: a repeated one has no effect."),
    ]
    tracking_number: Annotated[str, Text(100, examples=["6A12345678901"])]
    status: Annotated[ParcelStatus, Field(description="What the carrier says of the parcel.")]
    occurred_at: Instant


class TrackingTakenOut(Output):
    """What came of it: only `applied` changed an order."""

    outcome: TrackingOutcome
