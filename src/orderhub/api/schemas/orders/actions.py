"""Every body that places an order, and every action that may be asked of one, whatever its kind."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from orderhub.api.schemas.orders.action import OrderActionBody
from orderhub.api.schemas.orders.bodies import BODIES
from orderhub.api.schemas.orders.common import COMMON_ACTIONS
from orderhub.api.schemas.orders.placing import PlacingBody


def _any_of(bodies: list[Any], discriminator: str) -> Any:
    union = bodies[0]
    for body in bodies[1:]:
        union |= body
    return Annotated[union, Field(discriminator=discriminator)] if len(bodies) > 1 else union


if TYPE_CHECKING:
    OrderAction = OrderActionBody
    PlaceOrder = PlacingBody
else:
    OrderAction = _any_of([COMMON_ACTIONS, *(kind.actions for kind in BODIES.values())], "action")
    PlaceOrder = _any_of([kind.placing for kind in BODIES.values() if kind.placing], "kind")
