"""A quote in memory: the locked row as a plain object, and what the guards of its table look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from orderhub.domain.process import Actor, By


@dataclass(slots=True)
class QuoteState:
    """The columns of one quote. The engine works on a copy and writes what differs."""

    id: UUID
    status: str
    version: int
    buyer_id: UUID
    cart_id: UUID
    title: str
    lines: list[dict[str, Any]]
    address: dict[str, Any]
    terms_accepted: dict[str, Any]
    message: str | None
    terms: dict[str, Any]
    draft: dict[str, Any] | None
    current: int | None
    number: str | None
    currency: str | None
    total: int | None
    deposit: int | None
    expires_at: datetime | None
    taken_by: UUID | None
    order_id: UUID | None
    requested_at: datetime
    status_since: datetime
    clock_anchor: datetime
    final_at: datetime | None
    staff_ids: list[UUID] = field(default_factory=list[UUID])

    def actor(self, account_id: UUID, roles: frozenset[str]) -> Actor:
        """Everything a signed-in caller may act as on this quote."""
        acts_as = {By(role) for role in roles}
        if account_id == self.buyer_id:
            acts_as.add(By.BUYER)
        return Actor(frozenset(acts_as), account_id)


def with_staff(known: list[UUID], account_id: UUID) -> list[UUID]:
    """Those who have acted on a quote, with one more of the staff."""
    return known if account_id in known else [*known, account_id]


COLUMNS: Final = tuple(field.name for field in fields(QuoteState))


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """What the guards look at; ``command`` is None while asking what is available."""

    quote: QuoteState
    now: datetime
    actor: Actor
    command: Mapping[str, Any] | None = None
