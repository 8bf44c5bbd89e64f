"""What is said with each action on an order: what its rows' effects may say, never a list of its own."""

from functools import cache
from typing import Final

from orderhub.domain.orders import money
from orderhub.domain.orders.change import said_by
from orderhub.domain.orders.kinds import KINDS

OVERTAKEN: Final = "overtaken"
"""Said with whatever leaves a status: the requests that it closes."""


@cache
def said_with() -> dict[str, frozenset[str]]:
    """The members of ``data`` that the history may keep, by action."""
    found: dict[str, frozenset[str]] = {}
    for kind in KINDS.values():
        for row in kind.table.rows:
            moves = None if row.escrow is None else money.EFFECTS.get(row.escrow)
            names = {name for effect in (*row.effects, moves) if effect is not None for name in said_by(effect)}
            if row.start is not None and kind.table.targets(row) != (row.start,):
                names.add(OVERTAKEN)
            found[row.action] = found.get(row.action, frozenset()) | names
    return found
