"""The search of listings on show: one statement, in the sort that is asked for.

Which listings are found is decided by the database's function ``search_listings`` (the migration of searches): up to
a thousand listings with the words are looked up and sorted; commoner words are met soon on a walk in the order of the
sort. Left to itself the planner walks for rare words, too, which means all listings. A brand, a size and a price have
an index each. What still grows with the number of listings is what several common filters leave hardly any of.
"""

import asyncio
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import accumulate
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Text, Uuid, bindparam, column, func
from sqlalchemy.types import TypeEngine

from orderhub.domain.catalog.cards import ListingHit, cards, hit
from orderhub.domain.catalog.categories import OF_KIND
from orderhub.domain.catalog.models import Listing, ListingKind
from orderhub.domain.contact_details.disclosure import to_public
from orderhub.infra.database import Database, Statement
from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.pages import Page, PageBySort, write_sort_cursor
from orderhub.kit.text import Label

_NOISE: Final = frozenset({"a", "cet", "cette", "chez", "est", "les", "meme", "sont", "vers"})
"""Words that the French stop list lacks, or has with their accents only, and nobody searches for."""


class ListingSort(StrEnum):
    """In which order listings are found."""

    NEWEST = "newest"
    CHEAPEST = "price"
    DEAREST = "-price"
    RELEVANCE = "relevance"
    """How well the words fit; of common words among the newest two hundred."""


@dataclass(frozen=True, slots=True)
class ListingFilter:
    """What is searched for; None asks nothing. Prices are in minor units of ``currency``."""

    kind: str | None = None
    q: str | None = None
    category: str | None = None
    brand: str | None = None
    size: str | None = None
    condition: str | None = None
    takes_offers: bool | None = None
    seller_id: UUID | None = None
    currency: str | None = None
    price_min: int | None = None
    price_max: int | None = None


_LISTS_NOTHING: Final = Label(
    "Ces valeurs ne vont pas ensemble : aucune annonce ne les a toutes.",
    "These values don't go together: no listing has all of them.",
)


def check_filter(asked: ListingFilter) -> None:
    """Raises InvalidError for values that no listing can have together, naming each that doesn't fit the kind."""
    pointers: list[str] = []
    if asked.kind is not None and asked.category is not None and asked.category not in OF_KIND[ListingKind(asked.kind)]:
        pointers.append("/category")
    if asked.kind == ListingKind.SERVICE or (asked.kind is None and asked.category in OF_KIND[ListingKind.SERVICE]):
        pointers += [f"/{name}" for name in ("brand", "size", "condition") if getattr(asked, name) is not None]
        pointers += ["/takes_offers"] * bool(asked.takes_offers)
    if asked.price_min is not None and asked.price_max is not None and asked.price_min > asked.price_max:
        pointers.append("/price_max")
    if pointers:
        errors = tuple(FieldError(pointer, "lists_nothing", _LISTS_NOTHING) for pointer in pointers)
        raise InvalidError(_LISTS_NOTHING, errors=errors)


_TYPES: Final[dict[str, TypeEngine[Any]]] = {
    "q": Text(),
    "kind": Text(),
    "category": Text(),
    "brand": Text(),
    "size": Text(),
    "condition": Text(),
    "takes_offers": Boolean(),
    "seller_id": Uuid(),
    "currency": Text(),
    "price_min": BigInteger(),
    "price_max": BigInteger(),
    "sort": Text(),
    "key": BigInteger(),
    "after": Uuid(),
    "limit": BigInteger(),
}
"""The arguments of the database's function ``search_listings``, in its order; null asks nothing."""

_FOUND: Final = (
    func.search_listings(*(bindparam(name, type_=kind) for name, kind in _TYPES.items()))
    .table_valued(column("found_id", Uuid()), column("found_key", BigInteger()), with_ordinality="place")
    .render_derived(name="found")
)

