"""A message as one person sees it: its author as written, its reader masked, staff whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from orderhub.domain.contact_details import masking
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, between
from orderhub.domain.messages.models import Message
from orderhub.domain.messages.participation import Participation
from orderhub.domain.roles import Role
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text for one person, the kinds of what readers don't see of it, and why."""

    text: str
    masked: Sequence[str]
    notice: Label | None


def text_for(message: Message, *, account_id: UUID | None, role: Role | None, paid: bool) -> ShownText:
    """What ``account_id`` sees of a message."""
    spans = masking.hidden(masking.read_spans(message.spans), paid=paid)
    kinds = sorted({span.kind.value for span in spans})
    if not spans:
        return ShownText(message.text, kinds, None)
    if account_id == message.author_id:
        return ShownText(message.text, kinds, masking.WHY_SENDER)
    if role is Role.STAFF:
        return ShownText(message.text, kinds, masking.WHY_READER)
    return ShownText(masking.masked(message.text, spans), kinds, masking.WHY_READER)


def public_form(place: Participation, message: Message) -> dict[str, Any]:
    """The message in its event: alike for all who read it, so masked for all.

    ``tells`` names the parties told: all but the author.
    """
    conversation = place.conversation
    author = {Role.BUYER: place.buyer, Role.SELLER: place.seller}.get(place.role)
    shown = text_for(message, account_id=None, role=None, paid=place.paid)
    to_both = AS_WRITTEN if place.with_house else between(place.countries, paid=place.paid)
    return {
        "message": {
            "id": show_id("msg", message.id),
            "number": message.number,
            "conversation_id": show_id("cnv", conversation.id),
            "order_id": conversation.order_id and show_id("ord", conversation.order_id),
            "listing_id": conversation.listing_id and show_id("lst", conversation.listing_id),
            "title": to_both.text(place.title),
            "author": author and {"id": show_id("acc", author.id), "handle": author.handle},
            "author_role": message.author_role,
            "text": shown.text,
            "masked": shown.masked,
            "attachments": [show_id("fil", file_id) for file_id in message.file_ids],
            "sent_at": show_instant(message.sent_at),
        },
        "by": message.author_role,
        "tells": [role.value for role in (Role.BUYER, Role.SELLER) if role is not place.role],
    }
