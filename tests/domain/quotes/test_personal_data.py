"""What quotes hold of Awa: open ones keep her account, all are exported, none keeps her address once she is erased."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.quotes.personal_data import QUOTES, open_quotes
from orderhub.kit.ids import show_id
from tests.making.quotes import add_quote, issue, lead


@pytest.mark.parametrize(
    ("statuses", "is_open"),
    [
        ((), True),
        (("in_preparation",), True),
        (("in_preparation", "issued"), True),
        (("in_preparation", "issued", "changes_requested"), True),
        (("in_preparation", "issued", "expired"), False),
        (("in_preparation", "issued", "declined"), False),
        (("cancelled",), False),
    ],
)
async def test_a_quote_that_somebody_has_to_answer_keeps_the_account(
    session: AsyncSession, awa: UUID, bruno: UUID, statuses: tuple[str, ...], *, is_open: bool
) -> None:
    quote = await add_quote(session, awa)
    await lead(session, quote, *statuses)

    found = [(matter.kind, matter.id) for matter in await open_quotes(session, awa)]
    assert found == ([("quote", show_id("quo", quote.id))] if is_open else [])
    assert await open_quotes(session, bruno) == []


async def test_an_export_has_what_was_asked_for_and_what_was_offered(
    session: AsyncSession, awa: UUID, bruno: UUID, chloe: UUID
) -> None:
    quote = await add_quote(session, awa)
    await lead(session, quote, "in_preparation")
    version = await issue(session, quote, chloe)

    (exported,) = await QUOTES.export(session, awa)
    assert exported["id"] == show_id("quo", quote.id)
    assert (exported["address"]["city"], exported["message"]) == ("Paris", "Plutôt caramel.")
    assert exported["terms_accepted"]["address"] == "192.0.2.7"
    assert exported["lines"][0]["note"] == "Pointure 39"
    assert [(v["number"], v["content"]["total"]) for v in exported["versions"]] == [(version.number, version.total)]
    assert await QUOTES.export(session, bruno) == []


async def test_an_erasure_forgets_address_message_and_client_and_keeps_which_terms(
    session: AsyncSession, awa: UUID, bruno: UUID
) -> None:
    mine, other = await add_quote(session, awa), await add_quote(session, bruno)
    assert QUOTES.erase is not None
    await QUOTES.erase(session, awa)

    for quote in (mine, other):
        await session.refresh(quote)
    assert (mine.address, mine.message) == ({}, None)
    assert mine.terms_accepted == {"version": 1, "at": "2026-11-23T12:00:00Z"}
    assert (other.address["city"], other.message) == ("Paris", "Plutôt caramel.")
