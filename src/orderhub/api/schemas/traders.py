"""Professional sellers: what they say of themselves, what others see, and what staff decide."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.addresses import City, Line, PersonName, PostalAddressIn, Postcode, Region
from orderhub.api.schemas.base import AccountId, Input, Instant, Name, Note, Omittable, Output, Text, TraderId
from orderhub.api.schemas.people import Country, PhoneOut
from orderhub.domain.traders.facts import TraderFacts
from orderhub.domain.traders.models import Trader, TraderStatus

BusinessName = Annotated[str, Name(120, examples=["Kalo Vintage SARL"])]
RegistrationNumber = Annotated[
    str,
    Text(40, examples=["732 829 320 00074"]),
    Field(description="In its country’s register: the SIRET or the SIREN in France."),
]
VatNumber = Annotated[str, Text(30, examples=["FR44 732 829 320"])]

EXAMPLE: dict[str, Any] = {
    "name": "Kalo Vintage SARL",
    "registration_number": "732 829 320 00074",
    "vat_number": "FR44 732 829 320",
    "address": {
        "name": "Bruno Keller",
        "company": "Kalo Vintage SARL",
        "line1": "8 rue de la Soie",
        "postcode": "69001",
        "city": "Lyon",
        "country": "FR",
    },
}


class TraderIn(Input):
    """What a business says of itself, for staff to verify."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    name: Annotated[BusinessName, Field(description="What the business is called.")]
    registration_number: RegistrationNumber
    vat_number: Annotated[
        Omittable[VatNumber], Field(description="With its country’s letters; none where it has none.")
    ] = None
    address: Annotated[PostalAddressIn, Field(description="Where it is; returns may be sent there.")]

    def facts(self) -> TraderFacts:
        """The same as the domain knows it."""
        return TraderFacts(self.name, self.registration_number, self.vat_number, self.address.postal())


class BusinessAddressOut(Output):
    """Where a business is."""

    name: PersonName
    company: PersonName | None
    line1: Line
    line2: Line | None
    postcode: Postcode | None
    city: City
    region: Region | None
    country: Country


class TraderAddressOut(BusinessAddressOut):
    """The same, with the telephone number that only the account and staff see."""

    phone: PhoneOut | None


class BusinessOut(Output):
    """Who trades, as staff verified it: what the law has a professional seller say."""

    name: Annotated[BusinessName, Field(description="What the business is called.")]
    registration_number: Annotated[
        str, Field(max_length=30, description="In its country’s register: the SIRET or the SIREN in France.")
    ]
    vat_number: Annotated[
        str | None, Field(max_length=30, description="With its country’s letters; null where it has none.")
    ]
    address: Annotated[BusinessAddressOut, Field(description="Where it is.")]

    @classmethod
    def of(cls, facts: Mapping[str, Any] | None) -> "BusinessOut | None":
        """The public form of the facts in force; None for somebody who is no trader."""
        return None if facts is None else BusinessOut.model_validate(facts)


class TraderOut(BusinessOut):
    """What an account submitted last, what staff said of it, and what is in force."""

    address: Annotated[TraderAddressOut, Field(description="Where it is; returns may be sent there.")]  # pyright: ignore[reportIncompatibleVariableOverride]
    id: Annotated[TraderId, Field(description="Of this submission: another one each time.")]
    account_id: AccountId
    status: TraderStatus
    submitted_at: Annotated[Instant, Field(description="When it was submitted.")]
    decided_at: Annotated[Instant | None, Field(description="When staff decided; null while it waits.")]
    reason: Annotated[
        str | None, Field(max_length=2000, description="Why staff refused or revoked it; null where they did not.")
    ]
    verified: Annotated[
        BusinessOut | None,
        Field(description="The facts in force, which everybody sees; null for somebody who is no trader."),
    ]
    verified_at: Annotated[Instant | None, Field(description="Since when these facts are in force; null without any.")]

    @classmethod
    def shown(cls, trader: Trader) -> Self:
        """The form that the account itself and staff see."""
        return cls.model_validate(trader)


class VerifyTrader(Input):
    """Staff checked the facts: they are in force from now on."""

    action: Literal["verify"]


class RefuseTrader(Input):
    """Staff don't accept what was submitted; what is in force stays."""

    action: Literal["refuse"]
    reason: Annotated[Note, Field(description="What to correct, for the account’s holder.")]


class RevokeTrader(Input):
    """Staff end what is in force: the account is no trader any more."""

    action: Literal["revoke"]
    reason: Annotated[Note, Field(description="Why, for the account’s holder.")]


_ANY = Annotated[VerifyTrader | RefuseTrader | RevokeTrader, Field(discriminator="action")]
if TYPE_CHECKING:
    TraderDecision = _ANY
else:
    TraderDecision = TypeAliasType("TraderDecision", _ANY)
