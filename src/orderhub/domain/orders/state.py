"""An order in memory: the locked row as a plain object, and what guards look at."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

from msgspec import Struct

from orderhub.domain.process import Actor, By


@dataclass(slots=True)
class OrderState:
    """The columns of one order. The engine works on a copy and writes what differs."""

    id: UUID
    kind: str
    status: str
    version: int
    buyer_id: UUID
    seller_id: UUID
    listing_id: UUID | None
    conversation_id: UUID
    title: str
    category: str
    photo_file_id: UUID | None
    currency: str
    total: int
    held: int
    lines: list[dict[str, Any]]
    funds: list[dict[str, Any]]
    refunded: int
    released: int
    commission_basis_points: int
    terms: dict[str, Any]
    placed_at: datetime
    status_since: datetime
    clock_anchor: datetime
    clock_shift: timedelta
    details: Struct
    """What only its kind has, as that kind's own type (`Kind.details`): replaced, never changed in place."""
    paid_at: datetime | None = None
    due_at: datetime | None = None
    final_at: datetime | None = None
    cancellation: dict[str, Any] | None = None
    disputed_by: str | None = None
    resume_status: str | None = None
    resume_anchor: datetime | None = None
    postponed_at: datetime | None = None
    open_cases: int = 0
    shop_id: UUID | None = None
    fee: int = 0
    """What of the total is the hub's once the money is released."""
    shipping: int = 0
    """What of the seller's part bears no commission."""

    def actor(self, account_id: UUID, roles: frozenset[str], *, member: bool = False) -> Actor:
        """Everything that a caller may act as on this order; ``member`` says whether they are one of its shop."""
        return actor_on(self, account_id, roles, member=member)


class Sides(Protocol):
    """Whoever buys and sells."""

    @property
    def buyer_id(self) -> UUID:
        """Whose money it is."""
        ...

    @property
    def seller_id(self) -> UUID:
        """Who is paid."""
        ...

    @property
    def shop_id(self) -> UUID | None:
        """The shop that buys, where it is one."""
        ...


def actor_on(sides: Sides, account_id: UUID, roles: frozenset[str], *, member: bool) -> Actor:
    """Everything that an account with these staff roles may act as on an order of these two.

    A member of the shop that buys acts for it, unless they are the seller: nobody acts on both sides.
    """
    acts_as = {By(role) for role in roles}
    if account_id == sides.seller_id != sides.buyer_id:
        acts_as.add(By.SELLER)
    elif sides.shop_id is not None and (member or account_id == sides.buyer_id):
        acts_as.add(By.SHOP)
    elif account_id == sides.buyer_id:
        acts_as.add(By.BUYER)
    return Actor(frozenset(acts_as), account_id)


COLUMNS: Final = tuple(each.name for each in fields(OrderState))


def changed_fields(before: OrderState, after: OrderState) -> dict[str, Any]:
    """The columns that differ. ``held`` and ``version`` are left out: the database moves them."""
    return {
        name: value
        for name in COLUMNS
        if (value := getattr(after, name)) is not (old := getattr(before, name))
        and value != old
        and name not in ("held", "version")
    }


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """What a verified confirmation says: whose payment, for what, how much."""

    payment_id: UUID
    extra_id: UUID | None
    captured: int
    currency: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of an order's table look at."""

    order: OrderState
    now: datetime
    actor: Actor
    command: Mapping[str, Any] | None = None
    """The fields that came with the action; None while asking what is available."""
    payment: PaymentFacts | None = None
    request_id: UUID | None = None
    """The request whose clock fired, where it is one of several."""
