"""What a card of a listing shows, read in one statement with who sells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import FromClause, Select, SQLColumnExpression, select

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import Photo, of_photo, photo_in, picture_columns, portrait_columns
from orderhub.domain.traders.conditions import trader_facts


@dataclass(frozen=True, slots=True)
class ListingHit:
    """One listing on show, with what a card of it shows."""

    id: UUID
    kind: str
    title: str
    category: str
    price: int
    currency: str
    days: int | None
    condition: str | None
    size: str | None
    brand: str | None
    takes_offers: bool
    favourite_count: int
    photo: Photo | None
    seller_photo: Photo | None
    seller_id: UUID
    handle: str
    display_name: str
    country: str
    """Of the seller, ISO 3166."""
    rating_sum: int
    rating_count: int
    trader: Mapping[str, Any] | None
    """The verified facts of a seller that is a trader."""


_COLUMNS: Final = (
    Listing.id,
    Listing.kind,
    Listing.title,
    Listing.category,
    Listing.price,
    Listing.currency,
    Listing.days,
    Listing.condition,
    Listing.size,
    Listing.brand,
    Listing.takes_offers,
    Listing.favourite_count,
    *picture_columns(File, "photo"),
    *portrait_columns(Account, "seller_photo"),
    Listing.seller_id,
    Account.handle,
    Account.display_name,
    Account.country,
    Account.rating_sum,
    Account.rating_count,
    trader_facts(Listing.seller_id).label("trader"),
)
_NAMES: Final = frozenset(ListingHit.__dataclass_fields__)


def cards(source: FromClause, listing_id: SQLColumnExpression[UUID]) -> Select[*tuple[Any, ...]]:
    """The cards of the listings that a source names."""
    return (
        select(*_COLUMNS)
        .select_from(source)
        .join(Listing, Listing.id == listing_id)
        .join(Account, Account.id == Listing.seller_id)
        .outerjoin(File, of_photo(Listing.photo_ids[1]))
    )


def hit(row: dict[str, Any]) -> ListingHit:
    """The card in a row of `cards`, whatever else stands in it."""
    kept = {name: value for name, value in row.items() if name in _NAMES}
    return ListingHit(**kept, photo=photo_in(row, "photo"), seller_photo=photo_in(row, "seller_photo"))
