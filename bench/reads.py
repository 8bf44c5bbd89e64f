"""Reading an order, a cart and twenty orders, held against the bare handler; listing among very many."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench import subjects
from bench.cluster import Cluster, Hub, psql
from bench.figures import LEAST, MOST, Figure, Promise
from bench.load import Load, Run, write_lines
from bench.proformas import full_carts_of
from bench.rounds import Plan, compare
from bench.seeding import buyers_of, orders_of, seed_lists

_BARE: Final = "bare FastAPI + asyncpg"
READ: Final = Promise("read an order", _BARE, LEAST, 0.4, 0.6)
LIST: Final = Promise("list 20 orders", _BARE, LEAST, 0.4, 0.6)
CART: Final = Promise("read a cart of 20 lines", _BARE, LEAST, 0.4, 0.6)
MANY: Final = Promise("list 20 among 1,000,000 orders", "itself among 10,000", LEAST, 0.8, 0.95)


def measure(hub: Hub, folder: Path, plan: Plan) -> list[Figure]:
    """Every read with its tail."""
    found: list[Figure] = []
    with subjects.orderhub(hub.url, folder / "api") as ours, subjects.bare(hub.url, folder / "bare") as other:
        for promise, (our_lines, their_lines) in _paths(hub, folder).items():
            mine, theirs = Load(ours, "reads", our_lines), Load(other, "reads", their_lines)
            found += [compare(plan, promise, mine.rate, theirs.rate), tail(promise.path, mine.runs)]
    return found


def _paths(hub: Hub, folder: Path) -> dict[Promise, tuple[Path, Path]]:
    orders = orders_of(hub)
    buyers, carts = buyers_of(hub), full_carts_of(hub)
    return {
        READ: (
            write_lines(folder / "read.txt", (f"/v1/orders/{order.shown} {order.buyer}" for order in orders)),
            write_lines(folder / "read-bare.txt", (f"/orders/{order.id} -" for order in orders)),
        ),
        LIST: (
            _newest(hub, folder),
            write_lines(folder / "list-bare.txt", (f"/orders?account={buyer.id} -" for buyer in buyers)),
        ),
        CART: (
            write_lines(folder / "cart.txt", (f"{cart.path} {cart.token}" for cart in carts)),
            write_lines(folder / "cart-bare.txt", (f"/carts/{cart.id} -" for cart in carts)),
        ),
    }


def tail(path: str, all_runs: Sequence[Run]) -> Figure:
    """The tail of a path at 16 connections, round by round; the run that warmed up aside."""
    runs = all_runs[1:]
    promise = Promise(f"p99: {path}", "its own median", MOST, 4, 2, "×")
    middle = sorted(runs, key=lambda run: run.p99 / run.p50)[len(runs) // 2]
    return Figure(promise, tuple(run.p99 / run.p50 for run in runs), f"{middle.p50:.1f} ms, p99 {middle.p99:.1f} ms")


def measure_many(cluster: Cluster, folder: Path, plan: Plan) -> list[Figure]:
    """The list among very many orders, by itself among few. Everybody has a two-hundredth of them."""
    few, many = cluster.create("few"), cluster.create("many")
    seed_lists(few.url, plan.orders)
    seed_lists(many.url, plan.many)
    psql(many.url, "-c", "CHECKPOINT")
    with subjects.orderhub(many.url, folder / "many") as slow, subjects.orderhub(few.url, folder / "few") as fast:
        loads = [Load(base, "reads", _newest(hub, folder)) for base, hub in ((slow, many), (fast, few))]
        return [compare(plan, MANY, loads[0].rate, loads[1].rate)]


def _newest(hub: Hub, folder: Path) -> Path:
    lines = (f"/v1/orders {buyer.token}" for buyer in buyers_of(hub))
    return write_lines(folder / f"list-{hub.name}.txt", lines)
