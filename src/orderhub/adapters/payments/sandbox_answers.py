"""What the sandbox provider answers, as its client reads it: only what the port needs."""

from typing import Annotated

from msgspec import Meta, Struct, to_builtins

from orderhub.domain.payments.ports import (
    ProviderPayment,
    ProviderRefund,
    ProviderStatus,
    RefundStatus,
)

_Id = Annotated[str, Meta(pattern="^[!-~]{1,200}$")]
_Step = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00-\x1f]*$")]


class _ConfirmCard(Struct, frozen=True, tag_field="type", tag="client_secret"):
    client_secret: _Step
    confirm_url: _Step


class _FollowLink(Struct, frozen=True, tag_field="type", tag="redirect"):
    url: _Step


class PaymentAnswer(Struct, frozen=True):
    """A payment. Unknown members are ignored: a provider may add some any day."""

    id: _Id
    reference: str
    status: ProviderStatus
    amount: int
    currency: str
    reason: str | None
    next_action: _ConfirmCard | _FollowLink | None

    def as_payment(self) -> ProviderPayment:
        """The port's form."""
        return ProviderPayment(
            provider_id=self.id,
            reference=self.reference,
            status=self.status,
            amount=self.amount,
            currency=self.currency,
            next_action={} if self.next_action is None else to_builtins(self.next_action),
            reason=self.reason,
        )


class RefundAnswer(Struct, frozen=True):
    """A refund."""

    id: _Id
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
