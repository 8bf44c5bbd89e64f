"""The webhooks section: what OrderHub sends to those who ask to be told (Standard Webhooks).

The body is the event that ``GET /v1/events`` gives; a test holds that its schema exists.
"""

from collections.abc import Mapping
from typing import Any, Final

EVENT_SCHEMA: Final = "EventOut"

TOPICS: Final[Mapping[str, str]] = {
    "order.placed": "An order was placed.",
    "order.transitioned": "An order changed: `action`, `from` and `to` say how.",
    "order.late": "An order's due date passed.",
    "payment.confirmed": "A provider confirmed a payment.",
    "payment.failed": "A payment failed.",
    "refund.succeeded": "A refund reached its payer.",
    "refund.failed": "A provider refused a refund.",
    "quote.requested": "A quote was asked for.",
    "quote.taken": "Staff began to prepare a quote.",
    "quote.issued": "A version of a quote was issued.",
    "quote.accepted": "A quote was accepted: its order is placed.",
    "quote.declined": "A quote was declined.",
    "quote.changes_requested": "Another version of a quote was asked for.",
    "quote.expired": "A quote's validity ended.",
    "quote.withdrawn": "Staff withdrew a quote.",
    "quote.renewed": "An expired quote is prepared anew.",
    "quote.cancelled": "The request of a quote was cancelled.",
    "quote.rejected": "Staff rejected the request of a quote.",
    "message.sent": "A message was written in a conversation.",
}

_HEADERS: Final = {
    "webhook-id": ("The event's id; the same whenever it is sent again.", "evt_01k9fkrqm0fk1skh5w1gc0e6cf"),
    "webhook-timestamp": ("Seconds since 1970, signed with the body.", "1795253400"),
    "webhook-signature": (
        "`v1,` and the signature over id, timestamp and body.",
        "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9",
    ),
}


def webhooks() -> dict[str, Any]:
    """One entry per topic."""
    return {topic: {"post": _operation(topic, text)} for topic, text in TOPICS.items()}


def _operation(topic: str, text: str) -> dict[str, Any]:
    return {
        "tags": ["events"],
        "summary": text.rstrip("."),
        "description": f"{text} Answer 2xx within 15 seconds; anything else is tried again for three days.",
        "operationId": f"on_{topic.replace('.', '_')}",
        "security": [],
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": meaning,
                "schema": {"type": "string", "maxLength": 500},
                "example": example,
            }
            for name, (meaning, example) in _HEADERS.items()
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{EVENT_SCHEMA}"}}},
        },
        "responses": {"2XX": {"description": "Received."}, "410": {"description": "Send no more to this address."}},
    }
