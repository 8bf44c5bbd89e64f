"""The bodies of each kind of order: the one place of the API that lists the kinds.

As with `KINDS`, a kind that is not listed here is registered before `actions.py` is imported.
"""

from dataclasses import dataclass
from typing import Any, Final

from orderhub.api.schemas.orders.placing import PlacingBody
from orderhub.api.schemas.orders.service import SERVICE_ACTIONS, PlaceServiceOrder
from orderhub.api.schemas.orders.sourced import SOURCED_ACTIONS


@dataclass(frozen=True, slots=True)
class Bodies:
    """What can be sent about orders of one kind."""

    actions: Any
    """A class of `OrderActionBody`, or a union of several."""
    placing: type[PlacingBody] | None = None
    """None where an order begins otherwise than by asking for it."""


BODIES: Final[dict[str, Bodies]] = {
    "service": Bodies(SERVICE_ACTIONS, PlaceServiceOrder),
    "sourced": Bodies(SOURCED_ACTIONS),
}
"""By the name of the kind."""
