"""Types that describe people, shared by every schema about accounts."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from orderhub.api.schemas.base import AccountId, Count, Name, Output, Text
from orderhub.api.schemas.forms import COUNTRY, Form
from orderhub.api.schemas.photos import PhotoOut
from orderhub.api.schemas.refusing import unwanted
from orderhub.domain.accounts import emails, handles, passwords
from orderhub.domain.accounts.models import Account
from orderhub.domain.contact_details.disclosure import Disclosure, to_public
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.files.portraits import portrait_of
from orderhub.kit.errors import InvalidError
from orderhub.kit.text import Label, Language

__all__ = [
    "Country",
    "DisplayName",
    "Email",
    "Handle",
    "Language",
    "NewPassword",
    "PersonOut",
    "Phone",
    "PhoneOut",
    "RatingOut",
    "Secret",
    "TimeZone",
]


def _read_email(value: str) -> str:
    """Refuse what is no address; how it is kept is the domain's matter."""
    try:
        emails.normalise_email(value)
    except InvalidError as error:
        raise unwanted("invalid_email", error.errors[0].detail) from None
    return value


Email = Annotated[
    str,
    AfterValidator(_read_email),
    Field(min_length=3, max_length=emails.LONGEST, examples=["awa@example.com"], json_schema_extra={"format": "email"}),
]
Handle = Annotated[
    str,
    Field(min_length=handles.SHORTEST, max_length=handles.LONGEST, examples=["awa.diop"]),
    Form(
        handles.PATTERN,
        Label(
            "Utilisez des minuscules, des chiffres, des tirets bas et, à l’intérieur, des points.",
            "Use small letters, digits, underscores and, within, dots.",
        ),
    ),
]
DisplayName = Annotated[str, Name(80, examples=["Awa Diop"])]
NewPassword = Annotated[
    str,
    Field(
        min_length=passwords.SHORTEST,
        max_length=passwords.LONGEST,
        examples=["mangues-du-marche"],
        json_schema_extra={"format": "password", "writeOnly": True},
    ),
]
Secret = Annotated[str, Field(min_length=1, max_length=128, json_schema_extra={"format": "password"})]
"""A password or a token that is to be compared, whatever it is made of."""
TimeZone = Annotated[
    str,
    Field(max_length=64, examples=["Europe/Paris"]),
    Form(
        r"^[A-Za-z][A-Za-z0-9_+/-]*$",
        Label("Envoyez un fuseau horaire IANA, comme Europe/Paris.", "Send an IANA time zone, such as Europe/Paris."),
    ),
]
Country = Annotated[str, Field(examples=["FR"], json_schema_extra={"maxLength": 2}), COUNTRY]
"""ISO 3166, two letters."""
Phone = Annotated[str, Text(32, examples=["06 12 34 56 78"])]
"""As people write it; kept as E.164."""
PhoneOut = Annotated[str, Field(max_length=16, pattern=r"^\+[0-9]{7,15}$", examples=["+33612345678"])]


class RatingOut(Output):
    """What buyers thought of a seller: one to five, to a tenth; null before the first review."""

    average: Annotated[float, Field(ge=1, le=5, examples=[4.8])] | None
    count: Count

    @classmethod
    def of(cls, account: Account) -> "RatingOut":
        """The rating of an account."""
        count = account.rating_count
        return cls(average=round(account.rating_sum / count, 1) if count else None, count=count)


class PersonOut(Output):
    """A person, or a shop's account, as others see it: the same wherever one is shown."""

    id: AccountId
    handle: Annotated[str, Field(max_length=60, examples=["awa.diop"])]
    display_name: Annotated[str, Field(max_length=200, examples=["Awa Diop"])]
    photo: Annotated[PhotoOut | None, Field(description="Null as long as there is none: `photo_id` of one's profile.")]

    @classmethod
    def of(cls, account: Account, photos: PhotoLinks) -> "PersonOut":
        """An account for anybody: its name without what leads away from the hub."""
        return PersonOut(**card_of(account, photos))

    @classmethod
    def read_by(cls, account: Account, photos: PhotoLinks, words: Disclosure) -> "PersonOut":
        """An account for one reader, who sees its ``words`` so."""
        return PersonOut(**card_of(account, photos, words))


def card_of(account: Account, photos: PhotoLinks, words: Disclosure | None = None) -> dict[str, Any]:
    """The members that every form of a person has."""
    shown = to_public((account.country,)) if words is None else words
    return {
        "id": account.id,
        "handle": account.handle,
        "display_name": shown.text(account.display_name),
        "photo": PhotoOut.of(photos.show_any(portrait_of(account))),
    }
