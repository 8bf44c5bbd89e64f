"""Documents as rows: what the engine leaves when it issues one, written without it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.documents.credits import credit_part
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.quotes.models import Quote
from tests.making import documents, quotes
from tests.making.instants import NOON


async def add_document(
    session: AsyncSession, kind: DocumentKind, content: dict[str, Any], subject: Subject, *, at: datetime = NOON
) -> UUID:
    """One document with its own number; its series is not moved."""
    row = document_row(kind, content, subject, at=at, by=None)
    await session.execute(insert(Document).values(row))
    return row["id"]


async def add_invoice(session: AsyncSession, order_id: UUID, *, currency: str = "CHF") -> UUID:
    """The final invoice of an order, with a credit note of 5.00 after it; the invoice's id."""
    invoice = documents.final_invoice(documents.priced_content(currency))
    subject = Subject(order_id=order_id)
    found = await add_document(session, DocumentKind.FINAL_INVOICE, invoice, subject)
    note = documents.credit_note(credit_part(invoice, 500, "Geste commercial"), invoice)
    await add_document(session, DocumentKind.CREDIT_NOTE, note, subject)
    return found


async def issue_proforma(
    session: AsyncSession, quote: Quote, by: UUID, *, currency: str = "EUR", year: int = 2026
) -> UUID:
    """Issue the quote, which is in preparation, as its next version with its document."""
    content = documents.priced_content(currency)
    await quotes.restate(session, quote, draft=content)
    await session.refresh(quote)
    version = await quotes.issue(session, quote, by, year=year)
    printed = {**documents.proforma(content), "number": version.number, "n": version.n}
    subject = Subject(quote_id=quote.id, quote_version=version.n)
    return await add_document(session, DocumentKind.PROFORMA, printed, subject)
