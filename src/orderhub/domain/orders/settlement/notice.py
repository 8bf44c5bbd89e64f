"""A verified notification with the locked rows that it is about, and how it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orderhub.domain.orders.change import OrderChange, start_change
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.orders.settlement.payments import Held
from orderhub.domain.payments.keeping import keep
from orderhub.domain.payments.ports import Notification
from orderhub.domain.process import By


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """A notification with the locked payment and order that it is about."""

    note: Notification
    provider: str
    held: Held

    @property
    def payment(self) -> Mapping[str, Any]:
        """The payment as it is locked."""
        return self.held.payment

    @property
    def loaded(self) -> Loaded:
        """The order as it is locked."""
        return self.held.order

    def change(self, action: str) -> OrderChange:
        """A change in which the order itself stays as it is."""
        return start_change(self.loaded.order, action, By.PROVIDER, self.loaded.now)

    def kept(self, change: OrderChange, outcome: str) -> OrderChange:
        """The change, with the notification and what comes of it; a second one with its id is refused."""
        keep(change, self.provider, self.note, outcome)
        return change

    def nothing(self, outcome: str) -> OrderChange:
        """A change that keeps the notification, and changes nothing."""
        return self.kept(self.change(outcome), outcome)
