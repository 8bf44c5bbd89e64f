"""What Awa asked a proforma for: rows as the engine leaves them, written without it."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.carts.models import Cart
from orderhub.domain.proforma.draft import DraftLine, Fee, ProformaDraft
from orderhub.domain.proforma.pricing import priced
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.domain.transitions.models import History
from orderhub.kit.ids import new_id, show_id
from tests.making.instants import NOON

FINAL: Final = ("accepted", "declined", "withdrawn", "cancelled", "rejected")
STEPS: Final = {
    ("requested", "in_preparation"): "take",
    ("changes_requested", "in_preparation"): "take",
    ("in_preparation", "issued"): "issue",
    ("issued", "changes_requested"): "ask_changes",
    ("issued", "declined"): "decline",
    ("issued", "expired"): "expire",
    ("requested", "cancelled"): "cancel",
}
"""The action between two statuses."""


def content(currency: str = "EUR", **parts: Any) -> dict[str, Any]:
    """Two pairs of sandals at 45.90, with a service fee; 40 % in advance."""
    plain: dict[str, Any] = {
        "currency": currency,
        "lines": (DraftLine(show_id("lin", new_id()), None, "Sandales", None, None, 2, 4_590, 2000),),
        "fees": (Fee("Frais de service", 900, 2000),),
        "freight": None,
        "deposit_percent": 40,
        "valid_for": timedelta(days=7),
        "purchase_by": date(2026, 12, 1),
        "arrive_by": date(2026, 12, 20),
    }
    return priced(ProformaDraft(**(plain | parts)))


async def add_quote(session: AsyncSession, buyer_id: UUID, *, now: datetime = NOON, **parts: Any) -> Quote:
    """A request for sandals out of a cart of its own, but for what is said otherwise."""
    cart_id = await _closed_cart(session, buyer_id, now)
    plain: dict[str, Any] = {
        "id": new_id(),
        "status": "requested",
        "version": 1,
        "buyer_id": buyer_id,
        "cart_id": cart_id,
        "title": "Sandales",
        "lines": [_asked()],
        "address": asdict(PostalAddress("Awa Diop", "12 rue Oberkampf", "Paris", "FR", postcode="75011")),
        "terms_accepted": {"version": 1, "at": "2026-11-23T12:00:00Z", "address": "192.0.2.7"},
        "message": "Plutôt caramel.",
        "terms": {"quote": "P7D"},
        "requested_at": now,
        "status_since": now,
        "clock_anchor": now,
    }
    quote = Quote(**(plain | parts))
    session.add(quote)
    await session.flush()
    await _tell(session, quote, "", "request", now)
    return quote


async def lead(session: AsyncSession, quote: Quote, *statuses: str, at: datetime = NOON) -> None:
    """Lead a quote through these statuses, as the edges of its table allow, with its history."""
    for status in statuses:
        left = quote.status
        quote.status, quote.status_since, quote.clock_anchor = status, at, at
        quote.version += 1
        quote.final_at = at if status in FINAL else None
        await session.flush()
        await _tell(session, quote, left, STEPS[left, status], at)


async def issue(
    session: AsyncSession, quote: Quote, by: UUID, *, at: datetime = NOON, year: int = 2026
) -> QuoteVersion:
    """Issue the draft of a quote in preparation as its next version, under a number of the test's own.

    ``year`` is the number's: an early one where the engine numbers proformas, too.
    """
    drafted = quote.draft or content()
    n = (quote.current or 0) + 1
    version = QuoteVersion(
        quote_id=quote.id,
        n=n,
        number=f"PF-{year}-{n:06}",
        content=drafted,
        currency=drafted["currency"],
        total=drafted["total"],
        deposit=drafted["deposit"],
        issued_at=at,
        expires_at=at + timedelta(days=7),
        issued_by=by,
    )
    session.add(version)
    quote.current, quote.number, quote.draft, quote.expires_at = n, version.number, None, version.expires_at
    quote.currency, quote.total, quote.deposit = version.currency, version.total, version.deposit
    await lead(session, quote, "issued", at=at)
    return version


async def restate(session: AsyncSession, quote: Quote, **columns: Any) -> None:
    """Write other columns of a quote, such as its draft."""
    await session.execute(update(Quote).where(Quote.id == quote.id).values(**columns))


async def _closed_cart(session: AsyncSession, account_id: UUID, now: datetime) -> UUID:
    cart = Cart(
        id=new_id(),
        account_id=account_id,
        status="requested",
        separate=False,
        version=2,
        line_count=1,
        last_place=1,
        quote_id=None,
        created_at=now,
        updated_at=now,
    )
    session.add(cart)
    await session.flush()
    return cart.id


def _asked() -> dict[str, Any]:
    return {
        "id": show_id("lin", new_id()),
        "shop": {"id": show_id("shp", new_id()), "name": "Sandaga Chaussures"},
        "name": "Sandales",
        "url": "https://sandaga.example/sandales",
        "quantity": 2,
        "note": "Pointure 39",
    }


async def _tell(session: AsyncSession, quote: Quote, left: str, action: str, at: datetime) -> None:
    entry = {"subject_id": quote.id, "version": quote.version, "process": "quote", "from_status": left}
    entry |= {"action": action, "to_status": quote.status, "by": "buyer", "at": at, "data": _said(quote, action)}
    await session.execute(insert(History).values(entry))


def _said(quote: Quote, action: str) -> dict[str, Any]:
    return {"version": quote.current, "number": quote.number} if action == "issue" else {}
