"""Orders of items on PostgreSQL: Awa buys, Bruno sells, Chloé is support."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.catalog.models import Listing
from orderhub.domain.orders import placing
from orderhub.domain.orders.kinds.item import ITEM_ORDERS
from orderhub.domain.orders.kinds.item.details import Photo
from orderhub.domain.orders.kinds.item.placing import ItemOrder
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import By, Row
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from tests.engine.scene import Scene, sign_in
from tests.kinds.item.commands import ADDRESS, COMMANDS, TOO_LARGE
from tests.making.items import new_item
from tests.making.receipts import receipt
from tests.making.traders import new_trader

CHARGED_BACK = 1_000
_SHOWS = {"request_return": By.BUYER, "contest_return": By.SELLER}


@dataclass(slots=True)
class ItemScene(Scene):
    """An order of Bruno's jacket, or of several."""

    listing_ids: Sequence[UUID] = field(default_factory=list[UUID])

    async def place(self, key: str = "place") -> Answer:
        """Awa buys."""
        placed: list[UUID] = []
        caller = self.keyed(By.BUYER, "place", key)
        wanted = ItemOrder(self.listing_ids, PostalAddress(**ADDRESS))
        answer = await placing.place(
            self.database, caller, ITEM_ORDERS, wanted, lambda loaded, _: placed.append(loaded.order.id) or b"{}"
        )
        self.order_id = placed[-1] if placed else self.order_id
        return answer

    async def saying(self, action: str, **said: Any) -> dict[str, Any]:
        """What goes with an action; photos are files of whoever shows them."""
        plain = await Scene.saying(self, action, **said)
        if action in _SHOWS:
            async with self.database.session() as session:
                file = await receipt(session, self.callers[_SHOWS[action]].account_id)
            plain["photos"] = (Photo(file.id, file.name, file.media_type, file.size),)
        return plain

    async def listings(self) -> list[Listing]:
        """What Bruno sells, as it stands."""
        async with self.database.session() as session:
            return [await session.get_one(Listing, listing_id) for listing_id in self.listing_ids]


async def new_scene(
    database: Database, *, fits: bool = True, trader: bool = False, items: int = 1, **parts: Any
) -> ItemScene:
    """People and listings of their own; nothing is placed yet."""
    callers: dict[By, Caller] = {}
    for by, roles in ((By.BUYER, ()), (By.SELLER, ()), (By.SUPPORT, ("support",))):
        callers[by] = await sign_in(database, by.value, *roles)
    seller_id, now = callers[By.SELLER].account_id, real_now()
    size = "38" if fits else TOO_LARGE
    sold = [new_item(seller_id, now=now, size=size, **parts) for _ in range(items)]
    async with database.session() as session:
        session.add_all(sold)
        if trader:
            session.add(new_trader(seller_id, now=now))
    return ItemScene(database, callers, COMMANDS, CHARGED_BACK, listing_ids=[listing.id for listing in sold])


_STATES = {"awaiting_payment": "reserved", "cancelled": "paused", "returned": "paused"}


async def landed(scene: Any, _row: Row[Facts], _before: OrderState, after: OrderState) -> None:
    """Whatever happens to the order, its listings stand where it says."""
    unpaid = after.status == "cancelled" and after.paid_at is None
    wanted = "active" if unpaid else _STATES.get(after.status, "sold")
    for listing in await scene.listings():
        assert listing.state == wanted
        assert listing.order_id == (after.id if wanted in ("reserved", "sold") else None)
        assert (listing.reserved_until is None) == (wanted != "reserved")
