"""A change of an order in the making: its next state and the rows that go with it. No I/O.

The engine makes one, the row's effects fill it, and the engine turns it into `Changes`.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.escrow import ledger
from orderhub.domain.operator import Operator
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.process import By
from orderhub.domain.transitions.change import Change
from orderhub.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Said:
    """What a change says in the conversation of its order, as a message of whoever makes it."""

    text: str
    file_ids: Sequence[UUID]


@dataclass(slots=True)
class OrderChange(Change):
    """What a transition is about to change."""

    before: OrderState
    order: OrderState
    payment: PaymentFacts | None = None
    closed_requests: list[str] = field(default_factory=list[str])
    """Requests that leaving the status closed."""
    closed_extras: list[UUID] = field(default_factory=list[UUID])
    """Extras whose open payments expire with this change."""
    says: Said | None = None
    issues: str | None = None
    """The kind of document that the change issues: the engine takes its number."""
    settles: bool = False
    """Whether other things than the order change with it: the engine asks its kind, as `Kind.settles` says."""

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
        self.write_event(topic, subject, sequence, (self.order.buyer_id, self.order.seller_id if both else None), data)


def start_change(  # noqa: PLR0913 - what a change starts from, named
    order: OrderState,
    action: str,
    by: By,
    now: datetime,
    *,
    actor_id: UUID | None = None,
    command: Mapping[str, Any] | None = None,
    payment: PaymentFacts | None = None,
    request_id: UUID | None = None,
    operator: Operator | None = None,
) -> OrderChange:
    """A change over a copy of the order; lists and documents are replaced, never changed in place."""
    return OrderChange(
        order,
        copy(order),
        payment,
        action=action,
        by=by,
        actor_id=actor_id,
        now=now,
        command=command or {},
        request_id=request_id,
        operator=operator,
    )
