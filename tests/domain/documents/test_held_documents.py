"""What documents hold of Awa: all are exported; a proforma that nothing came of forgets her, an invoice does not."""

from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.documents.models import Document
from orderhub.domain.overviews.held_documents import DOCUMENTS, FORGOTTEN_BUYER
from tests.making.orders import add_order
from tests.making.papers import add_invoice, issue_proforma
from tests.making.people import add_person
from tests.making.quotes import add_quote, lead


@pytest.fixture
async def awa(session: AsyncSession) -> UUID:
    """Who has a proforma that she never accepted, and an invoice of an order."""
    awa, bruno = await add_person(session, "awa"), await add_person(session, "bruno")
    quote, order = await add_quote(session, awa), await add_order(session, awa, bruno)
    await lead(session, quote, "in_preparation")
    await issue_proforma(session, quote, bruno)
    await add_invoice(session, order.id)
    return awa


async def test_an_export_has_every_document_and_what_it_says_of_the_person(session: AsyncSession, awa: UUID) -> None:
    proforma, invoice, credit = await DOCUMENTS.export(session, awa)
    numbers = [each["number"] for each in (proforma, invoice, credit)]
    assert numbers == ["PF-2026-000001", "FA-2026-000042", "AV-2026-000007"]
    assert invoice["buyer"]["address"]["city"] == "Dakar"
    assert await DOCUMENTS.export(session, await add_person(session, "fatou")) == []


async def test_an_erasure_forgets_the_buyer_of_a_proforma_only(session: AsyncSession, awa: UUID) -> None:
    assert DOCUMENTS.erase is not None
    await DOCUMENTS.erase(session, awa)
    found = {row.number: row.content for row in await session.scalars(select(Document))}
    assert found["PF-2026-000001"]["buyer"] == FORGOTTEN_BUYER
    assert {line["name"] for line in found["PF-2026-000001"]["lines"]} == {"—"}
    assert found["PF-2026-000001"]["total"] == 78_307
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
