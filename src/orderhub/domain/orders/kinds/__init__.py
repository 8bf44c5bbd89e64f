"""The kinds of order: the one place that lists them.

Whatever is made of all kinds (the lists, the diagrams, the API's document) is made of `KINDS` when it is imported:
a kind that is not listed here, such as a deployment's own, is registered before that.
"""

from typing import Final

from orderhub.domain.orders import clocks
from orderhub.domain.orders.kinds.item import ITEM_ORDERS
from orderhub.domain.orders.kinds.kind import Kind
from orderhub.domain.orders.kinds.service import SERVICE_ORDERS
from orderhub.domain.orders.kinds.sourced import SOURCED_ORDERS
from orderhub.domain.policies import rules
from orderhub.domain.policies.rules import DurationRule

KINDS: Final[dict[str, Kind]] = {}
"""By the name that orders have in their column ``kind``."""


def register(kind: Kind) -> None:
    """Add a kind. Raises ValueError for a name that is taken."""
    if kind.name in KINDS:
        message = f"there is a kind {kind.name!r} already"
        raise ValueError(message)
    KINDS[kind.name] = kind


def durations() -> dict[str, DurationRule]:
    """Every duration that staff set, by name: of no kind, of several kinds, and each kind's own."""
    of_kinds = {name: rule for kind in KINDS.values() for name, rule in kind.durations.items()}
    return dict(sorted((rules.DURATIONS | clocks.DURATIONS | of_kinds).items()))


for each in (SERVICE_ORDERS, SOURCED_ORDERS, ITEM_ORDERS):
    register(each)
