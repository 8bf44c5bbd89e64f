"""What follows for a seller when an order is completed."""

from collections.abc import Mapping
from typing import Any

from orderhub.domain.orders.sellers import settle_seller
from orderhub.jobs.context import WorkerContext
from orderhub.kit.ids import parse_id


async def settle(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Bring the seller of the event's order up to date."""
    order_id = parse_id("ord", payload["subject"])
    if order_id is not None:
        async with context.database.session() as session:
            await settle_seller(session, order_id)
