"""A verified notification with the locked rows that it is about, and how it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orderhub.domain.orders.draft import Draft, start_draft
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.payments.ports import Notification
from orderhub.domain.process import By
from orderhub.infra.changes import Changes, write
from orderhub.infra.database import HotTransaction
from orderhub.kit.errors import ConflictError


@dataclass(frozen=True, slots=True)
class Told:
    """A notification with the locked payment and order that it is about."""

    note: Notification
    provider: str
    payment: Mapping[str, Any]
    loaded: Loaded

    def draft(self, action: str) -> Draft:
        """A draft in which the order itself stays as it is."""
        return start_draft(self.loaded.order, action, By.PROVIDER, self.loaded.now)

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


async def record(transaction: HotTransaction, told: Told, outcome: str) -> str:
    """Keep a notification that changes nothing."""
    return await write_payment(transaction, told, told.draft(outcome), outcome)


async def write_payment(transaction: HotTransaction, told: Told, draft: Draft, outcome: str) -> str:
    """Write a draft in which the payment may change and the order does not."""
    changed = draft.updates.pop("payments", [{}])[0]
    draft.rows["payment_notifications"] = [told.row(outcome)]
    own = {name: value for name, value in changed.items() if name != "id"}
    changes = Changes("payments", told.payment["id"], told.payment["version"], own, draft.rows, draft.updates)
    if not await write(transaction, changes):
        raise ConflictError("The payment changed at the same instant. Send it again.", retry_after=1)
    return outcome
