"""The closed sets of orders, made of the kinds and their rows: a further kind adds to them by itself."""

from collections.abc import Iterator
from typing import Annotated

from orderhub.api.schemas.codes import Codes
from orderhub.domain.orders.guards import ROOM_TO_CHANGE
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.stages import STAGES
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Row
from orderhub.domain.roles import Role
from orderhub.domain.transitions.timers import LATE


def _rows() -> Iterator[Row[Facts]]:
    return (row for kind in KINDS.values() for row in kind.table.rows)


OrderKind = Annotated[str, Codes("OrderKind", "What is agreed on: each kind has a table of its own.", lambda: KINDS)]
OrderStatus = Annotated[
    str,
    Codes(
        "OrderStatus",
        "The status of an order, of whichever kind. `GET /v1/processes/{name}` says what each means.",
        lambda: (code for kind in KINDS.values() for code in kind.table.by_code),
    ),
]
OrderStage = Annotated[
    str, Codes("OrderStage", "The word beside a status that users know; tabs are made of them.", lambda: STAGES)
]
OrderTransitionName = Annotated[
    str,
    Codes(
        "OrderTransitionName",
        "What happens to an order: an action of somebody, of a clock, a payment provider or a carrier.",
        lambda: (row.action for row in _rows()),
    ),
]
OrderActionName = Annotated[
    str,
    Codes(
        "OrderActionName",
        "What may be asked of an order: each has a schema of its own in `OrderAction`.",
        lambda: (row.action for row in _rows() if row.asked),
    ),
]
OrderDeadlineName = Annotated[
    str,
    Codes(
        "OrderDeadlineName",
        "What a clock will do; `late` tells that the due date has passed.",
        lambda: (*(row.action for row in _rows() if row.clock is not None), LATE),
    ),
]
OrderGuardCode = Annotated[
    str,
    Codes(
        "OrderGuardCode",
        "The condition that an action waits for.",
        lambda: (*(code for row in _rows() if row.guard for code in row.guard.codes), ROOM_TO_CHANGE.code),
    ),
]
PartyRole = Annotated[str, Codes("PartyRole", "As which party of an order.", lambda: (Role.BUYER, Role.SELLER))]
