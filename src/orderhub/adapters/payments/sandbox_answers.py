"""What the sandbox provider answers, as its client reads it: only what the port needs."""

from msgspec import Struct

from orderhub.domain.payments.ports import (
    ProviderPayment,
    ProviderRefund,
    ProviderStatus,
    RefundStatus,
)


class PaymentAnswer(Struct, frozen=True):
    """A payment. Unknown members are ignored: a provider may add some any day."""

    id: str
    reference: str
    status: ProviderStatus
    amount: int
    currency: str
    reason: str | None
    next_action: dict[str, str] | None

    def as_payment(self) -> ProviderPayment:
        """The port's form."""
        return ProviderPayment(
            provider_id=self.id,
            reference=self.reference,
            status=self.status,
            amount=self.amount,
            currency=self.currency,
            next_action=self.next_action or {},
            reason=self.reason,
        )


class RefundAnswer(Struct, frozen=True):
    """A refund."""

    id: str
    payment: str
    reference: str
    status: RefundStatus
    amount: int
    currency: str
    reason: str | None

    def as_refund(self) -> ProviderRefund:
        """The port's form."""
        return ProviderRefund(
            provider_id=self.id,
            reference=self.reference,
            payment_provider_id=self.payment,
            status=self.status,
            amount=self.amount,
            currency=self.currency,
            reason=self.reason,
        )


class Refusal(Struct, frozen=True):
    """Why something was refused."""

    code: str
    message: str


class ErrorAnswer(Struct, frozen=True):
    """A refusal."""

    error: Refusal
