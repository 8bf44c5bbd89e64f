"""Who is between an offer: its buyer and its seller as each is shown to the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Label, and_, column, exists, or_, select, table
from sqlalchemy.orm import InstrumentedAttribute

from orderhub.domain.accounts.models import Account
from orderhub.domain.files.photos import Photo, photo_in, portrait_columns

_ORDERS: Final = table("orders", column("buyer_id"), column("seller_id"), column("paid_at"))
"""Only what is asked of them here: orders know offers, not the other way round."""
_PAIR = ColumnElement[UUID] | InstrumentedAttribute[UUID]


@dataclass(frozen=True, slots=True)
class Person:
    """One party of an offer."""

    id: UUID
    handle: str
    name: str
    country: str
    photo: Photo | None
    suspended: bool = False


def person_columns(account: type[Account], side: str) -> Sequence[Label[Any]]:
    """The columns of a joined account that `person_in` reads."""
    return (
        account.id.label(f"{side}_account_id"),
        account.handle.label(f"{side}_handle"),
        account.display_name.label(f"{side}_name"),
        account.country.label(f"{side}_country"),
        account.suspended_at.is_not(None).label(f"{side}_suspended"),
        *portrait_columns(account, f"{side}_photo"),
    )


def person_in(row: Mapping[str, Any], side: str) -> Person:
    """The person in a row with these columns."""
    return Person(
        row[f"{side}_account_id"],
        row[f"{side}_handle"],
        row[f"{side}_name"],
        row[f"{side}_country"],
        photo_in(row, f"{side}_photo"),
        row[f"{side}_suspended"],
    )


def paid_between(one: _PAIR, other: _PAIR) -> ColumnElement[bool]:
    """Whether an order between the two was ever paid, whoever sold: then they may know more of each other."""
    orders = _ORDERS.alias("between")
    one_way = and_(orders.c.buyer_id == one, orders.c.seller_id == other)
    other_way = and_(orders.c.buyer_id == other, orders.c.seller_id == one)
    return exists(select(orders.c.buyer_id).where(orders.c.paid_at.is_not(None), or_(one_way, other_way)))
