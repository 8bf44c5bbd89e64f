"""What may be asked of a sourced order alone: one body per action."""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from orderhub.api.schemas.base import Input, Instant, LineId, MoneyIn, Note, Omittable, PaymentId, Text
from orderhub.api.schemas.carts import LineName, LineNote, Quantity
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.links import Link
from orderhub.api.schemas.orders.action import OrderActionBody, Preparation
from orderhub.api.schemas.orders.common import Carrier, TrackingNumber
from orderhub.api.schemas.process_codes import ManualMethod
from orderhub.api.schemas.proformas import MAX_FEES, FeeIn, FlatFreightIn, FreightIn, freight_of
from orderhub.api.schemas.proofs import ProofHash, ProofIn, Reference
from orderhub.domain.orders import preparing
from orderhub.domain.proforma.draft import Fee
from orderhub.domain.proforma.pricing import priced_fees, priced_freight
from orderhub.domain.quotes.drafting import MAX_LINES
from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label

Waivable = Annotated[str, Codes("Waivable", "A part of a proforma that may be waived.", lambda: ("fees", "freight"))]


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


class ReceivedProof(OrderActionBody):
    """What actions share by which finance say that they saw the money."""

    proof_sha256: ProofHash
    received: MoneyIn
    reference: Reference
    method: Omittable[ManualMethod] = None


class ConfirmDeposit(ReceivedProof):
    """Finance saw the deposit."""

    action: Literal["confirm_deposit"]


class ConfirmBalance(ReceivedProof):
    """Finance saw the balance."""

    action: Literal["confirm_balance"]


class RecordPart(ReceivedProof):
    """Finance saw a part of what is due; the rest stays due."""

    action: Literal["record_part"]


class RejectProof(OrderActionBody):
    """The proof proves nothing."""

    action: Literal["reject_proof"]
    proof_sha256: ProofHash
    reason: Note


class PurchasedLineIn(Input):
    """The supplier's reference of one line."""

    line_id: LineId
    supplier_reference: Annotated[str, Text(120, examples=["CMD-88213"])]


class PurchaseLines(OrderActionBody):
    """Every line was bought from its shop."""

    action: Literal["purchase"]
    lines: Annotated[
        list[PurchasedLineIn],
        Field(min_length=1, max_length=MAX_LINES, description="Every line of the order, each once."),
    ]


class ProposeChange(OrderActionBody):
    """Another price, quantity or substitute for one line; the buyer answers."""

    action: Literal["propose_change"]
    line_id: LineId
    unit_price: Annotated[Omittable[MoneyIn], Field(description="The price of one piece before tax.")] = None
    quantity: Omittable[Quantity] = None
    name: Omittable[LineName] = None
    url: Omittable[Link] = None
    note: Omittable[LineNote] = None
    reason: Note


class AcceptChange(OrderActionBody):
    """The buyer agrees to the proposed change."""

    action: Literal["accept_change"]


class DeclineChange(OrderActionBody):
    """The buyer does not want the line as it is proposed: it goes."""

    action: Literal["decline_change"]


class ShipToHub(OrderActionBody):
    """The goods are on their way to us."""

    action: Literal["ship_to_hub"]


class CountedLineIn(Input):
    """How many of one line have come."""

    line_id: LineId
    counted: Annotated[int, Field(ge=0, le=10_000)]


class ReceiveLines(OrderActionBody):
    """The goods are here: every line is counted, a shortfall lowers it."""

    action: Literal["receive"]
    lines: Annotated[
        list[CountedLineIn],
        Field(min_length=1, max_length=MAX_LINES, description="Every line of the order, each once."),
    ]


class IssueFinalInvoice(OrderActionBody):
    """What fees and freight came to; what is left out is as the buyer accepted it. The balance follows."""

    action: Literal["issue_final_invoice"]
    fees: Annotated[
        Omittable[Annotated[list[FeeIn], Field(min_length=1, max_length=MAX_FEES)]],
        Field(description="In place of those that were accepted."),
    ] = None
    freight: Annotated[Omittable[FreightIn], Field(description="In place of what was accepted.")] = None
    waive: Annotated[
        list[Waivable],
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


class ArrangePickUp(OrderActionBody):
    """How and when the goods can be fetched; sent to the buyer by WhatsApp or e-mail."""

    action: Literal["arrange"]
    instructions: Note
    appointment: Omittable[Instant] = None

    def command(self) -> dict[str, Any]:
        """The appointment as an instant."""
        return {"instructions": self.instructions, "appointment": self.appointment}


class DispatchOrder(OrderActionBody):
    """The goods leave for the buyer; with a carrier's number its feed may confirm the receipt."""

    action: Literal["dispatch"]
    carrier: Omittable[Carrier] = None
    tracking_number: Omittable[TrackingNumber] = None


class ConfirmReceipt(OrderActionBody):
    """The buyer has the goods."""

    action: Literal["confirm_receipt"]


SOURCED_ACTIONS: Final[tuple[type[OrderActionBody], ...]] = (
    SubmitProof,
    ConfirmDeposit,
    ConfirmBalance,
    RecordPart,
    RejectProof,
    PurchaseLines,
    ProposeChange,
    AcceptChange,
    DeclineChange,
    ShipToHub,
    ReceiveLines,
    IssueFinalInvoice,
    ArrangePickUp,
    DispatchOrder,
    ConfirmReceipt,
)
