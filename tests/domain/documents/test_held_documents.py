"""What documents hold of Awa: all are exported; a proforma that nothing came of forgets her, an invoice does not."""

from uuid import UUID

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.overviews.held_documents import DOCUMENTS, FORGOTTEN
from tests.making import documents
from tests.making.orders import add_order
from tests.making.people import add_person
from tests.making.quotes import add_quote


@pytest.fixture
async def awa(session: AsyncSession) -> UUID:
    """Who has a proforma that she never accepted, and an invoice of an order."""
    awa, bruno = await add_person(session, "awa"), await add_person(session, "bruno")
    quote, order = await add_quote(session, awa), await add_order(session, awa, bruno)
    at = documents.ISSUED_AT
    subject = Subject(quote_id=quote.id, quote_version=2)
    proforma = document_row(DocumentKind.PROFORMA, documents.proforma(), subject, at=at, by=None)
    invoice = document_row(DocumentKind.FINAL_INVOICE, documents.final_invoice(), Subject(order.id), at=at, by=None)
    for row in (proforma, invoice):
        await session.execute(insert(Document).values(row))
    return awa


async def test_an_export_has_every_document_and_what_it_says_of_the_person(session: AsyncSession, awa: UUID) -> None:
    proforma, invoice = await DOCUMENTS.export(session, awa)
    assert (proforma["number"], invoice["number"]) == ("PF-2026-000123", "FA-2026-000042")
    assert invoice["buyer"]["address"]["city"] == "Dakar"
    assert await DOCUMENTS.export(session, await add_person(session, "fatou")) == []


async def test_an_erasure_forgets_the_buyer_of_a_proforma_only(session: AsyncSession, awa: UUID) -> None:
    assert DOCUMENTS.erase is not None
    await DOCUMENTS.erase(session, awa)
    found = {row.number: row.content for row in await session.scalars(select(Document))}
    assert found["PF-2026-000123"]["buyer"] == FORGOTTEN
    assert found["PF-2026-000123"]["total"] == 78_307
    assert found["FA-2026-000042"]["buyer"]["name"] == "Awa Diop"


@pytest.mark.parametrize(
    "change",
    [
        """content = jsonb_set(content, '{buyer,name}', '"Fatou"')""",
        """content = jsonb_set(content, '{total}', '1')""",
        "total = 1",
        "issued_at = now()",
    ],
)
async def test_nothing_else_of_a_proforma_is_rewritten(session: AsyncSession, awa: UUID, change: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        await session.execute(text(f"UPDATE documents SET {change} WHERE kind = 'proforma'"))
