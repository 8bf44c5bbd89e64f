"""What documents hold of a person: for the export of the RGPD, and for the erasure.

Invoices and credit notes are kept as they are, since bookkeeping must keep them, and so is the accepted version of
a proforma under which something was paid, which is the contract. Every other proforma forgets whom it was for and
what; the database allows that alone.
"""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, literal, not_, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.models import Quote
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

FORGOTTEN_BUYER: Final[dict[str, Any]] = {"name": FORGOTTEN, "email": "", "address": None}
"""The buyer of a proforma whose buyer is erased."""


async def export_documents(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every document that was issued to the person, with what it says of them."""
    of_orders = select(Order.id).where(Order.buyer_id == account_id)
    of_quotes = select(Quote.id).where(Quote.buyer_id == account_id)
    wanted = select(Document).where(or_(Document.order_id.in_(of_orders), Document.quote_id.in_(of_quotes)))
    return [
        {
            "id": show_id("doc", document.id),
            "kind": document.kind,
            "number": document.number,
            "total": {"amount": document.total, "currency": document.currency},
            "buyer": document.content["buyer"],
            "lines": document.content["lines"],
            "issued_at": show_instant(document.issued_at),
        }
        for document in await session.scalars(wanted.order_by(Document.id))
    ]


async def erase_documents(session: AsyncSession, account_id: UUID) -> None:
    """Have the proformas under which nothing was paid forget their buyer, and what they were for."""
    theirs = select(Quote.id).where(Quote.buyer_id == account_id)
    paid = select(Order.id).where(Order.id == Quote.order_id, Order.paid_at.is_not(None)).exists()
    contract = (
        select(Quote.id)
        .where(Quote.id == Document.quote_id, Quote.current == Document.quote_version, paid)
        .correlate(Document)
        .exists()
    )
    wordless = func.without_words(Document.content, type_=JSONB())
    nobody = func.jsonb_set(wordless, ["buyer"], literal(FORGOTTEN_BUYER, JSONB()), type_=JSONB())
    await session.execute(
        update(Document)
        .where(Document.kind == DocumentKind.PROFORMA, Document.quote_id.in_(theirs), not_(contract))
        .values(content=nobody)
        .execution_options(synchronize_session=False)
    )


DOCUMENTS = Holding(export_documents, erase_documents)
"""For `personal_data.register`."""
