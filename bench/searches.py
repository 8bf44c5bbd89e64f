"""Searching very many listings by words and filters, in each sort, by itself among few."""

from pathlib import Path
from typing import Final

from bench import subjects
from bench.cluster import SQL, Cluster, psql
from bench.figures import LEAST, Figure, Promise
from bench.load import Load, write_lines
from bench.reads import tail
from bench.rounds import Plan, compare

FEW: Final = 10_000
MANY: Final = 100_000
SEARCH: Final = Promise("search 100,000 listings", "itself among 10,000", LEAST, 0.6, 0.95)
_ASKED: Final = (
    "kind=item",
    "q=robe",
    "q=robe+en+lin",
    "q=ourlet",
    "brand=marque+7",
    "size=38&condition=good",
    "category=shoes&takes_offers=true",
    "q=veste&brand=MARQUE+11",
    "sort=price&currency=EUR&category=shoes",
    "sort=-price&currency=EUR&q=jupe",
    "currency=EUR&price_min=1000&price_max=1200",
    "sort=relevance&q=robe+lin",
)
"""What people ask for: words and brands that many have, that few have, and ranges and sorts of prices."""


def measure(cluster: Cluster, folder: Path, plan: Plan) -> list[Figure]:
    """The same searches of both, and the tail among many."""
    few, many = cluster.create("few_listings"), cluster.create("many_listings")
    for hub, listings in ((few, FEW), (many, MANY)):
        psql(hub.url, "-f", SQL / "people.sql", "-c", "VACUUM ANALYZE")
        seed_listings(hub.url, listings)
    lines = write_lines(folder / "search.txt", (f"/v1/listings?{asked} -" for asked in _ASKED))
    with subjects.orderhub(many.url, folder / "many") as slow, subjects.orderhub(few.url, folder / "few") as fast:
        loads = [Load(base, "reads", lines) for base in (slow, fast)]
        return [compare(plan, SEARCH, loads[0].rate, loads[1].rate), tail(SEARCH.path, loads[0].runs)]


def seed_listings(url: str, last: int, first: int = 1) -> None:
    """Items of the sellers that there are, numbered so."""
    options = {"bench.first": first, "bench.last": last}
    psql(url, "-f", SQL / "listings.sql", "-c", "VACUUM ANALYZE listings", options=options)
