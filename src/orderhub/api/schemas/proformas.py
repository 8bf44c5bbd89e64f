"""A proforma as staff write it, and as it is shown: a draft and each issued version alike."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import (
    Count,
    Currency,
    Day,
    Duration,
    Input,
    LineId,
    MoneyIn,
    MoneyOut,
    Name,
    Note,
    Omittable,
    Output,
    ShopId,
    Text,
)
from orderhub.api.schemas.carts import LineName, LineNote, Quantity
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.links import Link, LinkOut
from orderhub.api.schemas.process_codes import ManualMethod
from orderhub.domain.proforma.draft import Fee, FlatFreight, Freight, FreightByWeight, PaymentInstruction
from orderhub.domain.proforma.rules import HIGHEST_PERCENT, LONGEST_VALIDITY, SHORTEST_VALIDITY
from orderhub.domain.quotes.drafting import MAX_LINES, WrittenDraft, WrittenLine
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import show_id
from orderhub.kit.money import BASIS_POINTS
from orderhub.kit.text import Label, show_duration

MAX_FEES = 20
MAX_INSTRUCTIONS = 10
MAX_GRAMS = 100_000_000

Rate = Annotated[int, Field(ge=0, le=BASIS_POINTS, description="Of the amount before tax: 2000 is 20 %.")]
Percent = Annotated[int, Field(ge=1, le=HIGHEST_PERCENT, description="Of the total with taxes.")]
Grams = Annotated[int, Field(ge=1, le=MAX_GRAMS)]
ConversionNote = Annotated[str, Text(300, examples=["29 500 XOF à 655,957 XOF pour 1 EUR, plus 2 % de change."])]
FeeLabel = Annotated[str, Name(120, examples=["Frais de service"])]
InstructionLabel = Annotated[str, Name(120, examples=["Wave Sénégal"])]
InstructionDetails = Annotated[str, Text(500, lines=True, examples=["+221 77 123 45 67, au nom de Maison Teranga"])]
Validity = Annotated[
    Duration,
    Field(description=f"From its issue on: {show_duration(SHORTEST_VALIDITY)} to {show_duration(LONGEST_VALIDITY)}."),
]


class PricedLineIn(Input):
    """One line with its price. What is left out of a line of the quote is as its buyer asked for it."""

    id: Annotated[Omittable[LineId], Field(description="A line of the quote; left out, the line is added.")] = None
    name: Omittable[LineName] = None
    url: Omittable[Link] = None
    note: Omittable[LineNote] = None
    quantity: Omittable[Quantity] = None
    unit_price: Annotated[MoneyIn, Field(description="The price of one piece before tax.")]
    tax_basis_points: Rate = 0
    conversion_note: Annotated[
        Omittable[ConversionNote], Field(description="How the shop's price became this one.")
    ] = None

    def written(self, unit_price: int) -> WrittenLine:
        """The same as the domain knows it."""
        return WrittenLine(
            id=show_id("lin", self.id) if self.id else None,
            unit_price=unit_price,
            tax_basis_points=self.tax_basis_points,
            conversion_note=self.conversion_note,
            name=self.name,
            url=self.url,
            note=self.note,
            quantity=self.quantity,
        )


class FeeIn(Input):
    """What the house asks for besides the goods."""

    label: Annotated[FeeLabel, Field(description="What it is called on the proforma.")]
    amount: Annotated[MoneyIn, Field(description="The amount before tax.")]
    tax_basis_points: Rate = 0


class FlatFreightIn(Input):
    """Freight at one price."""

    basis: Literal["flat"]
    amount: Annotated[MoneyIn, Field(description="The amount before tax.")]
    tax_basis_points: Rate = 0


class WeightFreightIn(Input):
    """Freight by the kilogram, to the gram."""

    basis: Literal["weight"]
    weight_grams: Grams
    rate_per_kg: Annotated[MoneyIn, Field(description="The price of a kilogram before tax.")]
    tax_basis_points: Rate = 0


_FREIGHT = Annotated[FlatFreightIn | WeightFreightIn, Field(discriminator="basis")]
if TYPE_CHECKING:
    FreightIn = _FREIGHT
else:
    FreightIn = TypeAliasType("FreightIn", _FREIGHT)
FreightBasis = Annotated[
    str, Codes("FreightBasis", "How freight is priced: at one price, or by the kilogram.", lambda: ("flat", "weight"))
]


class PaymentInstructionIn(Input):
    """How the deposit may be paid by hand."""

    method: ManualMethod
    label: Annotated[InstructionLabel, Field(description="What it is called on the proforma.")]
    details: InstructionDetails


EXAMPLE: dict[str, Any] = {
    "currency": "EUR",
    "lines": [
        {
            "id": "lin_01kagkryr0fk1ssv6w1g607hwf",
            "unit_price": {"amount": 4590, "currency": "EUR"},
            "tax_basis_points": 2000,
            "conversion_note": "29 500 XOF à 655,957 XOF pour 1 EUR, plus 2 % de change.",
        },
        {"name": "Boîte cadeau", "quantity": 1, "unit_price": {"amount": 350, "currency": "EUR"}},
    ],
    "fees": [{"label": "Frais de service", "amount": {"amount": 900, "currency": "EUR"}, "tax_basis_points": 2000}],
    "freight": {"basis": "weight", "weight_grams": 1850, "rate_per_kg": {"amount": 890, "currency": "EUR"}},
    "deposit_percent": 40,
    "valid_for": "P7D",
    "purchase_by": "2036-12-01",
    "arrive_by": "2036-12-20",
    "payment_instructions": [
        {"method": "mobile_money", "label": "Wave Sénégal", "details": "+221 77 123 45 67, au nom de Maison Teranga"}
    ],
    "remarks": "Les sandales taillent petit : prenez une pointure au-dessus.",
}


class DraftIn(Input):
    """Everything that a proforma says, in one currency. Amounts and totals are computed."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    currency: Currency
    lines: Annotated[
        list[PricedLineIn],
        Field(min_length=1, max_length=MAX_LINES, description="A line of the quote left out is not offered."),
    ]
    fees: Annotated[list[FeeIn], Field(max_length=MAX_FEES)] = []
    freight: Annotated[Omittable[FreightIn], Field(description="An estimate: the final invoice says what it is.")] = (
        None
    )
    deposit_percent: Percent
    valid_for: Annotated[Omittable[Validity], Field(description="Left out, as long as the policy says.")] = None
    purchase_by: Annotated[Day, Field(description="Promised: once passed without a purchase, the buyer may cancel.")]
    arrive_by: Annotated[Day, Field(description="Promised: once passed, the buyer may open a dispute.")]
    payment_instructions: Annotated[list[PaymentInstructionIn], Field(max_length=MAX_INSTRUCTIONS)] = []
    remarks: Omittable[Note] = None

    def written(self) -> WrittenDraft:
        """The same as the domain knows it. Raises InvalidError for an amount in another currency."""
        for pointer, money in self._moneys():
            if money.currency != self.currency:
                raise invalid_field(
                    f"{pointer}/currency",
                    "currency_mismatch",
                    Label(f"Cette proforma est en {self.currency}.", f"This proforma is in {self.currency}."),
                )
        return WrittenDraft(
            currency=self.currency,
            lines=tuple(line.written(line.unit_price.amount) for line in self.lines),
            fees=tuple(Fee(fee.label, fee.amount.amount, fee.tax_basis_points) for fee in self.fees),
            freight=freight_of(self.freight),
            deposit_percent=self.deposit_percent,
            valid_for=self.valid_for,
            purchase_by=self.purchase_by,
            arrive_by=self.arrive_by,
            payment_instructions=tuple(
                PaymentInstruction(one.method, one.label, one.details) for one in self.payment_instructions
            ),
            remarks=self.remarks,
        )

    def _moneys(self) -> Iterator[tuple[str, MoneyIn]]:
        for place, line in enumerate(self.lines):
            yield f"/lines/{place}/unit_price", line.unit_price
        for place, fee in enumerate(self.fees):
            yield f"/fees/{place}/amount", fee.amount
        if isinstance(self.freight, FlatFreightIn):
            yield "/freight/amount", self.freight.amount
        if isinstance(self.freight, WeightFreightIn):
            yield "/freight/rate_per_kg", self.freight.rate_per_kg


