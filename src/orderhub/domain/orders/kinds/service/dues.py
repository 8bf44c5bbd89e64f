"""What the buyer of a service can pay: the order itself, then each extra that was added."""

from collections.abc import Sequence

from orderhub.domain.orders.kinds.kind import Due
from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.state import OrderState


def due(order: OrderState) -> Sequence[Due]:
    """All of it at the beginning; afterwards the unpaid extras. What was placed at no price is never due."""
    if order.status == SERVICE.start.code:
        return (Due(None, order.title, order.total, order.currency),) if order.total else ()
    extras = details_of(order).extras
    return [Due(extra.id, extra.title, extra.price, order.currency) for extra in extras if extra.price]
