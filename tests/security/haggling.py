"""What the town has of offers: Bruno's jackets, and what Awa and Fatou offer for two of them."""

from collections.abc import Mapping
from uuid import UUID

from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.lives.world import Person
from tests.making.items import add_item


async def haggle(database: Database, people: Mapping[str, Person]) -> dict[str, dict[str, str]]:
    """Awa and Fatou offer 20 EUR, each for a jacket of 25; on the third one nobody has offered anything yet."""
    async with database.session() as session:
        wanted, fatous, other = [await add_item(session, people["seller"].account_id) for _ in range(3)]
    return {
        "offer": await _offer(people["buyer"], wanted.id),
        "fatous_offer": await _offer(people["stranger"], fatous.id),
        "item": {"listing_id": show_id("lst", other.id)},
    }


async def _offer(person: Person, listing_id: UUID) -> dict[str, str]:
    sent = {"amount": {"amount": 2_000, "currency": "EUR"}, "message": "Pour samedi ?"}
    made = await person.ask("POST", f"/listings/{show_id('lst', listing_id)}/offers", 201, json=sent)
    return {"offer_id": made["data"][0]["id"]}
