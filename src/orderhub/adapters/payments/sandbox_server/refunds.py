"""Refunds: accepted up to what was captured, decided a moment later."""

import time
from datetime import UTC, datetime

from msgspec.structs import replace

from orderhub.adapters.payments.sandbox_server.agenda import Agenda
from orderhub.adapters.payments.sandbox_server.behaviour import RefundAnswer
from orderhub.adapters.payments.sandbox_server.bodies import CreateRefund
from orderhub.adapters.payments.sandbox_server.chargebacks import Chargebacks
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.errors import not_found, refused
from orderhub.adapters.payments.sandbox_server.ids import new_id
from orderhub.adapters.payments.sandbox_server.journal import Journal
from orderhub.adapters.payments.sandbox_server.notifier import Notifier
from orderhub.adapters.payments.sandbox_server.payments import Payments
from orderhub.adapters.payments.sandbox_server.records import (
    Payment,
    PaymentStatus,
    Refund,
    RefundStatus,
)
from orderhub.adapters.payments.sandbox_server.views import refund_view


class Refunds:
    """Every change of a refund."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts that a refund touches, given once at start-up
        self,
        config: SandboxConfig,
        journal: Journal,
        agenda: Agenda,
        notifier: Notifier,
        payments: Payments,
        chargebacks: Chargebacks,
    ) -> None:
        self._config = config
        self._journal = journal
        self._agenda = agenda
        self._notifier = notifier
        self._payments = payments
        self._chargebacks = chargebacks

    def find(self, refund_id: str) -> Refund:
        """The refund with this id."""
        found = self._journal.get(Refund, refund_id)
        if found is None:
            raise not_found("refund")
        return found

    def create(self, body: CreateRefund) -> Refund:
        """Accept a refund, whole or in part, or say why not."""
        payment = self._payments.find(body.payment)
        currency = self._check(payment, body)
        refund = Refund(
            id=new_id("psr"),
            payment=payment.id,
            reference=body.reference,
            amount=body.amount,
            currency=currency,
            created=datetime.now(UTC),
            settles_at=time.time() + self._wait(payment),
        )
        self._schedule(refund)
        return self._journal.put(refund)

    def resume(self) -> None:
        """Decide what a former run left undecided."""
        for refund in self._journal.all(Refund):
            if refund.status is RefundStatus.PENDING:
                self._schedule(refund)

    def refunded(self, payment_id: str) -> int:
        """What was given back or is about to be, in minor units."""
        refunds = (r for r in self._journal.all(Refund) if r.payment == payment_id)
        return sum(r.amount for r in refunds if r.status is not RefundStatus.FAILED)

    def _check(self, payment: Payment, body: CreateRefund) -> str:
        currency = payment.captured_currency
        if payment.status is not PaymentStatus.CAPTURED or currency is None:
            raise refused("payment_not_captured", "Nothing was captured that could go back.")
        if payment.behaviour.refunds is RefundAnswer.REFUSE:
            raise refused("refund_refused", "The payer's bank takes no refunds.")
        if body.currency not in (None, currency):
            raise refused("currency_mismatch", f"The payment was captured in {currency}.")
        if body.amount > self._chargebacks.left(payment) - self.refunded(payment.id):
            raise refused("refund_exceeds_captured", "That is more than what is left to refund.")
        return currency

    def _wait(self, payment: Payment) -> float:
        asked = payment.behaviour.settle_seconds
        return self._config.settle_seconds if asked is None else asked

    def _schedule(self, refund: Refund) -> None:
        self._agenda.at(refund.settles_at, refund.id, lambda: self._settle(refund.id))

    def _settle(self, refund_id: str) -> None:
        with self._journal.change():
            refund = self.find(refund_id)
            payment = self._payments.find(refund.payment)
            if _fails(payment):
                failed, reason = RefundStatus.FAILED, "refund_rejected_by_bank"
                self._tell(replace(refund, status=failed, reason=reason), payment)
            else:
                self._tell(replace(refund, status=RefundStatus.SUCCEEDED), payment)

    def _tell(self, refund: Refund, payment: Payment) -> None:
        self._journal.put(refund)
        self._notifier.emit(f"refund.{refund.status}", payment, refund_view(refund))


def _fails(payment: Payment) -> bool:
    asked = payment.behaviour.refunds
    return payment.refund_fails if asked is None else asked is RefundAnswer.FAIL
