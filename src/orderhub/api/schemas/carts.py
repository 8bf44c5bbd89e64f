"""Carts at the edge. The domain makes the same shapes as plain documents; a test holds them together."""

from typing import Annotated, Any

from pydantic import MISSING, ConfigDict, Field

from orderhub.api.schemas.base import (
    CartId,
    Currency,
    Input,
    Instant,
    LineId,
    Name,
    Omittable,
    Ordinal,
    Output,
    QuoteId,
    ShopId,
    Text,
)
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.links import Link, LinkOut
from orderhub.domain.carts.adding import NewLine
from orderhub.domain.carts.models import CartStatus
from orderhub.domain.carts.rules import FINDINGS, MAX_LINES, MAX_QUANTITY

PageLink = Annotated[Link, Field(description="The item's page. Its host tells the partner shop.")]
LineName = Annotated[str, Name(200, examples=["Bazin riche indigo, 5 mètres"])]
LineNote = Annotated[
    str, Text(1000, lines=True, examples=["Indigo foncé, coupe de 5 m"]), Field(description="Size, colour and so on.")
]
Quantity = Annotated[int, Field(ge=1, le=MAX_QUANTITY, examples=[2])]
GivenShop = Annotated[ShopId, Field(description="May be left out with a page: its host tells the shop.")]


class OpenCart(Input):
    """How to open a cart. Without ``separate``, an account has one open cart, and that one is answered."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"separate": True}]})

    separate: bool = False


class AddLine(Input):
    """An item that the customer wants; kept even when something is wrong with it, and told so."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Bazin riche indigo, 5 mètres",
                    "url": "https://maison-du-bazin.example/bazin-riche-indigo",
                    "quantity": 2,
                    "note": "Indigo foncé",
                }
            ]
        }
    )

    name: LineName
    url: Omittable[PageLink] = None
    shop_id: Omittable[GivenShop] = None
    quantity: Quantity = 1
    note: Omittable[LineNote] = None

    def wanted(self) -> NewLine:
        """The same as the domain knows it."""
        return NewLine(self.name, self.url, self.quantity, self.note, self.shop_id)


class EditLine(Input):
    """What to change; what is left out stays, and null removes what may be absent. A new page tells the shop anew."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"quantity": 3, "note": "Indigo clair"}]})

    name: LineName | MISSING = MISSING
    url: Annotated[PageLink | None, Field()] | MISSING = MISSING
    shop_id: Annotated[GivenShop | None, Field()] | MISSING = MISSING
    quantity: Quantity | MISSING = MISSING
    note: Annotated[LineNote | None, Field()] | MISSING = MISSING

    def changes(self) -> dict[str, Any]:
        """What was said, and only that."""
        return {name: getattr(self, name) for name in self.model_fields_set}


FindingCode = Annotated[
    str, Codes("FindingCode", "What is to be said of a line or of a cart.", lambda: (each.code for each in FINDINGS))
]


class FindingOut(Output):
    """One thing to say of a line or of a cart. One that is ``blocking`` keeps its line from being quoted."""

    code: FindingCode
    blocking: bool
    message: Annotated[
        str,
        Field(
            max_length=300,
            examples=["Cette adresse n’est celle d’aucune boutique partenaire."],
            description="The finding in a sentence, in the language of the answer.",
        ),
    ]


class LineShopOut(Output):
    """The partner shop of a line."""

    id: ShopId
    name: Annotated[str, Field(max_length=200, examples=["La Maison du Bazin"])]
    currency: Currency


Findings = Annotated[list[FindingOut], Field(max_length=10)]


class _Checked(Output):
    valid: Annotated[bool, Field(description="Nothing keeps it from being quoted.")]
    duplicate_of: Annotated[LineId | None, Field(description="The earlier line that says the same.")]
    findings: Findings


class CartLineOut(_Checked):
    """A line with what is to be said of it now: shops join and leave the directory while a cart waits."""

    id: LineId
    shop: LineShopOut | None
    name: Annotated[str, Field(max_length=200)]
    url: LinkOut | None
    quantity: Annotated[int, Field(ge=1, le=MAX_QUANTITY)]
    note: Annotated[str, Field(max_length=1000)] | None
    created_at: Instant


class CartSummaryOut(Output):
    """One row of a list of carts."""

    id: CartId
    status: CartStatus
    label: Annotated[str, Field(max_length=80, examples=["En préparation"])]
    version: Annotated[Ordinal, Field(description="Counts its changes, and is its ETag.")]
    separate: Annotated[bool, Field(description="Opened beside the account's usual cart.")]
    line_count: Annotated[int, Field(ge=0, le=MAX_LINES)]
    quote_id: QuoteId | None
    created_at: Instant
    updated_at: Instant


class _Verdict(Output):
    valid: Annotated[bool, Field(description="There are lines, and every one can be quoted.")]
    can_be_requested: Annotated[bool, Field(description="One line at least can be quoted: a quote may be asked for.")]
    findings: Findings


class CartOut(CartSummaryOut, _Verdict):
    """A cart with its lines, in the order in which they were added."""

    lines: Annotated[list[CartLineOut], Field(max_length=MAX_LINES)]


class CheckedLineOut(_Checked):
    """What is to be said of one line."""

    id: LineId
    name: Annotated[str, Field(max_length=200)]


class CartVerdictOut(_Verdict):
    """What is to be said of a cart at this ``version``: send it as `If-Match` with the request of a quote."""

    cart_id: CartId
    version: Ordinal
    lines: Annotated[list[CheckedLineOut], Field(max_length=MAX_LINES)]
