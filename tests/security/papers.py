"""What the town has on paper: a proforma and a draft of Awa's, and the invoice of an order of hers."""

from collections.abc import Mapping

from orderhub.infra.database import Database
from orderhub.kit.ids import parse_id, show_id
from tests.lives.world import Person
from tests.making import documents, quotes
from tests.making.papers import add_invoice, issue_proforma


async def keep_papers(database: Database, people: Mapping[str, Person], order: str) -> dict[str, dict[str, str]]:
    """The parameters that lead to each."""
    awa, support = people["buyer"].account_id, people["support"].account_id
    order_id = parse_id("ord", order)
    assert order_id is not None
    async with database.session() as session:
        issued, drafted = await quotes.add_quote(session, awa), await quotes.add_quote(session, awa)
        for quote in (issued, drafted):
            await quotes.lead(session, quote, "in_preparation")
        await issue_proforma(session, issued, support, year=2020)
        await quotes.restate(session, drafted, draft=documents.priced_content("XOF"))
        invoice = await add_invoice(session, order_id)
    return {
        "proforma": {"quote_id": show_id("quo", issued.id), "n": "1"},
        "quote_draft": {"quote_id": show_id("quo", drafted.id)},
        "invoice": {"order_id": order, "document_id": show_id("doc", invoice)},
    }
