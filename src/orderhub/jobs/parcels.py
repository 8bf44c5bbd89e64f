"""Follows the parcels that orders are sent in."""

from collections.abc import Mapping
from typing import Any

from orderhub.domain.orders.engine import take_unasked
from orderhub.domain.tracking.service import follow
from orderhub.jobs.context import WorkerContext
from orderhub.kit.ids import parse_id


async def follow_parcel(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Know the parcel of an order that was sent out, and take what its carrier has said of it already."""
    order_id = parse_id("ord", payload["subject"])
    if order_id is not None:
        await follow(context.database, order_id, take_unasked)
