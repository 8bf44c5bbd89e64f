"""Which timers an offer has, computed from its row: the end of its time to be answered, or to be used."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from orderhub.domain.offers.process import OFFER, pending
from orderhub.domain.offers.state import OfferState
from orderhub.domain.transitions import timers
from orderhub.domain.transitions.timers import Running

SUBJECT: Final = "offer"


def running(offer: OfferState) -> list[Running]:
    """Every timer of an offer as it stands. Whoever it is made to is waited for, then its buyer."""
    found: list[Running] = []
    for row in OFFER.rows_from(offer.status):
        if row.clock is not None:
            found += timers.of_clock(row.action, row.clock, offer)
    if offer.status == pending.code:
        waited = frozenset({offer.side(offer.recipient_id)})
        return [replace(timer, waits_for=waited) for timer in found]
    return found


def difference(before: OfferState | None, after: OfferState, now: datetime) -> tuple[list[str], list[dict[str, Any]]]:
    """The keys of the timers to cancel, and the rows of those to set."""
    return timers.difference(SUBJECT, after.id, running(before) if before else (), running(after), now)
