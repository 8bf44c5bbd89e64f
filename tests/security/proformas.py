"""What the town has of quotes: one of Awa's that was issued, and two carts that one may be asked for."""

from collections.abc import Mapping
from typing import Any, Final

from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.lives.world import Person
from tests.making import quotes

_PRICE: Final = {"amount": 4_590, "currency": "EUR"}
DRAFT: Final[dict[str, Any]] = {
    "currency": "EUR",
    "lines": [{"name": "Sandales", "unit_price": _PRICE}],
    "deposit_percent": 40,
    "purchase_by": "2036-12-01",
    "arrive_by": "2036-12-20",
}


def draft_of(line: str) -> dict[str, Any]:
    """A draft that prices this line."""
    return DRAFT | {"lines": [{"id": line, "unit_price": _PRICE}]}


async def ask_for_quotes(database: Database, people: Mapping[str, Person]) -> dict[str, dict[str, str]]:
    """The parameters that lead to each."""
    awa, support = people["buyer"].account_id, people["support"].account_id
    async with database.session() as session:
        issued = await quotes.add_quote(session, awa)
        await quotes.lead(session, issued, "in_preparation")
        await quotes.issue(session, issued, support)
    return {
        "quote": {"quote_id": show_id("quo", issued.id)},
        "full_cart": {"cart_id": await _cart_of(people["buyer"])},
        "fatous_cart": {"cart_id": await _cart_of(people["stranger"])},
    }


async def _cart_of(person: Person) -> str:
    """A cart with one line that can be quoted."""
    cart = await person.ask("POST", "/carts", 201, json={"separate": True})
    line = {"name": "Bazin indigo", "url": "https://maison-du-bazin.example/indigo"}
    await person.ask("POST", f"/carts/{cart['id']}/lines", 201, json=line)
    return cart["id"]
