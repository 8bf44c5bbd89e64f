"""Service orders on PostgreSQL: Awa buys, Bruno sells, Chloé is support."""

from dataclasses import dataclass
from uuid import UUID

from orderhub.domain.orders import placing
from orderhub.domain.orders.kinds.service import SERVICE_ORDERS
from orderhub.domain.orders.kinds.service.placing import ServiceOrder
from orderhub.domain.process import By
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from tests.engine.scene import NOBODY, PRICE, Scene, sign_in
from tests.kinds.service.commands import COMMANDS
from tests.making.listings import QUESTION, new_service


@dataclass(slots=True)
class ServiceScene(Scene):
    """An order of Bruno's listing."""

    listing_id: UUID = NOBODY

    async def place(self, key: str = "place") -> Answer:
        """Awa buys."""
        placed: list[UUID] = []
        caller = self.keyed(By.BUYER, "place", key)
        wanted = ServiceOrder(self.listing_id, (), [])
        answer = await placing.place(
            self.database, caller, SERVICE_ORDERS, wanted, lambda loaded, _: placed.append(loaded.order.id) or b"{}"
        )
        self.order_id = placed[-1] if placed else self.order_id
        return answer


async def new_scene(database: Database, *, questions: bool = False) -> ServiceScene:
    """People and a listing of their own; nothing is placed yet."""
    callers: dict[By, Caller] = {}
    for by, roles in ((By.BUYER, ()), (By.SELLER, ()), (By.SUPPORT, ("support",))):
        callers[by] = await sign_in(database, by.value, *roles)
    listing = new_service(
        callers[By.SELLER].account_id, now=real_now(), price=PRICE, questions=[QUESTION] if questions else []
    )
    async with database.session() as session:
        session.add(listing)
    return ServiceScene(database, callers, COMMANDS, PRICE, listing_id=listing.id)
