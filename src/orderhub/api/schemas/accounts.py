"""Registration, forgotten passwords, and the public page of an account."""

from typing import Annotated, Any, Final, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.auth import DeviceToken
from orderhub.api.schemas.base import Count, Duration, Input, Instant, Omittable, Output
from orderhub.api.schemas.forms import TOKEN
from orderhub.api.schemas.people import (
    Country,
    DisplayName,
    Email,
    Handle,
    Language,
    NewPassword,
    PersonOut,
    RatingOut,
    TimeZone,
    card_of,
)
from orderhub.api.schemas.traders import BusinessOut
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.overviews.seller_pages import SellerPage
from orderhub.domain.samples import NEWCOMER_EMAIL

SOME_TOKEN: Final = "7yWb0cU3m1Zq9Jr4sXv2Lk8dTg6Nf5hPaEoQiRuCwYz"  # noqa: S105 - as long as a real one, and none

Token = Annotated[str, Field(min_length=20, max_length=128, description="From the mail."), TOKEN]

REGISTRATION: Final[dict[str, Any]] = {
    "email": NEWCOMER_EMAIL,
    "password": "trois-baobabs-bleus",
    "display_name": "Aminata Sow",
    "handle": "aminata.sow",
    "language": "fr",
    "time_zone": "Africa/Dakar",
    "country": "SN",
}
"""What Aminata sends to register."""


class RegisterAccount(Input):
    """Who registers. What is left out is taken from the request's language and from the house."""

    model_config = ConfigDict(json_schema_extra={"examples": [REGISTRATION]})

    email: Email
    password: NewPassword
    display_name: DisplayName
    handle: Annotated[
        Omittable[Handle], Field(description="A wish: when it is taken, one like it is given. See `GET /v1/me`.")
    ] = None
    language: Omittable[Language] = None
    time_zone: Omittable[TimeZone] = None
    country: Omittable[Country] = None


class EmailAddress(Input):
    """The address to write to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "awa@example.com"}]})

    email: Email


class ConfirmAccount(Input):
    """The token of a confirmation mail."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"token": SOME_TOKEN}]})

    token: Token


class ResetPassword(Input):
    """The token of a password mail, and the password to set. A known device stays one, where it says so."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"token": SOME_TOKEN, "password": "papayes-du-verger"}]})

    token: Token
    password: NewPassword
    device_token: Omittable[DeviceToken] = None


class MailFollows(Output):
    """The same answer whether or not there is such an account."""

    message: Annotated[
        str,
        Field(
            max_length=200,
            examples=["Si cette adresse le permet, un e-mail vient de partir."],
            description="What to tell whoever asked; it gives nothing away.",
        ),
    ]


class AccountOut(PersonOut):
    """The public page of an account."""

    country: Country
    member_since: Instant
    rating: RatingOut
    completed_orders: Annotated[Count, Field(description="As the seller.")]
    usual_time_to_ship: Annotated[
        Duration | None,
        Field(
            description="From payment to parcel, the median of the latest twenty; null as long as there are fewer than "
            "three."
        ),
    ]
    active_listings: Annotated[Count, Field(description="How many listings are on sale now.")]
    trader: Annotated[
        BusinessOut | None, Field(description="Who sells as a professional, as staff verified it; null for others.")
    ]

    @classmethod
    def page(cls, found: SellerPage, photos: PhotoLinks) -> Self:
        """The public form of a person as a seller."""
        account = found.account
        return cls(
            **card_of(account, photos),
            country=account.country,
            member_since=account.created_at,
            rating=RatingOut.of(account),
            completed_orders=account.completed_orders,
            usual_time_to_ship=found.time_to_ship,
            active_listings=found.active_listings,
            trader=BusinessOut.of(found.business),
        )
