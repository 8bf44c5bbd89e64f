"""Documents for those who may see them: the buyer, and staff. Anybody else finds nothing.

An order has the proforma that was accepted, its final invoice and what corrects it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.documents.content import Parties, proforma_draft
from orderhub.domain.documents.errors import DocumentNotFoundError
from orderhub.domain.documents.house import Addressee, House
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.orders.conditions import of_member
from orderhub.domain.orders.errors import OrderNotFoundError
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.errors import QuoteNotFoundError
from orderhub.domain.quotes.models import Quote
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for documents."""

    account_id: UUID
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a list, without what it says."""

    id: UUID
    kind: DocumentKind
    number: str
    currency: str
    total: int
    issued_at: datetime
    quote_version: int | None
    corrects: str | None


@dataclass(frozen=True, slots=True)
class Printable:
    """What the printer needs."""

    kind: DocumentKind
    content: dict[str, Any]


async def documents_of_order(session: AsyncSession, order_id: UUID, reader: Reader) -> Sequence[Listed]:
    """An order's documents, the newest first; they are few. Raises OrderNotFoundError."""
    await _require_order(session, order_id, reader)
    columns = (Document.id, Document.kind, Document.number, Document.currency, Document.total, Document.issued_at)
    corrects = Document.content["corrects"].astext
    wanted = select(*columns, Document.quote_version, corrects).where(_of_order(order_id)).order_by(Document.id.desc())
    return [Listed(row[0], DocumentKind(row[1]), *row[2:]) for row in await session.execute(wanted)]


async def document_of_order(session: AsyncSession, order_id: UUID, document_id: UUID, reader: Reader) -> Printable:
    """One of them. Raises OrderNotFoundError, DocumentNotFoundError."""
    await _require_order(session, order_id, reader)
    found = await session.scalar(select(Document).where(Document.id == document_id, _of_order(order_id)))
    return _printable(found)


async def proforma_of_quote(session: AsyncSession, quote_id: UUID, version: int, reader: Reader) -> Printable:
    """An issued version of a quote. Raises QuoteNotFoundError, DocumentNotFoundError."""
    await _require_quote(session, quote_id, reader)
    wanted = select(Document).where(
        Document.quote_id == quote_id, Document.quote_version == version, Document.kind == DocumentKind.PROFORMA
    )
    return _printable(await session.scalar(wanted))


async def draft_of_quote(session: AsyncSession, quote_id: UUID, house: House) -> Printable:
    """What staff prepare for a quote, as it would be issued. Raises QuoteNotFoundError, DocumentNotFoundError."""
    quote = await session.get(Quote, quote_id)
    if quote is None:
        raise QuoteNotFoundError
    if quote.draft is None:
        raise DocumentNotFoundError(
            Label(
                "Ce devis n’a pas de brouillon : enregistrez-en un d’abord.", "This quote has no draft: save one first."
            )
        )
    buyer = await session.get_one(Account, quote.buyer_id)
    parties = Parties(Addressee(buyer.display_name, buyer.email, quote.address), house)
    return Printable(DocumentKind.PROFORMA, proforma_draft(quote.draft, parties, quote_id=quote.id))


async def _require_order(session: AsyncSession, order_id: UUID, reader: Reader) -> None:
    buys = or_(literal(reader.is_staff), Order.buyer_id == reader.account_id, of_member(reader.account_id))
    if await session.scalar(select(Order.id).where(Order.id == order_id, buys)) is None:
        raise OrderNotFoundError


async def _require_quote(session: AsyncSession, quote_id: UUID, reader: Reader) -> None:
    buyer_id = await session.scalar(select(Quote.buyer_id).where(Quote.id == quote_id))
    if buyer_id is None or not (reader.is_staff or buyer_id == reader.account_id):
        raise QuoteNotFoundError


def _of_order(order_id: UUID) -> ColumnElement[bool]:
    accepted = select(Quote.id, Quote.current).where(Quote.order_id == order_id).subquery()
    is_accepted = and_(
        Document.quote_id == select(accepted.c.id).scalar_subquery(),
        Document.quote_version == select(accepted.c.current).scalar_subquery(),
    )
    return or_(Document.order_id == order_id, is_accepted)


def _printable(document: Document | None) -> Printable:
    if document is None:
        raise DocumentNotFoundError
    return Printable(DocumentKind(document.kind), document.content)
