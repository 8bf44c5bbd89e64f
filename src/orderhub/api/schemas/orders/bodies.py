"""What each kind of order takes and shows: the one place of the API that lists the kinds.

As with `KINDS`, a kind that is not listed here is registered before `actions.py` and `order.py` are imported.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import create_model

from orderhub.api.schemas.base import Output
from orderhub.api.schemas.orders.action import OrderActionBody
from orderhub.api.schemas.orders.item.actions import ITEM_ACTIONS, PlaceItemOrder
from orderhub.api.schemas.orders.item.members import ItemMembers, ItemSaid
from orderhub.api.schemas.orders.placing import PlacingBody
from orderhub.api.schemas.orders.service.actions import SERVICE_ACTIONS, PlaceServiceOrder
from orderhub.api.schemas.orders.service.members import ServiceMembers, ServicePending, ServiceSaid
from orderhub.api.schemas.orders.sourced.actions import SOURCED_ACTIONS
from orderhub.api.schemas.orders.sourced.members import SourcedMembers, SourcedSaid


@dataclass(frozen=True, slots=True)
class Bodies:
    """What can be sent about orders of one kind, and what is shown of them alone (`Kind.shown` makes it)."""

    actions: Sequence[type[OrderActionBody]]
    """One class for each action that only it has."""
    placing: type[PlacingBody] | None = None
    """None where an order begins otherwise than by asking for it."""
    members: type[Output] | None = None
    """The members that it adds to `OrderOut`."""
    pending: type[Output] | None = None
    """Those that it adds to `PendingOut`."""
    said: type[Output] | None = None
    """Those that it adds to `OrderSaid`."""


BODIES: Final[dict[str, Bodies]] = {
    "service": Bodies(SERVICE_ACTIONS, PlaceServiceOrder, ServiceMembers, ServicePending, ServiceSaid),
    "sourced": Bodies(SOURCED_ACTIONS, members=SourcedMembers, said=SourcedSaid),
    "item": Bodies(ITEM_ACTIONS, PlaceItemOrder, ItemMembers, said=ItemSaid),
}
"""By the name of the kind."""


def with_members(name: str, of_any: type[Output], of_kinds: Iterable[type[Output] | None]) -> Any:
    """What is shown of any order, followed by the members that each kind adds."""
    added = [members for members in of_kinds if members is not None]
    return create_model(name, __base__=(*reversed(added), of_any), __doc__=of_any.__doc__, __module__=__name__)
