"""What a document says, frozen when it is issued: a priced content with a number, a date and the parties.

The priced content is that of `domain.proforma.pricing`. Money is whole minor units of
``content["currency"]``; ids are public ones; instants are RFC 3339.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.documents.house import Addressee, House
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

Content = dict[str, Any]
Priced = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parties:
    """Between whom a document is."""

    buyer: Addressee
    house: House


@dataclass(frozen=True, slots=True)
class Issue:
    """What issuing gives a document."""

    number: str
    at: datetime


def proforma_draft(priced: Priced, parties: Parties, *, quote_id: UUID) -> Content:
    """A proforma that isn't issued yet: it has no number, and is printed as a draft."""
    return {**_between(priced, parties), "quote_id": show_id("quo", quote_id)}


def proforma(  # noqa: PLR0913 - what is printed, between whom, and what it is about
    priced: Priced, parties: Parties, issue: Issue, *, quote_id: UUID, version: int, expires_at: datetime
) -> Content:
    """Version ``version`` of a quote, as it is issued."""
    return {
        **proforma_draft(priced, parties, quote_id=quote_id),
        **_issued(issue),
        "n": version,
        "expires_at": show_instant(expires_at),
    }


def final_invoice(  # noqa: PLR0913 - likewise
    priced: Priced, parties: Parties, issue: Issue, *, order_id: UUID, paid: int, proforma_number: str | None = None
) -> Content:
    """The invoice of an order. ``paid`` is what the buyer has paid so far; the balance is what is left."""
    return {
        **_between(priced, parties),
        **_issued(issue),
        "order_id": show_id("ord", order_id),
        "proforma_number": proforma_number,
        "paid": paid,
        "balance": priced["total"] - paid,
        "corrects": None,
        "reason": None,
    }


def credit_note(credited: Priced, issue: Issue, *, invoice: Mapping[str, Any], reason: str) -> Content:
    """What is taken off an issued invoice: ``credited`` is from `credits`; the parties are the invoice's own."""
    return {
        **credited,
        **_issued(issue),
        "buyer": invoice["buyer"],
        "house": invoice["house"],
        "order_id": invoice["order_id"],
        "paid": 0,
        "balance": credited["total"],
        "corrects": invoice["number"],
        "corrects_issued_at": invoice["issued_at"],
        "reason": reason,
    }


def _between(priced: Priced, parties: Parties) -> Content:
    return {**priced, "buyer": parties.buyer.snapshot(), "house": parties.house.snapshot()}


def _issued(issue: Issue) -> Content:
    return {"number": issue.number, "issued_at": show_instant(issue.at)}
