"""Conditions on orders, in SQL: whose they are, and what each kind says of itself."""

from collections.abc import Callable, Collection
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, column, exists, false, or_, table

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import Kind
from orderhub.domain.orders.models import Order
from orderhub.domain.shops.models import ShopMember

_REVIEWS: Final = table("reviews", column("order_id"), column("author_id"))
"""Only what is asked of them here: reviews know orders, not the other way round."""


def of_party(account_id: Any) -> ColumnElement[bool]:
    """Whether an account is a party of the order: its buyer, its seller, or a member of the shop that buys."""
    return or_(Order.buyer_id == account_id, Order.seller_id == account_id, of_member(account_id))


def of_member(account_id: Any) -> ColumnElement[bool]:
    """Whether an account is a member of the shop that buys."""
    found = exists().where(ShopMember.shop_id == Order.shop_id, ShopMember.account_id == account_id)
    return and_(Order.shop_id.is_not(None), found)


def reviewed_by(account_id: Any) -> ColumnElement[bool]:
    """Whether an account has reviewed the other party of the order."""
    return exists().where(_REVIEWS.c.order_id == Order.id, _REVIEWS.c.author_id == account_id)


def in_statuses(of: Callable[[Kind], Collection[str]]) -> ColumnElement[bool]:
    """The order is in one of those statuses of its kind: ``in_statuses(lambda kind: kind.late)``."""
    found = (
        and_(Order.kind == kind.name, or_(*(Order.status == status for status in sorted(of(kind)))))
        for kind in KINDS.values()
        if of(kind)
    )
    return or_(false(), *found)
