"""Conditions on orders, in SQL, that are what each kind says of itself."""

from collections.abc import Callable, Collection

from sqlalchemy import ColumnElement, and_, false, or_

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import Kind
from orderhub.domain.orders.models import Order


def in_statuses(of: Callable[[Kind], Collection[str]]) -> ColumnElement[bool]:
    """The order is in one of those statuses of its kind: ``in_statuses(lambda kind: kind.late)``."""
    found = (
        and_(Order.kind == kind.name, or_(*(Order.status == status for status in sorted(of(kind)))))
        for kind in KINDS.values()
        if of(kind)
    )
    return or_(false(), *found)
