"""The address book, and how each country writes an address."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import AddressId, Input, Instant, Name, Omittable, Output, Text
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.forms import COUNTRY
from orderhub.api.schemas.people import Phone, PhoneOut
from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.countries import COUNTRY_RULES, CountryRule
from orderhub.domain.accounts.models import Address
from orderhub.kit.text import Language

PersonName = Annotated[str, Name(80, examples=["Awa Diop"])]
Line = Annotated[str, Name(120, examples=["12 rue Oberkampf"])]
City = Annotated[str, Name(80, examples=["Paris"])]
Postcode = Annotated[str, Text(20, min=0, examples=["75011"])]
"""As people write it: ``75 011``, ``L-1611``, ``h2x1y4``; kept as its country writes it, none where it has none."""
Region = Annotated[str, Text(40, examples=["QC"])]


class Delivered(Codes):
    """The countries that are delivered to: the domain says so of another one, with what it may be instead."""

    def read(self, value: str) -> str:
        """The code as it is."""
        return COUNTRY.read(value)


AddressCountry = Annotated[
    str,
    Delivered(
        "AddressCountry",
        "A country that can be delivered to, ISO 3166: `GET /v1/countries` has what an address needs there.",
        lambda: sorted(COUNTRY_RULES),
    ),
]
"""A country that we deliver to; see ``GET /v1/countries``."""

_PARIS = {
    "name": "Awa Diop",
    "line1": "12 rue Oberkampf",
    "line2": "Bâtiment B",
    "postcode": "75011",
    "city": "Paris",
    "country": "FR",
    "phone": "06 12 34 56 78",
}
_ABIDJAN = {
    "name": "Koffi N’Guessan",
    "line1": "Cocody, rue des Jardins, face à la pharmacie",
    "city": "Abidjan",
    "country": "CI",
    "phone": "07 07 12 34 56",
}


class PostalAddressIn(Input):
    """An address; ``GET /v1/countries`` says which fields its country needs."""

    name: Annotated[PersonName, Field(description="Who receives what is sent there.")]
    company: Omittable[PersonName] = None
    line1: Line
    line2: Omittable[Line] = None
    postcode: Omittable[Postcode] = None
    city: City
    region: Annotated[Omittable[Region], Field(description="In Canada, the province: its code or its name.")] = None
    country: AddressCountry
    phone: Omittable[Phone] = None

    def postal(self) -> PostalAddress:
        """The same as the domain knows it."""
        return PostalAddress(**self.model_dump(include=set(PostalAddressIn.model_fields)))


class CreateAddress(PostalAddressIn):
    """An address to keep. The first one is the default in any case."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_PARIS}, {**_ABIDJAN}]})

    is_default: bool = False


class UpdateAddress(Input):
    """What to change; what is left out stays, and null removes what may be absent."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"line2": "Escalier C", "is_default": True}]})

    name: Annotated[PersonName, Field(description="Who receives what is sent there.")] = Field(default_factory=str)
    company: PersonName | None = None
    line1: Line = Field(default_factory=str)
    line2: Line | None = None
    postcode: Postcode | None = None
    city: City = Field(default_factory=str)
    region: Region | None = None
    country: AddressCountry = Field(default_factory=str)
    phone: Phone | None = None
    is_default: Annotated[
        bool, Field(description="True makes it the default; to end that, make another one the default.")
    ] = False

    def changes(self) -> dict[str, Any]:
        """What was said, and only that."""
        return self.model_dump(exclude_unset=True)


class AddressOut(Output):
    """An address of one's own."""

    id: AddressId
    name: Annotated[str, Field(max_length=80, description="Who receives what is sent there.")]
    company: Annotated[str, Field(max_length=80)] | None
    line1: Annotated[str, Field(max_length=120)]
    line2: Annotated[str, Field(max_length=120)] | None
    postcode: Postcode | None
    city: Annotated[str, Field(max_length=80)]
    region: Region | None
    country: AddressCountry
    phone: PhoneOut | None
    is_default: bool
    created_at: Instant

    @classmethod
    def of(cls, address: Address) -> Self:
        """The public form of an address."""
        return cls.model_validate(address)


class RegionOut(Output):
    """A province, where addresses name one."""

    code: Annotated[str, Field(max_length=3, description="The code of the province, which `region` takes.")]
    postcodes_begin_with: Annotated[str, Field(max_length=10, description="Any of these letters.")]


class CountryOut(Output):
    """How addresses are written in a country."""

    code: AddressCountry
    name: Annotated[str, Field(max_length=80)]
    required: Annotated[
        Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=10)],
        Field(description="Which of the fields of an address must not be left out."),
    ]
    postcode_pattern: Annotated[
        str | None,
        Field(
            max_length=200,
            description="How postcodes are kept, as a regular expression; other spellings are understood. "
            "Null where there are none.",
        ),
    ]
    postcode_example: Annotated[str, Field(max_length=12)] | None
    regions: Annotated[list[RegionOut], Field(max_length=50)]

    @classmethod
    def of(cls, rule: CountryRule, language: Language) -> Self:
        """The public form of a country's rule."""
        return cls(
            code=rule.code,
            name=rule.label.within(language),
            required=list(rule.required),
            postcode_pattern=f"^{rule.postcode}$" if rule.postcode else None,
            postcode_example=rule.example,
            regions=[
                RegionOut(code=code, postcodes_begin_with=found.first_letters) for code, found in rule.regions.items()
            ],
        )


class CountriesOut(Output):
    """The countries that we deliver to, by name."""

    data: Annotated[list[CountryOut], Field(max_length=300)]


class DeliveryAddressOut(Output):
    """Where to deliver, as it was when the quote was asked for."""

    name: Annotated[str, Field(max_length=80, description="Who receives what is sent there.")]
    company: Annotated[str, Field(max_length=80)] | None
    line1: Annotated[str, Field(max_length=120)]
    line2: Annotated[str, Field(max_length=120)] | None
    postcode: Annotated[str, Field(max_length=12)] | None
    city: Annotated[str, Field(max_length=80)]
    region: Annotated[str, Field(max_length=40)] | None
    country: Annotated[str, Field(max_length=2)]
    phone: Annotated[str, Field(max_length=20)] | None
