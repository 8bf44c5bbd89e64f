"""One's own profile, and the export of everything held about oneself."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import Count, FileId, Input, Instant, Output
from orderhub.api.schemas.people import (
    Country,
    DisplayName,
    Email,
    Handle,
    Language,
    PersonOut,
    Phone,
    PhoneOut,
    RatingOut,
    TimeZone,
    card_of,
)
from orderhub.domain.accounts.models import Account, StaffRole
from orderhub.domain.accounts.profile import ProfileChanges
from orderhub.domain.contact_details.disclosure import AS_WRITTEN
from orderhub.domain.files.photos import PhotoLinks


class UpdateMe(Input):
    """What to change; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"display_name": "Awa D.", "language": "fr", "time_zone": "Europe/Paris", "phone": "06 12 34 56 78"}
            ]
        }
    )

    handle: Handle = Field(default_factory=str)
    display_name: DisplayName = Field(default_factory=str)
    language: Language = Field(default_factory=lambda: Language.FRENCH)
    time_zone: TimeZone = Field(default_factory=str)
    country: Country = Field(default_factory=str)
    photo_id: Annotated[
        FileId | None, Field(description="Your upload with the purpose `photo`: anybody sees it. Null removes it.")
    ] = None
    phone: Annotated[Phone | None, Field(description="Read as one writes it in the country; null removes it.")] = None

    def changes(self) -> ProfileChanges:
        """What was said, and only that."""
        return ProfileChanges(**self.model_dump(mode="json", exclude_unset=True, exclude={"photo_id"}))


class MeOut(PersonOut):
    """One's own account."""

    email: Email
    language: Language
    time_zone: TimeZone
    country: Country
    phone: PhoneOut | None
    roles: Annotated[list[StaffRole], Field(max_length=10, description="Empty unless one is staff.")]
    created_at: Instant
    rating: RatingOut
    completed_orders: Annotated[Count, Field(description="As the seller.")]

    @classmethod
    def of(cls, account: Account, photos: PhotoLinks) -> Self:
        """What a person sees of their own account."""
        return cls(
            **card_of(account, photos, AS_WRITTEN),
            email=account.email,
            language=Language(account.language),
            time_zone=account.time_zone,
            country=account.country,
            phone=account.phone,
            roles=[StaffRole(role) for role in account.roles],
            created_at=account.created_at,
            rating=RatingOut.of(account),
            completed_orders=account.completed_orders,
        )


Document = Annotated[dict[str, Any], Field(max_length=1000)]


class ExportOut(Output):
    """Everything held about a person (RGPD). Each part of the house adds a member of its own."""

    model_config = ConfigDict(extra="allow")

    account: Annotated[Document, Field(description="The account with its profile, as it is stored.")]
    addresses: Annotated[list[Document], Field(max_length=1000, description="The address book, as it is stored.")]
    sessions: Annotated[
        list[Document], Field(max_length=100_000, description="Every session, with its network address and browser.")
    ]
    notification_preferences: Annotated[Document, Field(description="The chosen channels of each topic.")]
