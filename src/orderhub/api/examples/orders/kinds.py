"""The examples of each kind of order. As with `BODIES`, a further kind is added before `order.py` is imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from orderhub.api.examples.orders.item import ITEM_ACTIONS, ITEM_PLACING
from orderhub.api.examples.orders.service import SERVICE_ACTIONS, SERVICE_PLACING
from orderhub.api.examples.orders.sourced import SOURCED_ACTIONS
from orderhub.api.examples.sample import Sample


@dataclass(frozen=True, slots=True)
class Examples:
    """What is sent about orders of one kind: by the action, and how one is placed, by a name of its own."""

    actions: Mapping[str, Sample]
    placing: Mapping[str, Sample] = field(default_factory=dict[str, Sample])


EXAMPLES: Final[dict[str, Examples]] = {
    "service": Examples(SERVICE_ACTIONS, SERVICE_PLACING),
    "sourced": Examples(SOURCED_ACTIONS),
    "item": Examples(ITEM_ACTIONS, ITEM_PLACING),
}
