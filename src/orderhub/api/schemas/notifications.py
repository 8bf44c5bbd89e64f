"""Alerts of the member area, worded in the caller's language."""

from datetime import tzinfo
from typing import Annotated, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import (
    ConversationId,
    Count,
    EventId,
    Instant,
    ListingId,
    NotificationId,
    OfferId,
    OrderId,
    Output,
    PageOut,
    QuoteId,
)
from orderhub.domain.accounts.preferences import Topic
from orderhub.domain.notifications.models import Notification
from orderhub.domain.notifications.phrases import filled
from orderhub.kit.text import Language


class NotificationOut(Output):
    """Something that happened, told to one person."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": "ntf_01k9fkrqm0fk1skh5w1gc0e6cf",
                    "event_id": "evt_01k9fkrqm0fk1skh5w1gc0e6cf",
                    "topic": "orders",
                    "code": "deliver",
                    "title": "Commande livrée",
                    "body": "bruno a livré « Logo pour une boulangerie ».",
                    "order_id": "ord_01k9fkrqm0fk1skh5w1gc0e6cf",
                    "conversation_id": "cnv_01k9fkrqm0fk1skh5w1gc0e6cf",
                    "quote_id": None,
                    "offer_id": None,
                    "listing_id": None,
                    "created_at": "2026-11-21T09:30:00Z",
                    "read_at": None,
                }
            ]
        },
    )

    id: NotificationId
    event_id: Annotated[EventId, Field(description="The event that caused it; one notification an event.")]
    topic: Annotated[Topic, Field(description="What channels are chosen for.")]
    code: Annotated[str, Field(max_length=100, description="What happened; stable, for icons and the like.")]
    title: Annotated[str, Field(max_length=200)]
    body: Annotated[str, Field(max_length=5000)]
    order_id: OrderId | None
    conversation_id: ConversationId | None
    quote_id: QuoteId | None
    offer_id: OfferId | None
    listing_id: ListingId | None
    created_at: Instant
    read_at: Instant | None

    @classmethod
    def of(cls, found: Notification, language: Language, zone: tzinfo) -> Self:
        """The public form, with times written in ``zone``."""
        title, body = filled(found.code, found.params, language, zone)
        return cls(
            id=found.id,
            event_id=found.event_id,
            topic=Topic(found.topic),
            code=found.code,
            title=title,
            body=body,
            order_id=found.order_id,
            conversation_id=found.conversation_id,
            quote_id=found.quote_id,
            offer_id=found.offer_id,
            listing_id=found.listing_id,
            created_at=found.created_at,
            read_at=found.read_at,
        )


class NotificationListOut(PageOut[NotificationOut]):
    """One page of notifications, newest first, and the count for the badge."""

    unread: Annotated[Count, Field(description="All that you have not read yet.")]
