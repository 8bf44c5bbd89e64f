"""The files that a buyer's answers name, and the index by which the orders that name one are found."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Index, func, literal_column
from sqlalchemy.dialects.postgresql import JSONB

from orderhub.domain.orders.models import Order
from orderhub.kit.ids import show_id

_PATH: Final[ColumnElement[str]] = literal_column("'$.answers[*].file_id'::jsonpath")
_NAMES_ANY: Final = Order.details.bool_op("@?")(_PATH)
_NAMED: Final = func.jsonb_path_query_array(Order.details, _PATH, type_=JSONB)

Index("ix_orders_answered_with", _NAMED, postgresql_using="gin", postgresql_where=_NAMES_ANY)


def answered_with(file_id: UUID) -> ColumnElement[bool]:
    """Orders that have this file as an answer."""
    return _NAMES_ANY & _NAMED.contains([show_id("fil", file_id)])
