"""What only a sourced order has, at the edge. The domain makes the same shapes; a test holds them together."""

from typing import Annotated, Literal

from pydantic import Field

from orderhub.api.schemas.addresses import DeliveryAddressOut
from orderhub.api.schemas.base import DocumentId, FileId, Instant, MoneyOut, Output, PaymentId, ProofId, QuoteId
from orderhub.api.schemas.proformas import (
    MAX_FEES,
    MAX_INSTRUCTIONS,
    FeeOut,
    FreightOut,
    PaymentInstructionOut,
    PricedLineOut,
    TaxOut,
)
from orderhub.api.schemas.sourced_actions import ProofHash
from orderhub.domain.quotes.drafting import MAX_LINES

Method = Literal["transfer", "mobile_money"]


class SourcedLineOut(PricedLineOut):
    """One line with its price before tax, the supplier's reference, and what was counted on arrival."""

    supplier_reference: Annotated[str, Field(max_length=120)] | None
    ordered: Annotated[int, Field(ge=0)] | None
    """How many were ordered, once they were counted; ``quantity`` is then what came."""
    counted: Annotated[int, Field(ge=0)] | None


class ChangeOut(Output):
    """A proposed change of one line: what is null stays as it is."""

    line_id: Annotated[str, Field(max_length=60)]
    asked_at: Instant
    reason: Annotated[str, Field(max_length=2000)]
    unit_price: MoneyOut | None
    quantity: Annotated[int, Field(ge=0)] | None
    name: Annotated[str, Field(max_length=200)] | None
    url: Annotated[str, Field(max_length=2000)] | None
    note: Annotated[str, Field(max_length=1000)] | None


class PendingProofOut(Output):
    """The proof under review; an approval names its ``sha256``."""

    id: ProofId
    payment_id: PaymentId
    file_id: FileId
    sha256: ProofHash
    amount: MoneyOut | None
    method: Method | None
    reference: Annotated[str, Field(max_length=100)] | None
    via: Literal["upload", "mail"]
    submitted_at: Instant


class InvoiceOut(Output):
    """The final invoice; ``balance`` is what was left to pay when it was issued."""

    id: DocumentId
    number: Annotated[str, Field(max_length=20, examples=["FA-2026-000045"])]
    total: MoneyOut
    balance: MoneyOut


class PickUpOut(Output):
    """How the goods are fetched. The code is for the buyer alone: null for staff."""

    code: Annotated[str, Field(max_length=20)] | None
    instructions: Annotated[str, Field(max_length=2000)] | None
    appointment: Instant | None


class SourcingOut(Output):
    """Lines, fees, freight, totals, what is due now, and what waits for whom."""

    quote_id: QuoteId
    quote_version: Annotated[int, Field(ge=1)]
    number: Annotated[str, Field(max_length=20, examples=["PF-2026-000123"])]
    lines: Annotated[list[SourcedLineOut], Field(max_length=MAX_LINES)]
    fees: Annotated[list[FeeOut], Field(max_length=MAX_FEES)]
    freight: FreightOut | None
    taxes: Annotated[list[TaxOut], Field(max_length=MAX_LINES + MAX_FEES + 1)]
    goods: MoneyOut
    fees_total: MoneyOut
    freight_total: MoneyOut
    tax_total: MoneyOut
    total: MoneyOut
    deposit: MoneyOut
    due: MoneyOut
    payment_instructions: Annotated[list[PaymentInstructionOut], Field(max_length=MAX_INSTRUCTIONS)]
    remarks: Annotated[str, Field(max_length=2000)] | None
    address: DeliveryAddressOut | None
    valid_until: Instant
    purchase_by: Instant
    arrive_by: Instant
    change: ChangeOut | None
    proof: PendingProofOut | None
    invoice: InvoiceOut | None
    pick_up: PickUpOut | None
    carrier: Annotated[str, Field(max_length=40)] | None
    tracking_number: Annotated[str, Field(max_length=60)] | None
    whatsapp_link: Annotated[str, Field(max_length=1000)] | None
