"""Whose action an order waits for: what the clocks of its table and the due date of its work say, never a list.

A status whose clock runs waits for whoever the clock waits for; one in which work is due waits for whoever
does that work. `deadlines` of an order shows the same clocks.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Text, and_, exists, func, literal, or_
from sqlalchemy.dialects.postgresql import ARRAY

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.process import By
from orderhub.domain.roles import Role
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.timers import ROW

_ACT_AS: Final = {Role.BUYER: frozenset({By.BUYER, By.SHOP}), Role.SELLER: frozenset({By.SELLER})}


@cache
def statuses_awaiting(role: Role) -> frozenset[tuple[str, str]]:
    """By kind and status: where the party in a role may be waited for, always or while a request of theirs is open."""
    return frozenset((kind, status) for kind, status, _ in _clocks(role)) | frozenset(_work(role))


def awaits(role: Role) -> ColumnElement[bool]:
    """Whether the order waits for the party in a role now."""
    status = Order.kind + "/" + Order.status
    clocks = sorted({f"{kind}/{code}" for kind, code, _ in _clocks(role)})
    rows = sorted("/".join(clock) for clock in _clocks(role))
    runs = exists().where(
        Timer.subject_id == Order.id, Timer.kind == ROW, (status + "/" + Timer.action) == func.any(_texts(rows))
    )
    work = sorted("/".join(each) for each in _work(role))
    return or_(
        and_(Order.due_at.is_not(None), status == func.any(_texts(work))),
        and_(status == func.any(_texts(clocks)), runs),
    )


def _texts(values: Sequence[str]) -> ColumnElement[Sequence[str]]:
    return literal(values, ARRAY(Text()))


def _clocks(role: Role) -> Iterator[tuple[str, str, str]]:
    """The kind, status and action of every row whose clock waits for them."""
    for kind in KINDS.values():
        for row in kind.table.rows:
            if row.start is not None and row.clock is not None and row.clock.waits_for & _ACT_AS[role]:
                yield kind.name, row.start.code, row.action


def _work(role: Role) -> Iterator[tuple[str, str]]:
    """The kind and status of all work with a due date that they themselves do."""
    for kind in KINDS.values():
        for status, late in kind.late.items():
            does = {by for row in kind.table.rows_of(status, late.action) for by in row.by}
            if does & late.waits_for & _ACT_AS[role]:
                yield kind.name, status
