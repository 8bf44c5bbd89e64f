"""Which timers a quote has, computed from its row: the end of its validity, and the reminder before."""

from datetime import datetime
from typing import Any, Final

from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.quotes.state import QuoteState
from orderhub.domain.transitions import timers
from orderhub.domain.transitions.timers import Running

SUBJECT: Final = "quote"


def running(quote: QuoteState) -> list[Running]:
    """Every timer of a quote as it stands."""
    found: list[Running] = []
    for row in QUOTE.rows_from(quote.status):
        if row.clock is not None:
            found += timers.of_clock(row.action, row.clock, quote)
    return found


def difference(before: QuoteState | None, after: QuoteState, now: datetime) -> tuple[list[str], list[dict[str, Any]]]:
    """The keys of the timers to cancel, and the rows of those to set."""
    return timers.difference(SUBJECT, after.id, running(before) if before else (), running(after), now)
