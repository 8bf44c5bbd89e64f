"""What an offer needs to know of its listing: as it is looked at, and as it is shown beside the offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Label

from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.rules import ON_SHOW
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import Photo, photo_in, picture_columns
from orderhub.domain.offers.state import ListingFacts

ON_SALE: Final = frozenset({ListingState.ACTIVE, ListingState.RESERVED})
_READ: Final = (
    "id",
    "seller_id",
    "kind",
    "state",
    "title",
    "price",
    "currency",
    "takes_offers",
    "accept_from",
    "decline_under",
    "reserved_until",
)


@dataclass(frozen=True, slots=True)
class OfferedListing:
    """A listing as an offer knows it."""

    id: UUID
    seller_id: UUID
    kind: str
    state: str
    title: str
    price: int | None
    currency: str | None
    takes_offers: bool
    accept_from: int | None
    decline_under: int | None
    reserved_until: datetime | None
    photo: Photo | None

    @property
    def is_item(self) -> bool:
        """Whether it is sold once."""
        return self.kind == ListingKind.ITEM.value

    @property
    def on_show(self) -> bool:
        """Whether anybody sees it."""
        return self.state in ON_SHOW

    def facts(self, *, seller_suspended: bool) -> ListingFacts:
        """What the guards look at."""
        on_sale = self.state in ON_SALE and not seller_suspended
        return ListingFacts(on_sale, self.accept_from, self.decline_under)


def listing_columns() -> Sequence[Label[Any]]:
    """The columns of a joined listing and its first photo's `File` that `listing_in` reads."""
    columns = [getattr(Listing, name).label(f"listing_now_{name}") for name in _READ]
    return *columns, *picture_columns(File, "shown")


def listing_in(row: Mapping[str, Any]) -> OfferedListing:
    """The listing in a row with these columns."""
    return OfferedListing(*(row[f"listing_now_{name}"] for name in _READ), photo=photo_in(row, "shown"))
