"""The search of listings on show: one statement, newest first, compiled once per set of filters.

Its cost grows with the listings that match the text, since the newest of them are shown first; with
the other filters it walks an index of ids and stops at the page's end.
"""

import re
import unicodedata
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Text, Uuid, bindparam, func, select

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.infra.database import Database, Statement
from orderhub.kit.pages import Page, PageRequest, cut

_NOISE: Final = frozenset({"a", "cet", "cette", "chez", "est", "les", "meme", "sont", "vers"})
"""Words that the French stop list lacks, or has with their accents only, and nobody searches for."""


@dataclass(frozen=True, slots=True)
class ListingFilter:
    """What is searched for; None asks nothing. Prices are in minor units of ``currency``."""

    kind: str | None = None
    q: str | None = None
    category: str | None = None
    seller_id: UUID | None = None
    currency: str | None = None
    price_min: int | None = None
    price_max: int | None = None


@dataclass(frozen=True, slots=True)
class ListingHit:
    """One listing on show, with what a card of it shows."""

    id: UUID
    kind: str
    title: str
    category: str
    price: int
    currency: str
    days: int
    photo_id: UUID | None
    seller_id: UUID
    handle: str
    display_name: str
    rating_sum: int
    rating_count: int


_CONDITIONS: Final[dict[str, ColumnElement[bool]]] = {
    "kind": Listing.kind == bindparam("kind", type_=Text()),
    "q": Listing.search.bool_op("@@")(func.listing_query(bindparam("q", type_=Text()))),
    "category": Listing.category == bindparam("category", type_=Text()),
    "seller_id": Listing.seller_id == bindparam("seller_id", type_=Uuid()),
    "currency": Listing.currency == bindparam("currency", type_=Text()),
    "price_min": Listing.price >= bindparam("price_min", type_=BigInteger()),
    "price_max": Listing.price <= bindparam("price_max", type_=BigInteger()),
    "after": Listing.id < bindparam("after", type_=Uuid()),
}


async def search_listings(database: Database, asked: ListingFilter, page: PageRequest) -> Page[ListingHit]:
    """A page of the active listings that match everything asked, in one round trip."""
    names = [field.name for field in fields(asked)]
    values: dict[str, Any] = {name: getattr(asked, name) for name in names} | {"after": page.after}
    given = {name: value for name, value in values.items() if value is not None}
    if asked.q is not None:
        given["q"] = drop_noise(asked.q)
    rows = await database.rows(_statement(frozenset(given)), given | {"limit": page.limit + 1})
    return cut([ListingHit(**dict(row)) for row in rows], page.limit, lambda hit: hit.id)


@cache
def _statement(given: frozenset[str]) -> Statement:
    statement = (
        select(
            Listing.id,
            Listing.kind,
            Listing.title,
            Listing.category,
            Listing.price,
            Listing.currency,
            Listing.days,
            Listing.photo_ids[1].label("photo_id"),
            Listing.seller_id,
            Account.handle,
            Account.display_name,
            Account.rating_sum,
            Account.rating_count,
        )
        .join(Account, Account.id == Listing.seller_id)
        .where(Listing.state == ListingState.ACTIVE.value, Account.suspended_at.is_(None), Account.erased_at.is_(None))
        .where(*(_CONDITIONS[name] for name in sorted(given)))
        .order_by(Listing.id.desc())
        .limit(bindparam("limit", type_=BigInteger()))
    )
    return Statement(statement)


def drop_noise(asked: str) -> str:
    """The words worth looking for; all of them, when none is."""
    words = re.split(r"\s+", asked.strip())
    kept = [word for word in words if _folded(word) not in _NOISE]
    return " ".join(kept or words)


def _folded(word: str) -> str:
    """Without accents and in lower case."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word.casefold()) if letter.isalnum())
