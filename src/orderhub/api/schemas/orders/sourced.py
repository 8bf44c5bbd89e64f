"""A sourced order at the edge: the actions that only it has, and what only its reader sees."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from orderhub.api.schemas.addresses import DeliveryAddressOut
from orderhub.api.schemas.base import (
    DocumentId,
    Input,
    Instant,
    LineId,
    MoneyIn,
    MoneyOut,
    Note,
    Omittable,
    Output,
    PaymentId,
    QuoteId,
    Text,
)
from orderhub.api.schemas.carts import LineName, LineNote, Quantity
from orderhub.api.schemas.links import Link, LinkOut
from orderhub.api.schemas.orders.action import OrderActionBody, Preparation
from orderhub.api.schemas.proformas import (
    MAX_FEES,
    MAX_INSTRUCTIONS,
    FeeIn,
    FeeOut,
    FlatFreightIn,
    FreightIn,
    FreightOut,
    PaymentInstructionOut,
    PricedLineOut,
    TaxOut,
    freight_of,
)
from orderhub.api.schemas.proofs import Method, PendingProofOut, ProofHash, ProofIn, Reference
from orderhub.domain.orders import preparing
from orderhub.domain.proforma.draft import Fee
from orderhub.domain.proforma.pricing import priced_fees, priced_freight
from orderhub.domain.quotes.drafting import MAX_LINES
from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label


class SimpleSourcedAction(OrderActionBody):
    """An action that needs nothing more."""

    action: Literal["accept_change", "decline_change", "ship_to_hub", "confirm_receipt"]


class SubmitProof(OrderActionBody, ProofIn):
    """The buyer shows that the deposit or the balance was paid."""

    action: Literal["submit_proof"]
    payment_id: Annotated[
        Omittable[PaymentId], Field(description="The manual payment that was started, if one was.")
    ] = None

    def looks_up(self) -> bool:
        """A file, and maybe a payment."""
        return True

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:
        """The caller's own file with its hash, and the payment that it proves."""
        async with preparation.database.session() as session:
            found = await preparing.proof_of(
                session,
                preparation.order_id,
                self.file_id,
                self.payment_id,
                owner_id=preparation.caller.account_id,
            )
        return self.command() | found


class ConfirmProof(OrderActionBody):
    """Finance saw the money: the deposit, the balance, or a part of what is due."""

    action: Literal["confirm_deposit", "confirm_balance", "record_part"]
    proof_sha256: ProofHash
    received: MoneyIn
    reference: Reference
    method: Omittable[Method] = None


class RejectProof(OrderActionBody):
    """The proof proves nothing."""

    action: Literal["reject_proof"]
    proof_sha256: ProofHash
    reason: Note


class PurchasedLineIn(Input):
    """The supplier's reference of one line."""

    line_id: LineId
    supplier_reference: Annotated[str, Text(120, examples=["CMD-88213"])]


class Purchase(OrderActionBody):
    """Every line was bought from its shop."""

    action: Literal["purchase"]
    lines: Annotated[list[PurchasedLineIn], Field(min_length=1, max_length=MAX_LINES)]


class ProposeChange(OrderActionBody):
    """Another price, quantity or substitute for one line; the buyer answers."""

    action: Literal["propose_change"]
    line_id: LineId
    unit_price: Annotated[Omittable[MoneyIn], Field(description="Before tax.")] = None
    quantity: Omittable[Quantity] = None
    name: Omittable[LineName] = None
    url: Omittable[Link] = None
    note: Omittable[LineNote] = None
    reason: Note


class CountedLineIn(Input):
    """How many of one line have come."""

    line_id: LineId
    counted: Annotated[int, Field(ge=0, le=10_000)]


class Receive(OrderActionBody):
    """The goods are here: every line is counted, a shortfall lowers it."""

    action: Literal["receive"]
    lines: Annotated[list[CountedLineIn], Field(min_length=1, max_length=MAX_LINES)]


class IssueFinalInvoice(OrderActionBody):
    """What fees and freight came to; what is left out is as the buyer accepted it. The balance follows."""

    action: Literal["issue_final_invoice"]
    fees: Annotated[
        Omittable[Annotated[list[FeeIn], Field(min_length=1, max_length=MAX_FEES)]],
        Field(description="In place of those that were accepted."),
    ] = None
    freight: Annotated[Omittable[FreightIn], Field(description="In place of what was accepted.")] = None
    waive: Annotated[
        list[Literal["fees", "freight"]],
        Field(max_length=2, description="What was accepted, and isn't asked for after all."),
    ] = []

    def command(self) -> dict[str, Any]:
        """Fees and freight as they are stored, and the currencies that they came in.

        Raises InvalidError for what is both sent and waived.
        """
        for place, name in enumerate(self.waive):
            if getattr(self, name) is not None:
                raise invalid_field(
                    f"/waive/{place}",
                    "waived_and_sent",
                    Label(f"Envoyez « {name} », ou dispensez-en.", f"Send '{name}', or waive it."),
                )
        command: dict[str, Any] = {"currencies": dict(self._currencies())}
        if self.fees is not None or "fees" in self.waive:
            command["fees"] = priced_fees(
                [Fee(fee.label, fee.amount.amount, fee.tax_basis_points) for fee in self.fees or ()]
            )
        if self.freight is not None or "freight" in self.waive:
            command["freight"] = priced_freight(freight_of(self.freight))
        return command

    def _currencies(self) -> Iterator[tuple[str, str]]:
        for place, fee in enumerate(self.fees or ()):
            yield f"/fees/{place}/amount/currency", fee.amount.currency
        if isinstance(self.freight, FlatFreightIn):
            yield "/freight/amount/currency", self.freight.amount.currency
        elif self.freight is not None:
            yield "/freight/rate_per_kg/currency", self.freight.rate_per_kg.currency


class Arrange(OrderActionBody):
    """How and when the goods can be fetched; sent to the buyer by WhatsApp or e-mail."""

    action: Literal["arrange"]
    instructions: Note
    appointment: Omittable[Instant] = None

    def command(self) -> dict[str, Any]:
        """The appointment as an instant."""
        return {"instructions": self.instructions, "appointment": self.appointment}


class Dispatch(OrderActionBody):
    """The goods leave for the buyer; with a carrier's number its feed may confirm the receipt."""

    action: Literal["dispatch"]
    carrier: Omittable[Annotated[str, Text(40, examples=["chronopost"])]] = None
    tracking_number: Omittable[Annotated[str, Text(60, examples=["XY123456789FR"])]] = None


class HandOver(OrderActionBody):
    """The goods are handed over to whoever has the buyer's code."""

    action: Literal["hand_over"]
    code: Annotated[str, Text(20, examples=["04815162"])]


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
    url: LinkOut | None
    note: Annotated[str, Field(max_length=1000)] | None


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


class SourcedMembers(Output):
    """What an answer shows of a sourced order alone."""

    sourcing: SourcingOut | None


SOURCED_ACTIONS = (
    SimpleSourcedAction
    | SubmitProof
    | ConfirmProof
    | RejectProof
    | Purchase
    | ProposeChange
    | Receive
    | IssueFinalInvoice
    | Arrange
    | Dispatch
    | HandOver
)
