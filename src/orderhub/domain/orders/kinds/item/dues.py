"""What the buyer of an item can pay: all of it, while it is reserved for them."""

from collections.abc import Sequence

from orderhub.domain.orders.kinds.item.table import ITEM
from orderhub.domain.orders.kinds.kind import Due
from orderhub.domain.orders.state import OrderState


def due(order: OrderState) -> Sequence[Due]:
    """Price, shipping and protection fee, at once."""
    return (Due(None, order.title, order.total, order.currency),) if order.status == ITEM.start.code else ()
