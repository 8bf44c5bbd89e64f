"""Payments at the edge."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import (
    AccountId,
    ExtraId,
    FileId,
    Input,
    Instant,
    MoneyIn,
    MoneyOut,
    Omittable,
    OrderId,
    Output,
    PaymentId,
    ProofId,
    Text,
)
from orderhub.api.schemas.links import Link
from orderhub.api.schemas.orders.order import RefundOut
from orderhub.api.schemas.process_codes import ManualMethod, PaymentStatus, ProofStatus
from orderhub.api.schemas.proformas import MAX_INSTRUCTIONS, PaymentInstructionOut
from orderhub.api.schemas.proofs import ProofHash, ProofRoute, Reference
from orderhub.domain.orders.queries import SAME_AT_MOST
from orderhub.domain.payments.methods import PaymentMethod

ReturnUrl = Annotated[Link, Field(description="Where the payer's browser goes when it is done.")]


class StartPayment(Input):
    """Start a payment: by card or wallet, or by hand where the order's proforma says how."""

    method: PaymentMethod
    return_url: ReturnUrl
    extra_id: Omittable[ExtraId] = None


class DueOut(Output):
    """Something that the buyer may pay now, and how."""

    extra_id: ExtraId | None
    title: Annotated[str, Text(200)]
    amount: MoneyOut
    methods: Annotated[list[PaymentMethod], Field(max_length=5)]


class ConfirmCard(Output):
    """The payer's client sends the card to the provider, at ``confirm_url``."""

    type: Literal["client_secret"]
    client_secret: Annotated[str, Field(max_length=2000, description="Goes with the card; for this payment alone.")]
    confirm_url: Annotated[str, Field(max_length=2000, description="Where the client posts secret and card.")]


class FollowLink(Output):
    """The payer's browser goes to a page of the provider, which sends it on to `return_url`."""

    type: Literal["redirect"]
    url: Annotated[str, Field(max_length=2000, description="The page of the provider.")]


class PayByHand(Output):
    """The payer pays as it is written there, then uploads a proof."""

    type: Literal["instructions"]
    instructions: Annotated[
        list[PaymentInstructionOut],
        Field(max_length=MAX_INSTRUCTIONS, description="Each way to pay by hand; choose one."),
    ]
    reference: Annotated[str, Field(max_length=100, description="What the payer writes, so that staff find it.")]


_NEXT = Annotated[ConfirmCard | FollowLink | PayByHand, Field(discriminator="type")]
if TYPE_CHECKING:
    NextAction = _NEXT
else:
    NextAction = TypeAliasType("NextAction", _NEXT)


class PaymentOut(Output):
    """A payment."""

    id: PaymentId
    order_id: OrderId
    extra_id: ExtraId | None
    method: PaymentMethod
    amount: MoneyOut
    status: PaymentStatus
    label: Annotated[str, Text(80)]
    next_action: Annotated[
        NextAction | None, Field(description="What the payer's client does next; null once nothing is left to do.")
    ]
    failure: Annotated[str, Text(500)] | None
    created_at: Instant
    captured_at: Instant | None


class OrderPaymentsOut(Output):
    """What is due for an order, and what was tried and paid."""

    due: Annotated[list[DueOut], Field(max_length=60, description="What can be paid now; empty where nothing is due.")]
    payments: Annotated[list[PaymentOut], Field(max_length=500)]
    refunds: Annotated[list[RefundOut], Field(max_length=500)]


class SameReceiptOut(Output):
    """Another proof that came with the very same file."""

    proof_id: ProofId
    payment_id: PaymentId
    order_id: OrderId
    submitted_by: AccountId
    submitted_at: Instant


class ProofOut(Output):
    """A receipt of a payment by hand, and what staff made of it."""

    id: ProofId
    payment_id: PaymentId
    order_id: OrderId
    file_id: FileId
    sha256: Annotated[ProofHash, Field(description="Of the bytes of its file: whoever decides names it.")]
    amount: MoneyOut | None
    method: ManualMethod | None
    reference: Annotated[str, Text(100)] | None
    via: ProofRoute
    status: ProofStatus
    submitted_at: Instant
    decided_at: Instant | None
    received: MoneyOut | None
    reason: Annotated[str, Text(2000, lines=True)] | None
    same_file: Annotated[
        list[SameReceiptOut],
        Field(
            max_length=SAME_AT_MOST,
            description="For staff: the first proofs, of any order, that came with the very same file. Else empty.",
        ),
    ]


class ProofsOut(Output):
    """The proofs of a payment, newest first."""

    data: Annotated[list[ProofOut], Field(max_length=200)]


class ConfirmPayment(Input):
    """Finance saw the money of a proof that its order went on without: it goes back to its payer."""

    action: Literal["confirm"]
    proof_sha256: ProofHash
    received: MoneyIn
    reference: Reference


class RejectPayment(Input):
    """Nothing came of a proof that its order went on without."""

    action: Literal["reject"]
    proof_sha256: ProofHash
    reason: Annotated[str, Text(2000, lines=True, examples=["Aucun virement reçu à ce jour."])]


_ANY = Annotated[ConfirmPayment | RejectPayment, Field(discriminator="action")]
if TYPE_CHECKING:
    PaymentAction = _ANY
else:
    PaymentAction = TypeAliasType("PaymentAction", _ANY)
