"""Quotes in memory: what Awa asked the house for, in every status."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.orders.loading import Party
from orderhub.domain.quotes.loading import Loaded
from orderhub.domain.quotes.state import QuoteState
from orderhub.kit.ids import new_id
from tests.kinds.people import AWA, NOW
from tests.kinds.sourced.orders import POLICY, content

ISSUED: Final = ("issued", "expired", "changes_requested", "accepted", "declined", "withdrawn")
FINAL: Final = ("accepted", "declined", "withdrawn", "cancelled", "rejected")
PRICED: Final = content()
WEEK: Final = timedelta(days=7)


def a_quote(status: str = "requested", **fields: Any) -> QuoteState:
    """Sandals and a scarf, with a draft while in preparation, with a version once it was issued."""
    issued = status in ISSUED
    quote = QuoteState(
        id=new_id(),
        status=status,
        version=1,
        buyer_id=AWA,
        cart_id=new_id(),
        title="Sandales (+1)",
        lines=[{"id": line["id"], "name": line["name"]} for line in PRICED["lines"]],
        address={"name": "Awa Diop", "line1": "12 rue Oberkampf", "city": "Paris", "country": "FR"},
        terms_accepted={"version": 1, "at": NOW.isoformat(), "address": "192.0.2.7"},
        message=None,
        terms={"quote": "P7D"},
        draft=PRICED if status == "in_preparation" else None,
        current=1 if issued else None,
        number="PF-2026-000001" if issued else None,
        currency="EUR" if issued else None,
        total=PRICED["total"] if issued else None,
        deposit=PRICED["deposit"] if issued else None,
        expires_at=NOW + WEEK if issued else None,
        taken_by=None,
        order_id=None,
        requested_at=NOW,
        status_since=NOW,
        clock_anchor=NOW,
        final_at=NOW if status in FINAL else None,
    )
    return replace(quote, **fields)


def loaded(quote: QuoteState) -> Loaded:
    """The quote as the engine reads it."""
    issued = quote.current is not None
    awa, house = Party(AWA, "awa", "Awa", "FR"), Party(HOUSE_ID, "maison", "OrderHub", "FR")
    return Loaded(quote, PRICED if issued else None, NOW if issued else None, awa, "awa@example.fr", house, POLICY, NOW)


def quote_command(quote: QuoteState) -> dict[str, Any]:
    """Everything that an action may need."""
    return {
        "version": quote.current,
        "message": "Plutôt en cuir.",
        "reason": "Introuvable.",
    }
