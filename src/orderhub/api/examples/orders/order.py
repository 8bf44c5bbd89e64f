"""Examples of orders; those of placing and of each action are in the module of their kind."""

from typing import Final

from orderhub.api.examples.orders.kinds import EXAMPLES
from orderhub.api.examples.sample import Sample, Samples, order
from orderhub.domain.samples import AWA, BRUNO, Orders

SAMPLES: Final[Samples] = {
    "place_order": {name: each for kind in EXAMPLES.values() for name, each in kind.placing.items()},
    "list_orders": Sample(AWA, query={"role": "buyer", "stage": "in_progress"}),
    "get_order_counts": Sample(BRUNO),
    "get_order": Sample(AWA, path=order(Orders.IN_PROGRESS)),
    "list_order_transitions": Sample(AWA, path=order(Orders.REVIEWED_TWICE)),
    "get_order_forecast": Sample(AWA, path=order(Orders.IN_PROGRESS)),
    "act_on_order": {name: each for kind in EXAMPLES.values() for name, each in kind.actions.items()},
    "get_order_escrow": Sample(AWA, path=order(Orders.DISPUTED)),
}
