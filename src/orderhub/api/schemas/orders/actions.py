"""Every body that places an order, and every action that may be asked of one, whatever its kind."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.orders.action import OrderActionBody
from orderhub.api.schemas.orders.bodies import BODIES
from orderhub.api.schemas.orders.common import COMMON_ACTIONS
from orderhub.api.schemas.orders.placing import PlacingBody

ACTIONS: Final[Sequence[type[OrderActionBody]]] = (
    *COMMON_ACTIONS,
    *(action for kind in BODIES.values() for action in kind.actions),
)
"""A body for each action, in the order in which the document lists them."""


def _any_of(bodies: Sequence[Any], discriminator: str) -> Any:
    union = bodies[0]
    for body in bodies[1:]:
        union |= body
    return Annotated[union, Field(discriminator=discriminator)] if len(bodies) > 1 else union


if TYPE_CHECKING:
    OrderAction = OrderActionBody
    PlaceOrder = PlacingBody
else:
    OrderAction = TypeAliasType("OrderAction", _any_of(ACTIONS, "action"))
    PlaceOrder = TypeAliasType(
        "PlaceOrder", _any_of([kind.placing for kind in BODIES.values() if kind.placing], "kind")
    )
