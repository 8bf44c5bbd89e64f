"""Payments at the edge."""

from typing import Annotated, Any, Literal

from pydantic import Field

from orderhub.api.schemas.base import ExtraId, Input, Instant, MoneyOut, OrderId, Output, PaymentId, Text
from orderhub.api.schemas.orders import RefundOut
from orderhub.domain.payments.ports import ProviderMethod

ReturnUrl = Annotated[
    str,
    Field(
        min_length=8,
        max_length=500,
        pattern=r"^https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$",
        examples=["https://boutique.example/commande/retour"],
        description="Where the payer's browser goes when it is done.",
    ),
]


class StartPayment(Input):
    """Start a payment by card or wallet, for the order or for one of its unpaid extras."""

    method: ProviderMethod
    return_url: ReturnUrl
    extra_id: ExtraId | None = None


class DueOut(Output):
    """Something that the buyer may pay now, and how."""

    extra_id: ExtraId | None
    title: Annotated[str, Text(200)]
    amount: MoneyOut
    methods: Annotated[list[ProviderMethod], Field(max_length=5)]


class PaymentOut(Output):
    """A payment. ``next_action`` is what the payer's client does next; empty once nothing is left to do."""

    id: PaymentId
    order_id: OrderId
    extra_id: ExtraId | None
    method: Literal["card", "wallet"]
    amount: MoneyOut
    status: Annotated[str, Text(20)]
    label: Annotated[str, Text(80)]
    next_action: dict[str, Any]
    failure: Annotated[str, Text(500)] | None
    created_at: Instant
    captured_at: Instant | None


class OrderPaymentsOut(Output):
    """What is due for an order, and what was tried and paid."""

    due: Annotated[list[DueOut], Field(max_length=60)]
    payments: Annotated[list[PaymentOut], Field(max_length=200)]
    refunds: Annotated[list[RefundOut], Field(max_length=200)]
