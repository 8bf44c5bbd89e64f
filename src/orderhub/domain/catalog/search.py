"""The search of listings on show: one statement, newest first.

Which listings are found is decided by the database's function ``search_listings`` (the catalog's
migration): up to a thousand listings with the words are looked up and sorted; commoner words are met
soon on a walk from the newest on. Left to itself the planner walks for rare words, too, which means all
listings. What still grows with the number of listings is a price range that hardly any of them is in.
"""

import re
import unicodedata
from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Text, Uuid, bindparam, column, func
from sqlalchemy.types import TypeEngine

from orderhub.domain.catalog.cards import ListingHit, cards, hit
from orderhub.domain.catalog.models import Listing
from orderhub.domain.contact_details.disclosure import to_public
from orderhub.infra.database import Database, Statement
from orderhub.kit.pages import Page, PageRequest, cut, write_cursor

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


_TYPES: Final[dict[str, TypeEngine[Any]]] = {
    "q": Text(),
    "kind": Text(),
    "category": Text(),
    "seller_id": Uuid(),
    "currency": Text(),
    "price_min": BigInteger(),
    "price_max": BigInteger(),
    "after": Uuid(),
    "limit": BigInteger(),
}
"""The arguments of the database's function ``search_listings``, in its order; null asks nothing."""

_FOUND: Final = (
    func.search_listings(*(bindparam(name, type_=kind) for name, kind in _TYPES.items()))
    .table_valued(column("id", Uuid()))
    .render_derived(name="found")
)

_QUERY: Final = cards(_FOUND, _FOUND.c.id).order_by(Listing.id.desc())
SEARCH: Final = Statement(_QUERY)
_SEARCH_WITH_TEXT: Final = Statement(_QUERY.add_columns(Listing.description))
_MOST_SEARCHED: Final = 200
"""Rows that are read once some of them turn out to be found by what is masked."""
_TOKEN: Final = re.compile(r"[^\W_]+")


async def search_listings(database: Database, asked: ListingFilter, page: PageRequest) -> Page[ListingHit]:
    """A page of the active listings that match everything asked, in one round trip; in two where some are left out."""
    values: dict[str, Any] = {field.name: getattr(asked, field.name) for field in fields(asked)}
    values |= {"after": page.after, "limit": page.limit + 1, "q": drop_noise(asked.q) if asked.q else None}
    tokens = _tokens_like_contacts(asked.q or "")
    if not tokens:
        rows = await database.rows(SEARCH, values)
        return cut([hit(dict(row)) for row in rows], page.limit, lambda found: found.id)
    rows = await database.rows(_SEARCH_WITH_TEXT, values)
    seen = [row for row in rows if _is_seen(row, tokens)]
    if len(seen) < len(rows):
        rows = await database.rows(_SEARCH_WITH_TEXT, values | {"limit": _MOST_SEARCHED})
        seen = [row for row in rows if _is_seen(row, tokens)]
    found = cut([hit(dict(row)) for row in seen], page.limit, lambda found: found.id)
    if found.next_cursor is None and len(rows) == _MOST_SEARCHED:
        return Page(found.data, write_cursor(rows[-1]["id"]))
    return found


def _tokens_like_contacts(asked: str) -> frozenset[str]:
    """What the words consist of that aren't letters alone: pieces of numbers, addresses and links look so."""
    return frozenset(token for word in asked.split() if not word.isalpha() for token in _tokens(word))


def _is_seen(row: Any, tokens: frozenset[str]) -> bool:
    """Whether what was searched for is in what everybody reads: a search doesn't tell what is masked."""
    written, words = f"{row['title']}\n{row['description']}", to_public((row["country"],))
    shown = f"{words.text(row['title'])}\n{words.text(row['description'])}"
    return shown == written or tokens <= _tokens(shown)


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
