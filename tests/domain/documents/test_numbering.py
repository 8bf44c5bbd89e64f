"""Numbers have no gaps: not under load, not when transactions fail, and the database refuses what would make one."""

import asyncio
import random
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind, Series
from orderhub.domain.documents.models import Document, NumberSeries
from orderhub.domain.documents.numbering import next_number, show_number, year_of
from orderhub.infra.database import Database, HotTransaction
from tests.making import documents
from tests.making.orders import add_order, live
from tests.making.people import add_person


class OutOfPaperError(Exception):
    """Something fails after the number was taken."""


async def an_order(database: Database) -> UUID:
    async with database.session() as session:
        order = await add_order(session, await add_person(session, "awa"), await add_person(session, "bruno"))
        await live(session, order, steps=1)
        return order.id


async def write_document(transaction: HotTransaction, number: str, order_id: UUID) -> None:
    content = {**documents.final_invoice(), "number": number}
    row = document_row(DocumentKind.FINAL_INVOICE, content, Subject(order_id), at=documents.ISSUED_AT, by=None)
    await transaction.connection.execute(
        "INSERT INTO documents SELECT * FROM jsonb_populate_record(NULL::documents, $1)", row
    )


async def issue(database: Database, order_id: UUID, *, fails: bool = False) -> str:
    """An invoice with the next number; or everything but the COMMIT."""
    async with database.hot_transaction() as transaction:
        number = await next_number(transaction, Series.FINAL_INVOICE, 2026)
        await write_document(transaction, number, order_id)
        await asyncio.sleep(random.random() / 200)  # noqa: S311 - lets others queue up
        if fails:
            raise OutOfPaperError
    return number


async def numbers(database: Database) -> list[str]:
    async with database.session() as session:
        return list(await session.scalars(select(Document.number).order_by(Document.number)))


async def test_many_at_once_and_every_third_rolled_back_leave_no_gap(database: Database) -> None:
    order_id = await an_order(database)
    found = await asyncio.gather(
        *(issue(database, order_id, fails=turn % 3 == 0) for turn in range(45)), return_exceptions=True
    )
    given = [number for number in found if isinstance(number, str)]
    assert sum(isinstance(error, OutOfPaperError) for error in found) == 15
    assert sorted(given) == [f"FA-2026-{place:06d}" for place in range(1, 31)]
    assert await numbers(database) == sorted(given)


async def test_each_series_and_year_counts_by_itself(database: Database) -> None:
    order_id = await an_order(database)
    assert await issue(database, order_id) == "FA-2026-000001"
    async with database.hot_transaction() as transaction:
        assert await next_number(transaction, Series.FINAL_INVOICE, 2027) == "FA-2027-000001"
        await write_document(transaction, "FA-2027-000001", order_id)
    assert await issue(database, order_id) == "FA-2026-000002"


async def test_a_number_without_its_document_is_refused_at_commit(database: Database) -> None:
    order_id = await an_order(database)
    with pytest.raises(asyncpg.CheckViolationError, match="FA-2026-000001 was taken and no document has it"):
        async with database.hot_transaction() as transaction:
            await next_number(transaction, Series.FINAL_INVOICE, 2026)
    assert await issue(database, order_id) == "FA-2026-000001"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE number_series SET last = last + 2",
        "UPDATE number_series SET last = last - 1",
        "UPDATE number_series SET year = 2025, last = last + 1",
        "DELETE FROM number_series",
        "TRUNCATE number_series",
        "INSERT INTO number_series VALUES ('FA', 2027, 2)",
        "UPDATE documents SET total = 1",
        "DELETE FROM documents",
        "TRUNCATE documents",
    ],
)
async def test_the_database_refuses_to_rewrite(database: Database, statement: str) -> None:
    await issue(database, await an_order(database))
    with pytest.raises(IntegrityError):
        async with database.session() as session:
            await session.execute(text(statement))
    async with database.session() as session:
        assert await session.scalar(select(NumberSeries.last)) == 1
        assert await session.scalar(select(Document.total)) == 78_307


async def test_a_number_belongs_to_the_series_of_its_kind(session: AsyncSession) -> None:
    order = await add_order(session, await add_person(session, "awa"), await add_person(session, "bruno"))
    content = {**documents.final_invoice(), "number": "AV-2026-000001"}
    row = document_row(DocumentKind.FINAL_INVOICE, content, Subject(order.id), at=documents.ISSUED_AT, by=None)
    with pytest.raises(IntegrityError, match="ck_documents_kind"):
        await session.execute(insert(Document).values(row))


def test_the_year_is_that_of_the_house() -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert year_of(new_year, "Europe/Paris") == 2027
    assert year_of(new_year, "Africa/Dakar") == 2026
    assert show_number(Series.PROFORMA, 2026, 123) == "PF-2026-000123"
    assert show_number(Series.CREDIT_NOTE, 2026, 1_234_567) == "AV-2026-1234567"
