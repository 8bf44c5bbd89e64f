"""The topics of events that people and programs are served. All others only cause jobs, and are never shown."""

from collections.abc import Mapping
from typing import Final

TOPICS: Final[Mapping[str, str]] = {
    "order.placed": "An order was placed.",
    "order.transitioned": "An order changed: `action`, `from` and `to` say how.",
    "order.late": "An order's due date passed.",
    "payment.confirmed": "A payment has come.",
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
    "offer.made": "An offer was made.",
    "offer.accepted": "An offer was accepted, by its recipient or by the seller's private floor.",
    "offer.declined": "An offer was declined, likewise.",
    "offer.countered": "An offer was answered with another one.",
    "offer.withdrawn": "An offer was taken back by its author.",
    "offer.expired": "Nobody answered an offer in time.",
    "offer.superseded": "An offer is worth nothing any more: sold, repriced or closed.",
    "offer.ordered": "The order that used an offer is paid.",
    "offer.lapsed": "An accepted offer was not paid for in time.",
    "message.sent": "A message was written in a conversation.",
    "comment.asked": "A question was asked, or went on, under an item of one's own.",
    "comment.answered": "A question of one's own under an item was answered.",
    "comment.mentioned": "Somebody was mentioned under an item.",
    "case.opened": "A case was opened: staff look at it.",
}
"""What each says happened."""
