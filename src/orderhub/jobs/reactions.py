"""Which jobs an event causes: topic by topic, on this one page.

The fan-out enqueues each with `payload_of` the event. A topic that is not here causes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from orderhub.domain.events.models import Event
from orderhub.domain.offers.process import PAST as PAST_OF_OFFERS
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import Kind
from orderhub.domain.quotes.process import PAST

_TELL: Final = ("notify",)

REACTIONS: Final[Mapping[str, Sequence[str]]] = {
    "account.password_changed": _TELL,
    "account.password_reset_asked": _TELL,
    "account.registered": _TELL,
    "account.registered_again": _TELL,
    "account.reinstated": _TELL,
    "account.suspended": _TELL,
    "case.opened": _TELL,
    "comment.answered": _TELL,
    "comment.asked": _TELL,
    "comment.mentioned": _TELL,
    "mail.accepted": _TELL,
    "mail.arrived": ("apply_mail",),
    "mail.not_awaited": _TELL,
    "mail.passed_on": _TELL,
    "mail.submitted": _TELL,
    "mail.without_proof": _TELL,
    "message.sent": _TELL,
    **{f"offer.{past}": _TELL for past in PAST_OF_OFFERS.values()},
    "offer.reminder": _TELL,
    "order.late": _TELL,
    "order.placed": _TELL,
    "order.reminder": _TELL,
    "order.transitioned": _TELL,
    "payment.confirmed": _TELL,
    "payment.expired": ("close_payment",),
    "payment.failed": _TELL,
    **{f"quote.{past}": _TELL for past in PAST.values()},
    "quote.reminder": _TELL,
    "refund.failed": _TELL,
    "refund.pending": ("send_refund",),
    "refund.succeeded": _TELL,
    "staff.reminder": _TELL,
    "trader.refused": _TELL,
    "trader.revoked": _TELL,
    "trader.verified": _TELL,
}

FULFILLED: Final = ("settle_seller",)
"""What else an order causes that comes to where the buyer has what was promised."""
FOLLOWED: Final = ("follow_parcel",)
"""And one that comes to where a carrier's word is waited for."""


def jobs_of(event: Event) -> Sequence[str]:
    """The names of the jobs that an event causes."""
    names = REACTIONS.get(event.topic, ())
    if event.topic == "order.transitioned" and event.data["to"] != event.data["from"]:
        return (*names, *_at(KINDS[event.data["order"]["kind"]], event.data["to"]))
    return names


def _at(kind: Kind, status: str) -> Sequence[str]:
    return (*(FULFILLED if status in kind.table.fulfilled else ()), *(FOLLOWED if status in kind.followed else ()))


def payload_of(event: Event) -> dict[str, Any]:
    """What a job gets of its event: enough to find the rest."""
    return {"event_id": event.id.hex, "topic": event.topic, "subject": event.subject}


def event_id(payload: Mapping[str, Any]) -> UUID:
    """The event that caused a job."""
    return UUID(hex=payload["event_id"])
