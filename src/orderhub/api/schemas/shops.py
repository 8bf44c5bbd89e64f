"""Partner shops as the directory shows them, as staff and members write them, and their members."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Self, cast

from pydantic import MISSING, ConfigDict, Field

from orderhub.api.schemas.base import AccountId, Currency, FileId, Input, Instant, Name, Ordinal, Output, ShopId, Text
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.links import Link, LinkOut
from orderhub.api.schemas.listing_cards import Shown
from orderhub.api.schemas.people import Country, PersonOut
from orderhub.api.schemas.photos import PhotoOut
from orderhub.domain.accounts.models import Account
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.samples import KOFFI
from orderhub.domain.shops.categories import BY_CODE, CATEGORIES
from orderhub.domain.shops.members import MAX_MEMBERS, Membership
from orderhub.domain.shops.models import Shop, ShopMember, ShopRole, ShopSite
from orderhub.domain.shops.service import MAX_CATEGORIES, ShopChanges
from orderhub.domain.shops.sites import MAX_SITES
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label, Language

_EXAMPLE: dict[str, Any] = {
    "name": "La Maison du Bazin",
    "description": "Bazin riche, wax et getzner au mètre, teintures de Bamako. Expédition sous 48 h.",
    "country": "SN",
    "currency": "XOF",
    "sites": ["https://maison-du-bazin.example"],
    "categories": ["fabrics_haberdashery", "fashion"],
}


ShopCategoryCode = Annotated[
    str,
    Codes(
        "ShopCategoryCode",
        "What a shop sells: `GET /v1/shop-categories` has the labels.",
        lambda: (found.code for found in CATEGORIES),
        (
            "unknown_category",
            Label("Envoyez un code de GET /v1/shop-categories.", "Send a code of GET /v1/shop-categories."),
        ),
    ),
]
ShopName = Annotated[str, Name(120, examples=["La Maison du Bazin"])]
Version = Annotated[Ordinal, Field(description="Counts its changes, and is its ETag.")]


class ShopCategoryOut(Output):
    """What a shop sells, in the language asked for."""

    code: ShopCategoryCode
    label: Annotated[str, Field(max_length=100, examples=["Mode et vêtements"])]

    @classmethod
    def of(cls, code: str, language: Language) -> Self:
        """A category by its code."""
        return cls(code=code, label=BY_CODE[code].label.within(language))


class ShopCategoriesOut(Output):
    """All categories of shops, in the order to show them in."""

    data: Annotated[list[ShopCategoryOut], Field(max_length=100)]


class ShopParts(Input):
    """What a new shop may have and an edit may change."""

    description: Annotated[str, Text(5000, min=0, lines=True)] | MISSING = MISSING
    sites: (
        Annotated[
            list[Link],
            Field(
                max_length=MAX_SITES,
                description="Addresses of its web sites, all of them. Pages at or below their hosts are recognised "
                "as the shop's; a host belongs to one shop.",
            ),
        ]
        | MISSING
    ) = MISSING
    logo_file_id: (
        Annotated[FileId | None, Field(description="Your upload with the purpose `photo`; null shows none.")] | MISSING
    ) = MISSING
    categories: Annotated[
        Annotated[list[ShopCategoryCode], Field(max_length=MAX_CATEGORIES)] | MISSING,
        Field(description="The codes of what the shop sells: `GET /v1/shop-categories` has them all."),
    ] = MISSING
    active: (
        Annotated[bool, Field(description="Whether it is listed, and recognised by its sites; true unless said.")]
        | MISSING
    ) = MISSING

    def changes(self) -> ShopChanges:
        """What is to change, as the domain knows it."""
        return cast("ShopChanges", {name: getattr(self, name) for name in self.model_fields_set})


class ShopIn(ShopParts):
    """A new shop of the directory."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: ShopName
    country: Annotated[Country, Field(description="ISO 3166: where it sells from.")]
    currency: Annotated[Currency, Field(description="Of its prices.")]


class ShopEdit(ShopParts):
    """What to change; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"description": "Bazin et wax au mètre.", "categories": ["fashion"]}]}
    )

    name: ShopName | MISSING = MISSING
    country: Country | MISSING = MISSING
    currency: Currency | MISSING = MISSING


class SiteOut(Output):
    """A web site of a shop."""

    host: Annotated[str, Field(max_length=253, examples=["maison-du-bazin.example"])]
    url: Annotated[LinkOut, Field(description="The address of the site.")]


class ShopOut(Output):
    """A partner shop."""

    id: ShopId
    name: Annotated[str, Field(max_length=200)]
    description: Annotated[str, Field(max_length=5000, description="Plain text, as written: escape it.")]
    country: Country
    currency: Currency
    sites: Annotated[list[SiteOut], Field(max_length=MAX_SITES)]
    logo: PhotoOut | None
    categories: Annotated[list[ShopCategoryOut], Field(max_length=MAX_CATEGORIES)]
    active: bool
    version: Version
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, shop: Shop, sites: Sequence[ShopSite], shown: Shown) -> Self:
        """The public form of a shop."""
        return cls(**_parts(shop, sites, shown))


class OwnShopOut(ShopOut):
    """A shop that one is a member of."""

    role: ShopRole

    @classmethod
    def mine(cls, shop: Shop, role: ShopRole, sites: Sequence[ShopSite], shown: Shown) -> Self:
        """The form that its member sees in a list."""
        return cls(**_parts(shop, sites, shown), role=role)


class ShopMemberIn(Input):
    """Who is to edit the shop. An owner also decides about the members."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"account_id": show_id("acc", KOFFI.id), "role": "editor"}]}
    )

    account_id: AccountId
    role: ShopRole = ShopRole.EDITOR

    def membership(self) -> Membership:
        """The same as the domain knows it."""
        return Membership(self.account_id, self.role)


class ShopMemberOut(Output):
    """A member of a shop."""

    account: PersonOut
    role: ShopRole
    added_at: Instant

    @classmethod
    def of(cls, member: ShopMember, account: Account, photos: PhotoLinks) -> Self:
        """The form that owners and staff see."""
        return cls(account=PersonOut.of(account, photos), role=ShopRole(member.role), added_at=member.added_at)


class ShopMembersOut(Output):
    """All members of a shop, the first added first."""

    data: Annotated[list[ShopMemberOut], Field(max_length=MAX_MEMBERS)]


def _parts(shop: Shop, sites: Sequence[ShopSite], shown: Shown) -> dict[str, Any]:
    when: dict[str, datetime] = {"created_at": shop.created_at, "updated_at": shop.updated_at}
    return {
        "id": shop.id,
        "name": shop.name,
        "description": shop.description,
        "country": shop.country,
        "currency": shop.currency,
        "sites": [SiteOut(host=site.host, url=site.url) for site in sites],
        "logo": shown.photo(shop.logo_file_id, is_on_show=shop.active),
        "categories": [ShopCategoryOut.of(code, shown.language) for code in shop.categories],
        "active": shop.active,
        "version": shop.version,
        **when,
    }
