"""What is needed to decide, in one statement: the locked order, its parties, the caller's standing.

Each statement is compiled once. A row comes back only when everything is as it should be: the
session is alive, the caller may see the order, the key is free and unused. `diagnosis.py` finds out
which of these it was when none comes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, Text, Uuid, bindparam, cast, or_, select
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.models import Account
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import Photo, of_photo, photo_in, picture_columns, portrait_columns
from orderhub.domain.orders.conditions import of_member, of_party, reviewed_by
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.orders.state import COLUMNS, OrderState
from orderhub.domain.process import Actor
from orderhub.domain.requests.caller import Caller
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.infra.business_clock import ahead
from orderhub.infra.database import Statement
from orderhub.infra.locking import LockingStatement
from orderhub.kit.clock import real_now

_WIDTH: Final = len(COLUMNS)
_DETAILS: Final = COLUMNS.index("details")
_PARTY: Final = 5
"""Columns of each party but its photo, as `Party` has them: the buyer's follow the order's own, then the seller's."""
_SELLER: Final = _WIDTH + _PARTY
BUYER: Final = aliased(Account, name="buyer")
SELLER: Final = aliased(Account, name="seller")
_ME: Final = bindparam("account_id", value=None, type_=Uuid())
"""Who calls; None where no token reaches: a provider, a clock."""


@dataclass(frozen=True, slots=True)
class Party:
    """How one party of an order is shown to the other."""

    id: UUID
    handle: str
    name: str
    country: str
    """ISO 3166: numbers are written there in a way of its own."""
    erased: bool = False
    suspended: bool = False
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """An order as it was read, who its parties are, and the business time."""

    order: OrderState
    buyer: Party
    seller: Party
    now: datetime
    member: bool = False
    """Whether the caller is a member of the shop that buys."""
    reviewed: bool = False
    """Whether the caller has reviewed the other party."""
    photo: Photo | None = None
    """Of what was ordered."""

    def actor(self, caller: Caller) -> Actor:
        """Everything that the caller may act as on this order."""
        return self.order.actor(caller.account_id, caller.roles, member=self.member)


Render = Callable[[Loaded, Actor], bytes]
"""Makes the body of an answer from the order as it will be."""


def visible() -> ColumnElement[bool]:
    """The caller is a party, or staff. Parameters ``account_id``, ``staff``."""
    return or_(of_party(_ME), bindparam("staff"))


def is_member() -> ColumnElement[bool]:
    """The column that says whether the caller is a member of the shop that buys. Parameter ``account_id``."""
    return of_member(_ME).label("member")


def order_columns() -> Select[*tuple[Any, ...]]:
    """The order with its parties and the clock's offset. Its details come as text, which their own type reads."""
    columns = [cast(Order.details, Text) if name == "details" else getattr(Order, name) for name in COLUMNS]
    return select(
        *columns,
        BUYER.handle.label("buyer_handle"),
        BUYER.display_name.label("buyer_name"),
        BUYER.country.label("buyer_country"),
        BUYER.erased_at.is_not(None).label("buyer_erased"),
        BUYER.suspended_at.is_not(None).label("buyer_suspended"),
        SELLER.handle.label("seller_handle"),
        SELLER.display_name.label("seller_name"),
        SELLER.country.label("seller_country"),
        SELLER.erased_at.is_not(None).label("seller_erased"),
        SELLER.suspended_at.is_not(None).label("seller_suspended"),
        *portrait_columns(BUYER, "buyer_photo"),
        *portrait_columns(SELLER, "seller_photo"),
        *picture_columns(File, "shown_photo"),
        ahead().label("ahead"),
    )


def _by_id(*, keyed: bool = False) -> Select[*tuple[Any, ...]]:
    statement = (
        order_columns()
        .add_columns(is_member(), reviewed_by(_ME).label("reviewed"))
        .select_from(Order)
        .join(BUYER, BUYER.id == Order.buyer_id)
        .join(SELLER, SELLER.id == Order.seller_id)
        .outerjoin(File, of_photo(Order.photo_file_id))
        .where(Order.id == bindparam("order_id", type_=Uuid()))
    )
    return with_key(statement) if keyed else statement


def _for_caller(*, keyed: bool = False) -> Select[*tuple[Any, ...]]:
    return _by_id(keyed=keyed).where(visible(), session_alive())


READ: Final = Statement(_for_caller())
"""One order, for a caller, without a lock."""
LOCK: Final = LockingStatement(_for_caller(), of=Order)
LOCK_KEYED: Final = LockingStatement(_for_caller(keyed=True), of=Order)
LOCK_FOR_PROVIDER: Final = LockingStatement(_by_id(), of=Order)
LOCK_FOR_CLOCK: Final = LockingStatement(_by_id(), of=Order, skip_locked=True)
"""A timer beside a person's action gives way, and is tried again."""


def state_of(order: Order) -> OrderState:
    """The same of an order that a session brought."""
    columns = [getattr(order, name) for name in COLUMNS]
    columns[_DETAILS] = msgspec.convert(order.details, KINDS[order.kind].details)
    return OrderState(*columns)


def read_loaded(row: Any) -> Loaded:
    """The order in a row of one of these statements, whose columns come first, in the state's own order."""
    columns = list(row[:_WIDTH])
    columns[_DETAILS] = KINDS[row["kind"]].read_details(columns[_DETAILS])
    order = OrderState(*columns)
    return Loaded(
        order,
        Party(order.buyer_id, *row[_WIDTH:_SELLER], photo=photo_in(row, "buyer_photo")),
        Party(order.seller_id, *row[_SELLER : _SELLER + _PARTY], photo=photo_in(row, "seller_photo")),
        real_now() + row["ahead"],
        row["member"],
        row["reviewed"],
        photo_in(row, "shown_photo"),
    )
