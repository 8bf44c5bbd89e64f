"""What changes orders, carts and quotes, held against pgbench writing the same rows in plain statements, as durably."""

import itertools
import json
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench import actions, proformas, subjects
from bench.actions import Cycle
from bench.cluster import Hub
from bench.figures import LEAST, Figure, Promise
from bench.load import Load, pgbench, write_lines
from bench.reads import tail
from bench.rounds import Plan, compare
from bench.seeding import buyers_of, services_of

_PGBENCH: Final = "pgbench, same rows"
PLACE: Final = Promise("place an order", _PGBENCH, LEAST, 0.2, 0.35)
ADD: Final = Promise("add a line to a cart", _PGBENCH, LEAST, 0.2, 0.35)
ACCEPT: Final = Promise("accept a quote", _PGBENCH, LEAST, 0.2, 0.35)
_UNDER_WAY: Final = 0.5
"""Seconds in which requests that a run left behind come to an end, before the orders are looked at anew."""
_numbers: Final = itertools.count(1)


def transition(cycle: Cycle) -> Promise:
    """The promise about a transition."""
    return Promise(f"a transition ({cycle.title})", _PGBENCH, LEAST, 0.25, 0.4)


@dataclass(slots=True)
class Posts:
    """Requests that change orders: before each run the orders are looked at anew."""

    hub: Hub
    load: Load
    lines: Callable[[Hub], list[str]]

    def rate(self, seconds: float) -> float:
        """Answers a second."""
        time.sleep(_UNDER_WAY)
        write_lines(self.load.lines, self.lines(self.hub))
        return self.load.rate(seconds)


def measure(hub: Hub, folder: Path, plan: Plan) -> list[Figure]:
    """Every cycle, placing, then what carts and quotes are asked for, each with its tail."""
    figures: list[Figure] = []
    with subjects.orderhub(hub.url, folder / "api") as base:
        for cycle in actions.CYCLES:
            variables = {**act_once(hub, base, cycle), "orders": str(plan.orders)}
            posts = Posts(hub, Load(base, "posts", folder / f"{cycle.name}.txt"), cycle.lines)
            figures += _against(transition(cycle), posts, Statements(hub, cycle.script, variables), plan)
        posts = Posts(hub, Load(base, "posts", folder / "place.txt"), actions.placing_lines)
        figures += _against(PLACE, posts, Statements(hub, actions.PLACE_SCRIPT, place_once(hub, base)), plan)
        posts = Posts(hub, Load(base, "posts", folder / "add.txt"), proformas.adding_lines)
        variables = {**add_once(hub, base), "carts": str(plan.orders)}
        figures += _against(ADD, posts, Statements(hub, proformas.ADD_SCRIPT, variables), plan)
        posts = Posts(hub, Load(base, "posts", folder / "accept.txt"), proformas.accepting_lines)
        statements = Statements(hub, proformas.ACCEPT_SCRIPT, accept_once(hub, base), proformas.reissue)
        figures += _against(ACCEPT, posts, statements, plan)
    return figures


@dataclass(frozen=True, slots=True)
class Statements:
    """The same rows in plain statements."""

    hub: Hub
    script: Path
    variables: Mapping[str, str]
    prepare: Callable[[Hub], None] | None = None
    """What each run needs before it."""

    def rate(self, seconds: float) -> float:
        """Transactions a second."""
        if self.prepare is not None:
            time.sleep(_UNDER_WAY)
            self.prepare(self.hub)
        return pgbench(self.hub.url, self.script, self.variables, seconds)


def _against(promise: Promise, posts: Posts, statements: Statements, plan: Plan) -> list[Figure]:
    return [compare(plan, promise, posts.rate, statements.rate), tail(promise.path, posts.load.runs)]


def act_once(hub: Hub, base: str, cycle: Cycle) -> dict[str, str]:
    """Do the first half of a cycle; the values that the product stored with it."""
    order = next(order for order in cycle.orders(hub) if cycle.comes_first(order) is cycle.there)
    post(base, f"/v1/orders/{order.shown}/transitions", cycle.there.token(order), cycle.there.body)
    return actions.written_by(hub, "%/transitions", "order.transitioned")


def place_once(hub: Hub, base: str) -> dict[str, str]:
    """Place an order; the values that the product stored with it."""
    post(base, "/v1/orders", buyers_of(hub)[0].token, actions.placing_body(services_of(hub)[0]))
    return {**actions.written_by(hub, "POST /v1/orders", "order.placed"), **actions.placed_by(hub)}


def add_once(hub: Hub, base: str) -> dict[str, str]:
    """Add a line to a cart; the values that the product stored with it."""
    cart = proformas.started_carts_of(hub)[0]
    post(base, f"{cart.path}/lines", cart.token, proformas.new_line())
    return proformas.added_by(hub)


def accept_once(hub: Hub, base: str) -> dict[str, str]:
    """Accept a quote; the values that the product stored with it."""
    quote = proformas.quotes_of(hub)[0]
    post(base, f"{quote.path}/transitions", quote.token, proformas.ACCEPT)
    return proformas.accepted_by(hub)


def post(base: str, path: str, token: str, body: Mapping[str, Any]) -> None:
    """One request, answered with a 2xx."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"once-{next(_numbers)}",
    }
    request = urllib.request.Request(f"{base}{path}", json.dumps(body).encode(), headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - likewise
        pass
