"""What the town has for sourcing: Awa's two partner shops, of which one is not active, and her carts."""

from collections.abc import Mapping
from typing import Any, Final

from orderhub.domain.accounts.models import SignInSession
from orderhub.domain.shops.models import ShopMember
from orderhub.infra.database import Database
from orderhub.kit.ids import parse_id, show_id
from tests.lives.world import Person
from tests.making.instants import NOON

SHOP: Final[dict[str, Any]] = {"name": "La Maison du Bazin", "country": "SN", "currency": "XOF"}


async def open_shops(people: Mapping[str, Person], editor: Person) -> dict[str, dict[str, str]]:
    """The shops, taken in by staff and owned by Awa; one of them has an editor besides."""
    awa, support = people["buyer"], people["support"]
    sites = ["https://maison-du-bazin.example"]
    shop = await support.ask("POST", "/shops", 201, json=SHOP | {"sites": sites})
    hidden = await support.ask("POST", "/shops", 201, json=SHOP | {"active": False})
    owner = {"account_id": show_id("acc", awa.account_id), "role": "owner"}
    for one in (shop, hidden):
        await support.ask("POST", f"/shops/{one['id']}/members", 201, json=owner)
    member = show_id("acc", editor.account_id)
    await awa.ask("POST", f"/shops/{shop['id']}/members", 201, json={"account_id": member})
    named = {"name": "Caisse", "scopes": ["orders:read"]}
    key = await awa.ask("POST", f"/shops/{shop['id']}/keys", 201, json=named)
    return {
        "shop": {"shop_id": shop["id"]},
        "shop_key": {"shop_id": shop["id"], "key_id": key["key"]["id"]},
        "hidden_shop": {"shop_id": hidden["id"]},
        "shop_member": {"shop_id": shop["id"], "account_id": member},
    }


async def open_carts(people: Mapping[str, Person]) -> dict[str, dict[str, str]]:
    """Awa's usual cart with two lines, and one that she can do without."""
    awa = people["buyer"]
    cart = await awa.ask("POST", "/carts", 201, json={})
    spare = await awa.ask("POST", "/carts", 201, json={"separate": True})
    page = "https://maison-du-bazin.example/indigo"
    line, unwanted = [
        await awa.ask("POST", f"/carts/{cart['id']}/lines", 201, json={"name": name, "url": page})
        for name in ("Bazin indigo", "Bazin indigo, encore")
    ]
    return {
        "cart": {"cart_id": cart["id"]},
        "spare_cart": {"cart_id": spare["id"]},
        "cart_line": {"cart_id": cart["id"], "line_id": line["id"]},
        "spare_line": {"cart_id": cart["id"], "line_id": unwanted["id"]},
    }


async def unrevoke(database: Database, thing: Mapping[str, str]) -> None:
    """Have the shop's key there, whoever revoked it."""
    async with database.session() as session:
        opened = await session.get_one(SignInSession, parse_id("key", thing["key_id"]))
        opened.revoked_at = None


async def add_again(database: Database, thing: Mapping[str, str]) -> None:
    """Have the shop's member there, whoever removed them: by no request, which would leave its key."""
    shop_id, account_id = parse_id("shp", thing["shop_id"]), parse_id("acc", thing["account_id"])
    async with database.session() as session:
        if await session.get(ShopMember, (shop_id, account_id)) is None:
            session.add(ShopMember(shop_id=shop_id, account_id=account_id, role="editor", added_at=NOON))
