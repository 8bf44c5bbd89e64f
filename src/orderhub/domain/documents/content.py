"""What a document says, frozen when it is issued: a priced content with a number, a date and the parties.

The priced content is that of `domain.proforma.pricing`. Money is whole minor units of
``content["currency"]``; ids are public ones; instants are RFC 3339.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.documents.house import Addressee, House
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

Content = dict[str, Any]
Priced = Mapping[str, Any]


def proforma_draft(priced: Priced, *, quote_id: UUID, buyer: Addressee, house: House) -> Content:
    """A proforma that isn't issued yet: it has no number, and is printed as a draft."""
    return {**_parties(priced, buyer, house), "quote_id": show_id("quo", quote_id)}


def proforma(
    priced: Priced,
    *,
    number: str,
    issued_at: datetime,
    expires_at: datetime,
    quote_id: UUID,
    version: int,
    buyer: Addressee,
    house: House,
) -> Content:
    """Version ``version`` of a quote, as it is issued."""
    return {
        **proforma_draft(priced, quote_id=quote_id, buyer=buyer, house=house),
        **_issued(number, issued_at),
        "n": version,
        "expires_at": show_instant(expires_at),
    }


def final_invoice(
    priced: Priced,
    *,
    number: str,
    issued_at: datetime,
    order_id: UUID,
    paid: int,
    buyer: Addressee,
    house: House,
    proforma_number: str | None = None,
) -> Content:
    """The invoice of an order. ``paid`` is what the buyer has paid so far; the balance is what is left."""
    return {
        **_parties(priced, buyer, house),
        **_issued(number, issued_at),
        "order_id": show_id("ord", order_id),
        "proforma_number": proforma_number,
        "paid": paid,
        "balance": priced["total"] - paid,
        "corrects": None,
        "reason": None,
    }


def credit_note(
    credited: Priced, *, number: str, issued_at: datetime, invoice: Mapping[str, Any], reason: str
) -> Content:
    """What is taken off an issued invoice: ``credited`` is from `credits`; the parties are the invoice's own."""
    return {
        **credited,
        **_issued(number, issued_at),
        "buyer": invoice["buyer"],
        "house": invoice["house"],
        "order_id": invoice["order_id"],
        "paid": 0,
        "balance": credited["total"],
        "corrects": invoice["number"],
        "corrects_issued_at": invoice["issued_at"],
        "reason": reason,
    }


def _parties(priced: Priced, buyer: Addressee, house: House) -> Content:
    return {**priced, "buyer": buyer.snapshot(), "house": house.snapshot()}


def _issued(number: str, issued_at: datetime) -> Content:
    return {"number": number, "issued_at": show_instant(issued_at)}
