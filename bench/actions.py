"""The changes that are measured: how the product is asked for one, and the script that writes its rows.

A cycle goes back and forth without end, so that neither side runs out of orders.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.cluster import Hub
from bench.seeding import Seeded, buyers_of, orders_of, services_of

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two actions of a cycle."""

    by: str
    body: dict[str, Any]

    def token(self, order: Seeded) -> str:
        """The token of who acts."""
        return order.buyer if self.by == "buyer" else order.seller


@dataclass(frozen=True, slots=True)
class Cycle:
    """Two actions that undo each other, or one that can be repeated."""

    name: str
    title: str
    statuses: tuple[str, ...]
    there: Half
    back: Half

    @property
    def script(self) -> Path:
        """The same in plain statements."""
        return _FOLDER / f"{self.name}.pgbench.sql"

    def comes_first(self, order: Seeded) -> Half:
        """What is to be done with an order as it is now."""
        return self.back if order.pending or order.status == "revision_requested" else self.there

    def orders(self, hub: Hub) -> list[Seeded]:
        """The orders that this cycle is about."""
        return [order for order in orders_of(hub) if order.status in self.statuses]

    def lines(self, hub: Hub) -> list[str]:
        """What `posts.lua` reads."""
        return [self._line(order) for order in self.orders(hub)]

    def _line(self, order: Seeded) -> str:
        turn = 1 if self.comes_first(order) is self.there else 2
        halves = [part for half in (self.there, self.back) for part in (half.token(order), _dumped(half.body))]
        return "\t".join((f"/v1/orders/{order.shown}/transitions", str(turn), *halves))


_CENT: Final = Half("seller", {"action": "refund_part", "amount": {"amount": 1, "currency": "EUR"}})
CYCLES: Final = (
    Cycle(
        "transition",
        "status changes",
        ("delivered", "revision_requested"),
        Half("buyer", {"action": "request_revision", "message": "Plus grand, s’il vous plaît."}),
        Half("seller", {"action": "decline_revision", "reason": "C’est la taille convenue."}),
    ),
    Cycle(
        "same_status",
        "status stays",
        ("in_progress",),
        Half("buyer", {"action": "request_cancellation"}),
        Half("buyer", {"action": "withdraw_cancellation"}),
    ),
    Cycle("money", "money moves", ("in_progress",), _CENT, _CENT),
)
PLACE_SCRIPT: Final = _FOLDER / "place.pgbench.sql"


def placing_body(service: tuple[str, str]) -> dict[str, Any]:
    """What buys a service with its option."""
    listing, option = service
    return {"kind": "service", "listing_id": listing, "options": [option]}


def placing_lines(hub: Hub) -> list[str]:
    """What `posts.lua` reads to place orders: every buyer, every service."""
    services = services_of(hub)
    lines: list[str] = []
    for place, buyer in enumerate(buyers_of(hub)):
        bodies = [_dumped(placing_body(services[(place + step) % len(services)])) for step in (0, 17)]
        lines.append("\t".join(("/v1/orders", "1", buyer.token, bodies[0], buyer.token, bodies[1])))
    return lines


def answered_by(hub: Hub, operation: str) -> dict[str, str]:
    """What the newest change of the product stored under its key: values of the same size for the scripts."""
    key = f"SELECT convert_from(body, 'UTF8'), headers FROM idempotency_keys WHERE operation LIKE '{operation}' ORDER BY created_at DESC LIMIT 1"  # noqa: E501
    ((body, headers),) = hub.ask(key)
    return {"body": body, "headers": headers}


def written_by(hub: Hub, operation: str, topic: str) -> dict[str, str]:
    """The same, with what it left in the event log and in the history."""
    ((event,),) = hub.ask(f"SELECT data FROM events WHERE topic = '{topic}' ORDER BY id DESC LIMIT 1")
    ((said,),) = hub.ask("SELECT data FROM history WHERE process IN (SELECT kind FROM orders) ORDER BY at DESC LIMIT 1")
    return {**answered_by(hub, operation), "event": event, "said": said}


def placed_by(hub: Hub) -> dict[str, str]:
    """The documents of the newest order, for the script that places."""
    ((terms, details, lines),) = hub.ask("SELECT terms, details, lines FROM orders ORDER BY id DESC LIMIT 1")
    return {"terms": terms, "details": details, "lines": lines}


def _dumped(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False)


def scripts() -> Sequence[Path]:
    """Every script, for whoever checks them all."""
    return (*(cycle.script for cycle in CYCLES), PLACE_SCRIPT)
