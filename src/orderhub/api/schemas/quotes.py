"""Quotes at the edge: how one is asked for, and how it is shown to its buyer and to staff.

The domain makes the same shapes as plain documents; a test holds them together.
"""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from orderhub.api.schemas.addresses import DeliveryAddressOut, PostalAddressIn
from orderhub.api.schemas.base import (
    AccountId,
    AddressId,
    CartId,
    Input,
    Instant,
    LineId,
    MoneyOut,
    Note,
    Omittable,
    OrderId,
    Ordinal,
    Output,
    QuoteId,
    Text,
)
from orderhub.api.schemas.links import LinkOut
from orderhub.api.schemas.orders.order import NotYet, RunningClock
from orderhub.api.schemas.people import PersonOut
from orderhub.api.schemas.process_codes import (
    Colour,
    QuoteActionName,
    QuoteGuardCode,
    QuoteStatus,
    QuoteTransitionName,
)
from orderhub.api.schemas.proformas import MAX_LINES, ProformaOut, ShopNameOut
from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.quotes.queries import QuoteRole
from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label

Number = Annotated[str, Field(max_length=20, examples=["PF-2026-000123"])]
VersionNumber = Annotated[Ordinal, Field(description="Counts the issued versions of this quote.")]

_REQUEST: dict[str, Any] = {
    "accept_terms_version": 1,
    "address": {
        "name": "Awa Diop",
        "line1": "12 rue Oberkampf",
        "postcode": "75011",
        "city": "Paris",
        "country": "FR",
        "phone": "06 12 34 56 78",
    },
    "message": "Si la pointure 39 n’existe plus, une 40 me va aussi.",
}


class QuoteRequestIn(Input):
    """Ask for a quote of everything in a cart that can be quoted."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REQUEST]})

    accept_terms_version: Annotated[
        Ordinal, Field(description="The `version` of `GET /v1/terms` as it was shown; kept with time and address.")
    ]
    address: Annotated[Omittable[PostalAddressIn], Field(description="Where to deliver.")] = None
    address_id: Annotated[
        Omittable[AddressId], Field(description="One's own address instead; without either, the default one.")
    ] = None
    message: Omittable[Note] = None

    def postal(self) -> PostalAddress | None:
        """The written address as the domain knows it. Raises InvalidError when another one is named as well."""
        if self.address is not None and self.address_id is not None:
            raise invalid_field(
                "/address_id",
                "too_many",
                Label("Donnez `address` ou `address_id`, pas les deux.", "Give `address` or `address_id`, not both."),
            )
        return self.address.postal() if self.address else None


class RequestedLineOut(Output):
    """One thing that the buyer asked for."""

    id: LineId
    shop: ShopNameOut | None
    name: Annotated[str, Field(max_length=200)]
    url: LinkOut | None
    quantity: Ordinal
    note: Annotated[str, Field(max_length=1000)] | None


class TermsAcceptedOut(Output):
    """Which terms were accepted, and when."""

    version: Ordinal
    at: Instant


class _QuoteHead(Output):
    id: QuoteId
    version: Annotated[Ordinal, Field(description="The ETag; not the number of an issued version.")]
    status: QuoteStatus
    label: Annotated[str, Text(80, examples=["Proforma envoyée"])]
    colour: Colour
    title: Annotated[str, Text(300)]
    role: QuoteRole
    buyer: PersonOut
    order_id: Annotated[OrderId | None, Field(description="The order that accepting it placed.")]
    requested_at: Instant
    status_since: Instant
    final_at: Instant | None


class QuoteSummaryOut(_QuoteHead):
    """One row of a list of quotes."""

    current: Annotated[VersionNumber | None, Field(description="The newest issued version; null before the first.")]
    number: Number | None
    total: MoneyOut | None
    deposit: MoneyOut | None
    expires_at: Instant | None


class QuoteVersionOut(Output):
    """An issued version. It never changes."""

    n: VersionNumber
    number: Number
    current: Annotated[bool, Field(description="Whether it is the one that can be accepted or was the last.")]
    issued_at: Instant
    expires_at: Instant
    content: ProformaOut


class QuoteVersionsOut(Output):
    """The issued versions of a quote, the newest first."""

    data: Annotated[list[QuoteVersionOut], Field(max_length=1000)]


class QuoteDeadlineOut(RunningClock):
    """A clock of a quote: what it will do, when, and who is waited for."""

    action: QuoteTransitionName


class QuoteNotYetOut(NotYet):
    """An action on a quote that isn't possible yet, and why."""

    action: QuoteActionName
    code: QuoteGuardCode


class QuoteOut(_QuoteHead):
    """A quote whole, for its reader."""

    cart_id: CartId
    lines: Annotated[
        list[RequestedLineOut], Field(max_length=MAX_LINES, description="What was asked for; see `current` for prices.")
    ]
    address: DeliveryAddressOut | None
    terms_accepted: TermsAcceptedOut
    message: Annotated[str, Field(max_length=2000)] | None
    current: Annotated[QuoteVersionOut | None, Field(description="The newest issued version; null before the first.")]
    draft: Annotated[ProformaOut | None, Field(description="Staff only: what would be issued now.")]
    taken_by: Annotated[AccountId | None, Field(description="Staff only: who prepares it.")]
    deadlines: Annotated[list[QuoteDeadlineOut], Field(max_length=20)]
    available_actions: Annotated[list[QuoteActionName], Field(max_length=20)]
    not_yet: Annotated[list[QuoteNotYetOut], Field(max_length=20)]
