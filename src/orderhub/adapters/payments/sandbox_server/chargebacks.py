"""Chargebacks: simulated on request, for a payer's bank asks nobody."""

from datetime import UTC, datetime

from msgspec.structs import replace

from orderhub.adapters.payments.sandbox_server.bodies import CloseChargeback, OpenChargeback
from orderhub.adapters.payments.sandbox_server.errors import conflict, not_found, refused
from orderhub.adapters.payments.sandbox_server.ids import new_id
from orderhub.adapters.payments.sandbox_server.journal import Journal
from orderhub.adapters.payments.sandbox_server.notifier import Notifier
from orderhub.adapters.payments.sandbox_server.payments import Payments
from orderhub.adapters.payments.sandbox_server.records import (
    Chargeback,
    ChargebackStatus,
    Payment,
    PaymentStatus,
)
from orderhub.adapters.payments.sandbox_server.views import chargeback_view


class Chargebacks:
    """Every change of a chargeback."""

    def __init__(self, journal: Journal, notifier: Notifier, payments: Payments) -> None:
        self._journal = journal
        self._notifier = notifier
        self._payments = payments

    def find(self, chargeback_id: str) -> Chargeback:
        """The chargeback with this id."""
        found = self._journal.get(Chargeback, chargeback_id)
        if found is None:
            raise not_found("chargeback")
        return found

    def left(self, payment: Payment) -> int:
        """What was captured less what chargebacks, open or lost, have taken, in minor units."""
        taken = (c for c in self._journal.all(Chargeback) if c.payment == payment.id)
        lost = sum(c.amount for c in taken if c.status is not ChargebackStatus.WON)
        return payment.captured_amount - lost

    def open(self, body: OpenChargeback) -> Chargeback:
        """The bank takes the money back, refunded or not: that happens to merchants."""
        payment = self._payments.find(body.payment)
        left = self.left(payment)
        if payment.status is not PaymentStatus.CAPTURED or payment.captured_currency is None:
            raise refused("payment_not_captured", "Nothing was captured that could go back.")
        if not 0 < (body.amount or left) <= left:
            raise refused("chargeback_exceeds_captured", "That is more than what was captured.")
        chargeback = Chargeback(
            id=new_id("psc"),
            payment=payment.id,
            amount=body.amount or left,
            currency=payment.captured_currency,
            reason=body.reason,
            created=datetime.now(UTC),
        )
        return self._tell(chargeback, payment)

    def close(self, chargeback_id: str, body: CloseChargeback) -> Chargeback:
        """The bank decides for the merchant (won) or for the payer (lost)."""
        chargeback = self.find(chargeback_id)
        if body.outcome is ChargebackStatus.OPENED:
            raise refused("invalid_outcome", "A chargeback closes as won or lost.")
        if chargeback.status is not ChargebackStatus.OPENED:
            raise conflict("chargeback_closed", f"The chargeback is {chargeback.status}.")
        payment = self._payments.find(chargeback.payment)
        return self._tell(replace(chargeback, status=body.outcome), payment)

    def view(self, chargeback: Chargeback) -> dict[str, object]:
        """The public form, which needs the payment's reference."""
        return chargeback_view(chargeback, self._payments.find(chargeback.payment))

    def _tell(self, chargeback: Chargeback, payment: Payment) -> Chargeback:
        self._journal.put(chargeback)
        view = chargeback_view(chargeback, payment)
        self._notifier.emit(f"chargeback.{chargeback.status}", payment, view)
        return chargeback
