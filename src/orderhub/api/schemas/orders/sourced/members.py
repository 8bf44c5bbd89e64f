"""What an answer shows of a sourced order alone."""

from typing import Annotated

from pydantic import MISSING, Field

from orderhub.api.schemas.addresses import DeliveryAddressOut
from orderhub.api.schemas.base import Count, DocumentId, Instant, LineId, MoneyOut, Ordinal, Output, ProofId, QuoteId
from orderhub.api.schemas.links import LinkOut
from orderhub.api.schemas.proformas import (
    MAX_FEES,
    MAX_INSTRUCTIONS,
    FeeOut,
    FreightOut,
    PaymentInstructionOut,
    PricedLineOut,
    TaxOut,
)
from orderhub.api.schemas.proofs import PendingProofOut, ProofRoute
from orderhub.domain.quotes.drafting import MAX_LINES


class SourcedLineOut(PricedLineOut):
    """One line with its price before tax, the supplier's reference, and what was counted on arrival."""

    supplier_reference: Annotated[str, Field(max_length=120)] | None
    ordered: Count | None
    """How many were ordered, once they were counted; ``quantity`` is then what came."""
    counted: Count | None


class ChangeOut(Output):
    """A proposed change of one line: what is null stays as it is."""

    line_id: Annotated[str, Field(max_length=60)]
    asked_at: Instant
    reason: Annotated[str, Field(max_length=2000)]
    unit_price: MoneyOut | None
    quantity: Count | None
    name: Annotated[str, Field(max_length=200)] | None
    url: LinkOut | None
    note: Annotated[str, Field(max_length=1000)] | None


class InvoiceOut(Output):
    """The final invoice; ``balance`` is what was left to pay when it was issued."""

    id: DocumentId
    number: Annotated[str, Field(max_length=20, examples=["FA-2026-000045"])]
    total: MoneyOut
    balance: Annotated[MoneyOut, Field(description="What was left to pay when it was issued.")]


class PickUpOut(Output):
    """How the goods are fetched. The code is for the buyer alone: null for staff."""

    code: Annotated[
        str | None, Field(max_length=20, description="What the buyer says to be handed the goods; null for staff.")
    ]
    instructions: Annotated[str, Field(max_length=2000)] | None
    appointment: Instant | None


class SourcingOut(Output):
    """Lines, fees, freight, totals, what is due now, and what waits for whom."""

    quote_id: QuoteId
    quote_version: Ordinal
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
    due: Annotated[MoneyOut, Field(description="What is to be paid now; zero while nothing is.")]
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


class SourcedMembers(Output):
    """What an answer shows of a sourced order alone."""

    sourcing: SourcingOut | None


class ProposedOut(Output):
    """What would become of a line; what isn't there stays as it is."""

    unit_price: Annotated[MoneyOut, Field(description="The price of one piece before tax.")] | MISSING = MISSING
    quantity: Annotated[int, Field(ge=1, le=10_000)] | MISSING = MISSING
    name: Annotated[str, Field(max_length=200)] | MISSING = MISSING
    url: LinkOut | MISSING = MISSING
    note: Annotated[str, Field(max_length=1000)] | MISSING = MISSING


class SourcedSaid(Output):
    """What is said with changes of a sourced order alone."""

    proof_id: ProofId | MISSING = MISSING
    via: ProofRoute | MISSING = MISSING
    received: Annotated[MoneyOut, Field(description="What finance saw.")] | MISSING = MISSING
    reference: Annotated[str, Field(max_length=100)] | MISSING = MISSING
    still_due: MoneyOut | MISSING = MISSING
    left_to_pay: Annotated[MoneyOut, Field(description="Of the total, after the deposit.")] | MISSING = MISSING
    purchase_by: Annotated[Instant | MISSING, Field(description="Moved, as the deposit came late.")] = MISSING
    arrive_by: Annotated[Instant | MISSING, Field(description="Moved, as the deposit came late.")] = MISSING
    line_id: LineId | MISSING = MISSING
    line: Annotated[str, Field(max_length=200, description="The name of the line.")] | MISSING = MISSING
    proposed: ProposedOut | MISSING = MISSING
    dropped: Annotated[LineId | MISSING, Field(description="The line that goes.")] = MISSING
    shortfalls: (
        Annotated[list[LineId], Field(max_length=MAX_LINES, description="Lines of which fewer came.")] | MISSING
    ) = MISSING
    instructions: Annotated[str, Field(max_length=2000)] | MISSING = MISSING
    appointment: Instant | MISSING = MISSING
    carrier: Annotated[str, Field(max_length=40)] | MISSING = MISSING
    tracking_number: Annotated[str, Field(max_length=60)] | MISSING = MISSING
    document: DocumentId | MISSING = MISSING
    number: Annotated[str, Field(max_length=20, examples=["FA-2026-000045"])] | MISSING = MISSING
    balance: Annotated[MoneyOut, Field(description="Left to pay when the invoice was issued.")] | MISSING = MISSING