def freight_of(freight: FreightIn | None) -> Freight | None:
    """Freight as the domain knows it."""
    if freight is None:
        return None
    if isinstance(freight, FlatFreightIn):
        return FlatFreight(freight.amount.amount, freight.tax_basis_points)
    return FreightByWeight(freight.weight_grams, freight.rate_per_kg.amount, freight.tax_basis_points)


class ShopNameOut(Output):
    """The partner shop that a line is from."""

    id: ShopId
    name: Annotated[str, Field(max_length=200)]


class PricedLineOut(Output):
    """One line with its price before tax."""

    id: LineId
    shop: ShopNameOut | None
    name: Annotated[str, Field(max_length=200)]
    url: LinkOut | None
    note: Annotated[str, Field(max_length=1000)] | None
    quantity: Count
    unit_price: MoneyOut
    tax_basis_points: Rate
    amount: Annotated[MoneyOut, Field(description="All pieces of the line before tax.")]
    conversion_note: Annotated[str, Field(max_length=300)] | None


class FeeOut(Output):
    """A fee, before tax."""

    label: Annotated[str, Field(max_length=120, description="What it is called on the proforma.")]
    amount: Annotated[MoneyOut, Field(description="The amount before tax.")]
    tax_basis_points: Rate


class FreightOut(Output):
    """Freight before tax; by weight, with how it was computed."""

    basis: FreightBasis
    amount: Annotated[MoneyOut, Field(description="The amount before tax.")]
    weight_grams: Grams | None
    rate_per_kg: MoneyOut | None
    tax_basis_points: Rate


class TaxOut(Output):
    """The tax at one rate, rounded half-even once."""

    basis_points: Rate
    base: MoneyOut
    amount: Annotated[MoneyOut, Field(description="The tax at this rate.")]


class PaymentInstructionOut(Output):
    """How the deposit may be paid by hand."""

    method: ManualMethod
    label: Annotated[str, Field(max_length=120, description="What it is called on the proforma.")]
    details: Annotated[str, Field(max_length=500)]


class ProformaOut(Output):
    """A whole proforma with every amount and total."""

    currency: Currency
    lines: Annotated[list[PricedLineOut], Field(max_length=MAX_LINES)]
    fees: Annotated[list[FeeOut], Field(max_length=MAX_FEES)]
    freight: FreightOut | None
    goods: MoneyOut
    fees_total: MoneyOut
    freight_total: MoneyOut
    taxes: Annotated[list[TaxOut], Field(max_length=MAX_LINES + MAX_FEES + 1)]
    tax_total: MoneyOut
    total: MoneyOut
    deposit_percent: Percent
    deposit: MoneyOut
    balance: MoneyOut
    valid_for: Validity
    purchase_by: Annotated[Day, Field(description="Promised: once passed without a purchase, the buyer may cancel.")]
    arrive_by: Annotated[Day, Field(description="Promised: once passed, the buyer may open a dispute.")]
    payment_instructions: Annotated[list[PaymentInstructionOut], Field(max_length=MAX_INSTRUCTIONS)]
    remarks: Annotated[str, Field(max_length=2000)] | None
