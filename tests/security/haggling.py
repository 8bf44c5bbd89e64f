"""What the town has of offers: Bruno's jackets, and one that Awa made on one of them."""

from collections.abc import Mapping

from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.lives.world import Person
from tests.making.items import add_item


async def haggle(database: Database, people: Mapping[str, Person]) -> dict[str, dict[str, str]]:
    """Awa offers 20 EUR for a jacket of 25; on the other one nobody has offered anything yet."""
    async with database.session() as session:
        wanted, other = [await add_item(session, people["seller"].account_id) for _ in range(2)]
    sent = {"amount": {"amount": 2_000, "currency": "EUR"}, "message": "Pour samedi ?"}
    path = f"/listings/{show_id('lst', wanted.id)}/offers"
    made = await people["buyer"].ask("POST", path, 201, json=sent)
    return {
        "offer": {"offer_id": made["data"][0]["id"]},
        "item": {"listing_id": show_id("lst", other.id)},
    }
