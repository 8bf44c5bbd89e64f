"""What can be asked of the sandbox provider: the JSON bodies, strictly typed."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from orderhub.adapters.payments.sandbox_server.behaviour import (
    Amount,
    Behaviour,
    Currency,
    Reference,
)
from orderhub.adapters.payments.sandbox_server.records import ChargebackStatus, Method

Url = Annotated[str, Meta(pattern=r"^https?://[^\s]+$", max_length=8000)]
Secret = Annotated[str, Meta(min_length=1, max_length=200)]


class CreatePayment(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /v1/payments``; ``metadata.sandbox`` is a `Behaviour`, the rest is the merchant's own."""

    amount: Amount
    currency: Currency
    reference: Reference
    method: Method
    return_url: Url
    notify_url: Url | None = None
    metadata: dict[str, Any] = {}


class ConfirmPayment(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /v1/payments/{id}/confirm``: what the payer's browser sends, without an API key."""

    client_secret: Secret
    card: Annotated[str, Meta(pattern=r"^[0-9 ]{12,23}$")]
    exp_month: Annotated[int, Meta(ge=1, le=12)]
    exp_year: Annotated[int, Meta(ge=2000, le=2100)]
    cvc: Annotated[str, Meta(pattern=r"^[0-9]{3,4}$")]


class CreateRefund(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /v1/refunds``; ``currency``, when given, must be what was captured."""

    payment: Reference
    amount: Amount
    reference: Reference
    currency: Currency | None = None


class OpenChargeback(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /v1/chargebacks``: the payer's bank takes back all that is left, or ``amount``."""

    payment: Reference
    amount: Amount | None = None
    reason: Annotated[str, Meta(max_length=200)] = "fraudulent"


class CloseChargeback(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /v1/chargebacks/{id}/close``: ``won`` gives the money back to the merchant."""

    outcome: ChargebackStatus


class NextBehaviour(Behaviour, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /control/next``: a `Behaviour` for the next payment, or for the one that is named."""

    payment: Reference | None = None

    def alone(self) -> Behaviour:
        """The behaviour without the payment that it is for."""
        own = {name: getattr(self, name) for name in Behaviour.__struct_fields__}
        return Behaviour(**own)


class Withhold(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /control/withhold``: whether new notifications wait for ``/control/deliver``."""

    on: bool


class Deliver(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /control/deliver``: these events, in this order, now; empty is all that wait."""

    events: tuple[Reference, ...] = ()


class Outage(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``POST /control/outage``: the next requests answer 503, before or ``after`` taking effect."""

    requests: Annotated[int, Meta(ge=0, le=1000)]
    after: bool = False


class NotifyUrl(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``PUT /control/notify-url``: where notifications go from now on."""

    url: Url | None
