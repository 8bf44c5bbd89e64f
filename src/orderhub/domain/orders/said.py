"""What is said with each action on an order: what its rows' effects say, never a list of its own."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from orderhub.domain.orders import money
from orderhub.domain.orders.history_data import PRIVATE
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.transitions.said import Names, by_action, said_by

OVERTAKEN: Final = Names(perhaps=frozenset({"overtaken"}))
"""Said with whatever leaves a status: the requests that it closes."""


@cache
def said_with() -> Mapping[str, Names]:
    """The members of ``said`` by action, of whichever kind; what only some readers see may be missing."""
    return by_action(_rows())


def _rows() -> Iterator[tuple[str, Names]]:
    for kind in KINDS.values():
        for row in kind.table.rows:
            moves = [] if row.escrow is None or row.escrow not in money.EFFECTS else [money.EFFECTS[row.escrow]]
            names = said_by((*row.effects, *moves)).perhaps_without(PRIVATE)
            leaves = row.start is not None and kind.table.targets(row) != (row.start,)
            yield row.action, names.and_also(OVERTAKEN) if leaves else names
