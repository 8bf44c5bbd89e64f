"""What people do among very many listings: held against pgbench writing the same rows, and against itself among few."""

from pathlib import Path
from typing import Final

from bench import market, subjects
from bench.cluster import Cluster, Hub
from bench.figures import LEAST, Figure, Promise, median_rate
from bench.load import Load
from bench.market import WRITES, Write
from bench.reads import tail
from bench.rounds import Plan, alternate
from bench.searches import FEW, MANY
from bench.writes import Posts, Statements, post

_PGBENCH: Final = "pgbench, same rows"
_ITSELF: Final = "itself among 10,000"


def measure(cluster: Cluster, folder: Path, plan: Plan) -> list[Figure]:
    """Every write by both, with its tail among many."""
    few, many = cluster.create("few_on_sale"), cluster.create("many_on_sale")
    for hub, listings in ((few, FEW), (many, MANY)):
        market.seed_market(hub.url, plan.orders, listings)
    figures: list[Figure] = []
    with subjects.orderhub(many.url, folder / "many") as slow, subjects.orderhub(few.url, folder / "few") as fast:
        for write in WRITES:
            ours, other = (_posts(write, hub, base, folder) for hub, base in ((many, slow), (few, fast)))
            figures += _compare(plan, write, ours, other, _statements(write, many, slow, plan))
    return figures


def _posts(write: Write, hub: Hub, base: str, folder: Path) -> Posts:
    return Posts(hub, Load(base, "posts", folder / f"{write.name}-{hub.name}.txt"), write.lines)


def _statements(write: Write, hub: Hub, base: str, plan: Plan) -> Statements:
    """The script of a write, told what the product stores when it is asked once."""
    request = write.requests(hub)[0]
    token, body = request.halves[0]
    post(base, request.path, token, body)
    sizes = {"orders": str(plan.orders), "listings": str(MANY)}
    return Statements(hub, write.script, write.stored(hub) | sizes, market.relist)


def _compare(plan: Plan, write: Write, ours: Posts, other: Posts, statements: Statements) -> list[Figure]:
    rounds = alternate(plan, statements.rate, ours.rate, other.rate)
    written, mine, few = ([each[place] for each in rounds] for place in range(3))
    return [
        _ratio(Promise(write.title, _PGBENCH, LEAST, *write.bounds), mine, written),
        _ratio(Promise(f"{write.title} among 100,000 listings", _ITSELF, LEAST, 0.8, 0.95), mine, few),
        tail(write.title, ours.load.runs),
    ]


def _ratio(promise: Promise, ours: list[float], other: list[float]) -> Figure:
    note = f"{median_rate(ours)} against {median_rate(other)}"
    return Figure(promise, tuple(mine / theirs for mine, theirs in zip(ours, other, strict=True)), note)
