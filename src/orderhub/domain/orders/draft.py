"""The draft of a change: an order's next state and the rows that go with it. No I/O.

The engine makes one, the row's effects fill it, and the engine turns it into `Changes`.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.escrow import ledger
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.process import By
from orderhub.infra.changes import Step
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id

Rows = dict[str, list[dict[str, Any]]]


@dataclass(slots=True)
class Draft:
    """What a transition is about to change."""

    before: OrderState
    order: OrderState
    action: str
    by: By
    actor_id: UUID | None
    now: datetime
    command: Mapping[str, Any]
    payment: PaymentFacts | None = None
    request_id: UUID | None = None
    rows: Rows = field(default_factory=dict[str, list[dict[str, Any]]])
    updates: Rows = field(default_factory=dict[str, list[dict[str, Any]]])
    said: dict[str, Any] = field(default_factory=dict[str, Any])
    """What the history keeps with this change."""
    overtaken: list[str] = field(default_factory=list[str])
    """Requests that leaving the status closed."""
    steps: list[Step] = field(default_factory=list[Step])
    """Further parts of the one statement."""
    closed_extras: list[UUID] = field(default_factory=list[UUID])
    """Extras whose open payments expire with this change."""

    def add(self, table: str, **values: Any) -> None:
        """Append a row to a table."""
        self.rows.setdefault(table, []).append(values)

    def required(self, name: str) -> Any:
        """A field that the action can't do without. Raises InvalidError where it is missing."""
        value = self.command.get(name)
        if value is None or value in ("", [], ()):
            raise invalid_field(f"/{name}", "required", f"'{self.action}' needs '{name}'.")
        return value

    def post(
        self, source: str, target: str, amount: int, payment_id: UUID | None = None, currency: str | None = None
    ) -> None:
        """Move money in the ledger, in the order's currency unless another came in; nothing for zero."""
        if amount == 0:
            return
        escrow = ledger.escrow(self.order.id)
        self.order.held += amount * ((target == escrow) - (source == escrow))
        self.add(
            "postings",
            id=new_id(),
            source=source,
            target=target,
            amount=amount,
            currency=currency or self.order.currency,
            order_id=self.order.id,
            payment_id=payment_id,
            reason=self.action,
            at=self.now,
        )

    def event(self, topic: str, subject: str, sequence: int, data: Mapping[str, Any], *, both: bool = True) -> None:
        """Write an event that the order's buyer, and with ``both`` its seller, may see."""
        self.add(
            "events",
            id=new_id(),
            topic=topic,
            subject=subject,
            sequence=sequence,
            first_party=self.order.buyer_id,
            second_party=self.order.seller_id if both else None,
            at=self.now,
            data=data,
        )


def start_draft(  # noqa: PLR0913 - what a draft starts from, named
    order: OrderState,
    action: str,
    by: By,
    now: datetime,
    *,
    actor_id: UUID | None = None,
    command: Mapping[str, Any] | None = None,
    payment: PaymentFacts | None = None,
    request_id: UUID | None = None,
) -> Draft:
    """A draft over a copy of the order; lists and documents are replaced, never changed in place."""
    return Draft(order, copy(order), action, by, actor_id, now, command or {}, payment, request_id)