_QUERY: Final = cards(_FOUND, _FOUND.c.found_id).add_columns(_FOUND.c.found_key).order_by(_FOUND.c.place)
SEARCH: Final = Statement(_QUERY)
_SEARCH_WITH_TEXT: Final = Statement(_QUERY.add_columns(Listing.description))
_MOST_SEARCHED: Final = 200
"""Rows that are read once some of them turn out to be found by what is masked."""
_MOST_READ: Final = 60_000
"""Characters that are looked through for what is masked, so that no search takes long; the next page goes on."""
_TOKEN: Final = re.compile(r"[^\W_]+")


async def search_listings(database: Database, asked: ListingFilter, page: PageBySort) -> Page[ListingHit]:
    """A page of the active listings that match everything asked, in one round trip; in two where some are left out."""
    values: dict[str, Any] = {field.name: getattr(asked, field.name) for field in fields(asked)}
    values |= {"after": page.after, "key": page.key, "sort": page.sort or ListingSort.NEWEST.value}
    values |= {"limit": page.limit + 1, "q": drop_noise(asked.q) if asked.q else None}
    tokens = _tokens_like_contacts(asked.q or "")
    if not tokens:
        return _cut(await database.rows(SEARCH, values), page)
    rows = await database.rows(_SEARCH_WITH_TEXT, values)
    looked_at, seen = await asyncio.to_thread(_seen, rows, tokens)
    if len(seen) < len(rows):
        rows = await database.rows(_SEARCH_WITH_TEXT, values | {"limit": _MOST_SEARCHED})
        looked_at, seen = await asyncio.to_thread(_seen, rows, tokens)
    found = _cut(seen, page)
    if found.next_cursor is None and (len(looked_at) < len(rows) or len(rows) == _MOST_SEARCHED):
        return Page(found.data, _after(looked_at[-1], page))
    return found


def _seen(rows: Sequence[Any], tokens: frozenset[str]) -> tuple[Sequence[Any], list[Any]]:
    """The first rows, as many as may be read at once, and those of them that everybody reads the words in."""
    ends = accumulate(len(row["title"]) + len(row["description"]) for row in rows)
    looked_at = rows[: max(1, sum(end <= _MOST_READ for end in ends))]
    return looked_at, [row for row in looked_at if _is_seen(row, tokens)]


def _cut(rows: Sequence[Any], page: PageBySort) -> Page[ListingHit]:
    """A page of rows that were read with one more than it holds."""
    shown = rows[: page.limit]
    return Page([hit(dict(row)) for row in shown], _after(shown[-1], page) if len(rows) > page.limit else None)


def _after(row: Any, page: PageBySort) -> str:
    """The cursor that continues after a row."""
    return write_sort_cursor(page.sort, row["found_key"], row["id"])


def _tokens_like_contacts(asked: str) -> frozenset[str]:
    """What the words consist of that aren't letters alone: pieces of numbers, addresses and links look so."""
    return frozenset(token for word in asked.split() if not word.isalpha() for token in _tokens(word))


def _is_seen(row: Any, tokens: frozenset[str]) -> bool:
    """Whether what was searched for is in what everybody reads: a search doesn't tell what is masked."""
    written, words = f"{row['title']}\n{row['description']}", to_public((row["country"],))
    shown = f"{words.text(row['title'])}\n{words.text(row['description'])}"
    return shown == written or tokens <= _tokens(f"{shown}\n{row['brand'] or ''}")


def _tokens(text: str) -> set[str]:
    """Runs of letters and digits, without accents and in lower case."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return set(_TOKEN.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


def drop_noise(asked: str) -> str:
    """The words worth looking for; all of them, when none is."""
    words = re.split(r"\s+", asked.strip())
    kept = [word for word in words if _folded(word) not in _NOISE]
    return " ".join(kept or words)


def _folded(word: str) -> str:
    """Without accents and in lower case."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word.casefold()) if letter.isalnum())
