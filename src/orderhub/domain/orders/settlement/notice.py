"""A verified notification with the locked rows that it is about, and how it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orderhub.domain.orders.change import OrderChange, start_change
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.payments.ports import Notification
from orderhub.domain.process import By
from orderhub.infra.changes import Changes, write
from orderhub.infra.database import HotTransaction
from orderhub.kit.errors import ConflictError


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """A notification with the locked payment and order that it is about."""

    note: Notification
    provider: str
    payment: Mapping[str, Any]
    loaded: Loaded

    def change(self, action: str) -> OrderChange:
        """A change in which the order itself stays as it is."""
        return start_change(self.loaded.order, action, By.PROVIDER, self.loaded.now)

    def row(self, outcome: str) -> dict[str, Any]:
        """The row that records the notification; a second one with its id is refused."""
        note = self.note
        body = {
            "reference": note.reference,
            "provider_id": note.provider_id,
            "amount": note.amount,
            "currency": note.currency,
            "reason": note.reason,
        }
        return {"provider": self.provider, "id": note.id, "type": note.type.value, "body": body, "outcome": outcome}


async def record(transaction: HotTransaction, notice: PaymentNotice, outcome: str) -> str:
    """Keep a notification that changes nothing."""
    return await write_payment(transaction, notice, notice.change(outcome), outcome)


async def write_payment(transaction: HotTransaction, notice: PaymentNotice, change: OrderChange, outcome: str) -> str:
    """Write a change in which the payment may change and the order does not."""
    changed = change.updates.pop("payments", [{}])[0]
    change.rows["payment_notifications"] = [notice.row(outcome)]
    own = {name: value for name, value in changed.items() if name != "id"}
    changes = Changes("payments", notice.payment["id"], notice.payment["version"], own, change.rows, change.updates)
    if not await write(transaction, changes):
        raise ConflictError("The payment changed at the same instant. Send it again.", retry_after=1)
    return outcome
