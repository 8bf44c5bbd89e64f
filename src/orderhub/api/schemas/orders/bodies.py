"""What each kind of order takes and shows: the one place of the API that lists the kinds.

As with `KINDS`, a kind that is not listed here is registered before `actions.py` and `order.py` are imported.
"""

from dataclasses import dataclass
from typing import Any, Final

from orderhub.api.schemas.base import Output
from orderhub.api.schemas.orders.placing import PlacingBody
from orderhub.api.schemas.orders.service import SERVICE_ACTIONS, PlaceServiceOrder, ServiceMembers, ServicePending
from orderhub.api.schemas.orders.sourced import SOURCED_ACTIONS, SourcedMembers


@dataclass(frozen=True, slots=True)
class Bodies:
    """What can be sent about orders of one kind, and what is shown of them alone (`Kind.shown` makes it)."""

    actions: Any
    """A class of `OrderActionBody`, or a union of several."""
    placing: type[PlacingBody] | None = None
    """None where an order begins otherwise than by asking for it."""
    members: type[Output] | None = None
    """The members that it adds to `OrderOut`."""
    pending: type[Output] | None = None
    """Those that it adds to `PendingOut`."""


BODIES: Final[dict[str, Bodies]] = {
    "service": Bodies(SERVICE_ACTIONS, PlaceServiceOrder, ServiceMembers, ServicePending),
    "sourced": Bodies(SOURCED_ACTIONS, members=SourcedMembers),
}
"""By the name of the kind."""
