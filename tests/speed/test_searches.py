"""What a search reads doesn't grow with the listings on sale: pages of the database, counted by itself."""

import asyncio
from typing import Any, Final

import pytest
from sqlalchemy import text

from bench.cluster import SQL, psql
from bench.searches import seed_listings
from orderhub.infra.database import Database

_ARGUMENTS: Final = (
    "asked", "of_kind", "of_category", "of_brand", "of_size", "of_condition", "taking_offers", "of_seller",
    "in_currency", "at_least", "at_most", "sorted_by", "after_key", "after_id", "wanted",
)  # fmt: skip
_SEARCHES: Final[tuple[dict[str, Any], ...]] = (
    {"of_kind": "item"},
    {"asked": "robe"},
    {"asked": "ourlet"},
    {"of_brand": "marque 7"},
    {"of_size": "38", "of_condition": "good"},
    {"of_category": "shoes", "taking_offers": True},
    {"in_currency": "EUR", "sorted_by": "price", "of_category": "shoes"},
    {"in_currency": "EUR", "sorted_by": "-price", "asked": "jupe"},
    {"in_currency": "EUR", "sorted_by": "price", "at_least": 1000, "at_most": 1200},
)
_FEW, _MANY = 4_000, 40_000
_MOST: Final = 3
"""Ten times the listings: at most so many times the pages, since indexes grow a level and words get commoner."""
_SLACK: Final = 200
"""Pages."""


async def _pages(database: Database, asked: dict[str, Any]) -> int:
    """How many pages a search reads, once everything it needs of the catalog is known."""
    given = {"sorted_by": "newest", "wanted": 21} | asked
    call = ", ".join(_said(given.get(name)) for name in _ARGUMENTS)
    explain = text(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM search_listings({call})")
    async with database.session() as session:
        await session.execute(explain)
        plan: dict[str, Any] = (await session.execute(explain)).scalar_one()[0]["Plan"]
    assert plan["Actual Rows"] > 0, asked
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def _said(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else "NULL" if value is None else str(value).lower()


@pytest.mark.slow
async def test_a_search_reads_no_more_among_many(database: Database, database_url: str) -> None:
    await asyncio.to_thread(psql, database_url, "-f", SQL / "people.sql", "-c", "VACUUM ANALYZE")
    await asyncio.to_thread(seed_listings, database_url, _FEW)
    few = [await _pages(database, asked) for asked in _SEARCHES]
    await asyncio.to_thread(seed_listings, database_url, _MANY, _FEW + 1)
    many = [await _pages(database, asked) for asked in _SEARCHES]

    grown = [
        (asked, *pages)
        for asked, *pages in zip(_SEARCHES, few, many, strict=True)
        if pages[1] > _MOST * pages[0] + _SLACK
    ]
    assert grown == [], (few, many)
