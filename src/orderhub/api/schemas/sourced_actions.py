"""What may be asked of a sourced order besides what any order takes: one body per action."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from orderhub.api.schemas.base import FileId, Input, Instant, LineId, MoneyIn, Note, PaymentId, Text
from orderhub.api.schemas.carts import LineName, LineNote, PageUrl, Quantity
from orderhub.api.schemas.proformas import MAX_FEES, FeeIn, FlatFreightIn, FreightIn, freight_of
from orderhub.domain.proforma.draft import Fee
from orderhub.domain.proforma.pricing import priced_fees, priced_freight
from orderhub.domain.quotes.drafting import MAX_LINES

Reference = Annotated[str, Text(100, examples=["VIR 2026-11-21 DIOP"])]
ProofHash = Annotated[
    str,
    Field(
        pattern="^[0-9a-f]{64}$",
        min_length=64,
        max_length=64,
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        description="`sha256` of the proof that was looked at: 409 when another has taken its place.",
    ),
]
Method = Literal["transfer", "mobile_money"]


class ProofIn(Input):
    """The receipt of a payment by hand: an uploaded file, and what it says."""

    file_id: FileId
    amount: MoneyIn
    method: Method
    reference: Reference


class SubmitProof(ProofIn):
    """The buyer shows that the deposit or the balance was paid."""

    action: Literal["submit_proof"]
    payment_id: Annotated[PaymentId | None, Field(description="The manual payment that was started, if one was.")] = (
        None
    )


class ConfirmProof(Input):
    """Finance saw the money: the deposit, the balance, or a part of what is due."""

    action: Literal["confirm_deposit", "confirm_balance", "record_part"]
    proof_sha256: ProofHash
    received: MoneyIn
    reference: Reference
    method: Method | None = None


class RejectProof(Input):
    """The proof proves nothing."""

    action: Literal["reject_proof"]
    proof_sha256: ProofHash
    reason: Note


class PurchasedLineIn(Input):
    """The supplier's reference of one line."""

    line_id: LineId
    supplier_reference: Annotated[str, Text(120, examples=["CMD-88213"])]


class Purchase(Input):
    """Every line was bought from its shop."""

    action: Literal["purchase"]
    lines: Annotated[list[PurchasedLineIn], Field(min_length=1, max_length=MAX_LINES)]


class ProposeChange(Input):
    """Another price, quantity or substitute for one line; the buyer answers."""

    action: Literal["propose_change"]
    line_id: LineId
    unit_price: Annotated[MoneyIn | None, Field(description="Before tax.")] = None
    quantity: Quantity | None = None
    name: LineName | None = None
    url: PageUrl | None = None
    note: LineNote | None = None
    reason: Note


class CountedLineIn(Input):
    """How many of one line have come."""

    line_id: LineId
    counted: Annotated[int, Field(ge=0, le=10_000)]


class Receive(Input):
    """The goods are here: every line is counted, a shortfall lowers it."""

    action: Literal["receive"]
    lines: Annotated[list[CountedLineIn], Field(min_length=1, max_length=MAX_LINES)]


class IssueFinalInvoice(Input):
    """What fees and freight came to; the balance follows."""

    action: Literal["issue_final_invoice"]
    fees: Annotated[list[FeeIn], Field(max_length=MAX_FEES)] = []
    freight: FreightIn | None = None

    def command(self) -> dict[str, Any]:
        """Fees and freight as they are stored, and the currencies that they came in."""
        fees = [Fee(fee.label, fee.amount.amount, fee.tax_basis_points) for fee in self.fees]
        return {
            "fees": priced_fees(fees),
            "freight": priced_freight(freight_of(self.freight)),
            "currencies": dict(self._currencies()),
        }

    def _currencies(self) -> Iterator[tuple[str, str]]:
        for place, fee in enumerate(self.fees):
            yield f"/fees/{place}/amount/currency", fee.amount.currency
        if isinstance(self.freight, FlatFreightIn):
            yield "/freight/amount/currency", self.freight.amount.currency
        elif self.freight is not None:
            yield "/freight/rate_per_kg/currency", self.freight.rate_per_kg.currency


class Arrange(Input):
    """How and when the goods can be fetched; sent to the buyer by WhatsApp or e-mail."""

    action: Literal["arrange"]
    instructions: Note
    appointment: Instant | None = None


class Dispatch(Input):
    """The goods leave for the buyer; with a carrier's number its feed may confirm the receipt."""

    action: Literal["dispatch"]
    carrier: Annotated[str, Text(40, examples=["chronopost"])] | None = None
    tracking_number: Annotated[str, Text(60, examples=["XY123456789FR"])] | None = None


class HandOver(Input):
    """The goods are handed over to whoever has the buyer's code."""

    action: Literal["hand_over"]
    code: Annotated[str, Text(20, examples=["04815162"])]


SourcedAction = (
    SubmitProof
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
