"""Payments: opened by the merchant, confirmed by the payer, settled a moment later."""

import secrets
import time
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from orderhub.adapters.payments.sandbox_server.agenda import Agenda
from orderhub.adapters.payments.sandbox_server.behaviour import GOOD_DAY, Behaviour
from orderhub.adapters.payments.sandbox_server.bodies import ConfirmPayment, CreatePayment
from orderhub.adapters.payments.sandbox_server.cards import read_card
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.errors import (
    conflict,
    not_found,
    refused,
    unauthorized,
)
from orderhub.adapters.payments.sandbox_server.ids import new_id
from orderhub.adapters.payments.sandbox_server.journal import Journal
from orderhub.adapters.payments.sandbox_server.notifier import Notifier
from orderhub.adapters.payments.sandbox_server.records import Method, Payment, PaymentStatus
from orderhub.adapters.payments.sandbox_server.views import payment_data

_OPEN = (PaymentStatus.CREATED, PaymentStatus.REQUIRES_ACTION)
_CLOSED = (PaymentStatus.CANCELLED, PaymentStatus.FAILED)


class Payments:
    """Every change of a payment."""

    def __init__(self, config: SandboxConfig, journal: Journal, agenda: Agenda, notifier: Notifier) -> None:
        self._config = config
        self._journal = journal
        self._agenda = agenda
        self._notifier = notifier
        self._next: list[Behaviour] = []

    def find(self, payment_id: str) -> Payment:
        """The payment with this id of ours or, the newest first, this reference of the merchant's."""
        found = self._journal.get(Payment, payment_id)
        if found is not None:
            return found
        for payment in reversed(self._journal.all(Payment)):
            if payment.reference == payment_id:
                return payment
        raise not_found("payment")

    def create(self, body: CreatePayment) -> Payment:
        """Open a payment. A wallet's payer is needed at once, a card's when the card asks for it."""
        behaviour = self._behaviour_of(body)
        if behaviour.refused:
            raise refused("payment_refused", "The merchant's account takes no such payment.")
        payment = Payment(
            id=new_id("psp"),
            reference=body.reference,
            amount=body.amount,
            currency=body.currency,
            method=body.method,
            return_url=body.return_url,
            notify_url=body.notify_url,
            client_secret=f"sec_{secrets.token_hex(16)}",
            created=datetime.now(UTC),
            metadata=body.metadata,
            behaviour=behaviour,
        )
        self._journal.put(payment)
        return self._ask_payer(payment) if body.method is Method.WALLET else payment

    def confirm(self, payment_id: str, body: ConfirmPayment) -> Payment:
        """The payer gives a card, knowing the payment's client secret."""
        payment = self._journal.get(Payment, payment_id)
        if payment is None or not _same(payment.client_secret, body.client_secret):
            raise unauthorized()
        if payment.method is not Method.CARD or payment.status is not PaymentStatus.CREATED:
            raise conflict("payment_not_confirmable", f"The payment is {payment.status}.")
        card = read_card(body)
        given = replace(payment, refund_fails=card.refund_fails)
        if card.asks_action:
            return self._ask_payer(given)
        return self._process(given, "card_declined" if card.declined else None)

    def answer(self, payment_id: str, method: Method, refusal: str | None) -> Payment:
        """The payer approves (None) or refuses on the 3-D Secure or wallet page."""
        payment = self.awaited(payment_id, method)
        return self._process(payment, refusal)

    def awaited(self, payment_id: str, method: Method) -> Payment:
        """The payment whose payer is to act on this page."""
        payment = self._journal.get(Payment, payment_id)
        if payment is None or payment.method is not method:
            raise not_found("payment")
        if payment.status is not PaymentStatus.REQUIRES_ACTION:
            raise conflict("payment_not_waiting", f"The payment is {payment.status}.")
        return payment

    def cancel(self, payment_id: str) -> Payment:
        """The merchant closes a payment that nobody has confirmed; a closed one stays as it is."""
        payment = self.find(payment_id)
        if payment.status in _CLOSED:
            return payment
        if payment.status not in _OPEN:
            raise conflict("payment_not_cancellable", f"The payment is {payment.status}.")
        cancelled = replace(payment, status=PaymentStatus.CANCELLED, reason="closed_by_merchant")
        return self._tell("payment.cancelled", cancelled)

    def behave(self, behaviour: Behaviour, payment_id: str | None) -> None:
        """What is to go wrong with the next payment, or from now on with one that exists."""
        if payment_id is None:
            self._next.append(behaviour)
        else:
            self._journal.put(replace(self.find(payment_id), behaviour=behaviour))

    def resume(self) -> None:
        """Settle what a former run left undecided."""
        for payment in self._journal.all(Payment):
            if payment.status is PaymentStatus.PROCESSING:
                self._schedule(payment)

    def _behaviour_of(self, body: CreatePayment) -> Behaviour:
        if "sandbox" not in body.metadata:
            return self._next.pop(0) if self._next else GOOD_DAY
        try:
            return msgspec.convert(body.metadata["sandbox"], Behaviour)
        except msgspec.ValidationError as error:
            raise refused("invalid_behaviour", f"metadata.sandbox: {error}") from error

    def _ask_payer(self, payment: Payment) -> Payment:
        asked = replace(payment, status=PaymentStatus.REQUIRES_ACTION)
        return self._tell("payment.requires_action", asked)

    def _process(self, payment: Payment, refusal: str | None) -> Payment:
        wait = payment.behaviour.settle_seconds
        due = time.time() + (self._config.settle_seconds if wait is None else wait)
        processing = replace(payment, status=PaymentStatus.PROCESSING, reason=refusal, settles_at=due)
        self._schedule(processing)
        return self._journal.put(processing)

    def _schedule(self, payment: Payment) -> None:
        self._agenda.at(payment.settles_at or 0, payment.id, lambda: self._settle(payment.id))

    def _settle(self, payment_id: str) -> None:
        with self._journal.change():
            payment = self.find(payment_id)
            if payment.reason is not None:
                self._tell("payment.failed", replace(payment, status=PaymentStatus.FAILED))
                return
            captured = replace(
                payment,
                status=PaymentStatus.CAPTURED,
                captured_amount=payment.behaviour.capture_amount or payment.amount,
                captured_currency=payment.behaviour.capture_currency or payment.currency,
            )
            self._tell("payment.captured", captured)

    def _tell(self, event_type: str, payment: Payment) -> Payment:
        self._journal.put(payment)
        self._notifier.emit(event_type, payment, payment_data(payment))
        return payment


def _same(expected: str, given: str) -> bool:
    return secrets.compare_digest(expected.encode(), given.encode())
