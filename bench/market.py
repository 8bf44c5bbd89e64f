"""A market as it is measured: items that are bought and haggled over, messages between the parties of orders.

How the product is asked for each, and the script that writes its rows.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from bench import actions
from bench.cluster import SQL, Hub, psql
from bench.searches import seed_listings
from bench.seeding import buyers_of, seed_lives, tokens
from orderhub.kit.ids import show_id

_FOLDER: Final = Path(__file__).parent
_MOST_REQUESTS: Final = 10_000
"""As many among many listings as among few, so that both are asked alike; more than any run sends."""
_MESSAGE: Final = {"text": "Bonjour, quand part-elle ?"}


@dataclass(frozen=True, slots=True)
class Request:
    """A path, and twice a token and a body, which take turns."""

    path: str
    halves: tuple[tuple[str, Mapping[str, Any]], tuple[str, Mapping[str, Any]]]

    @property
    def line(self) -> str:
        """What `posts.lua` reads."""
        parts = [part for token, body in self.halves for part in (token, json.dumps(body, ensure_ascii=False))]
        return "\t".join((self.path, "1", *parts))


@dataclass(frozen=True, slots=True)
class Write:
    """One of the writes: how it is asked for, and what its script is told."""

    name: str
    title: str
    requests: Callable[[Hub], list[Request]]
    stored: Callable[[Hub], dict[str, str]]
    """What the product stored with the newest one."""
    bounds: tuple[float, float]
    """What it makes of its script at least, and what it aims at."""

    @property
    def script(self) -> Path:
        """The same in plain statements."""
        return _FOLDER / f"{self.name}.pgbench.sql"

    def lines(self, hub: Hub) -> list[str]:
        """What `posts.lua` reads, once everything is on sale again."""
        relist(hub)
        return [request.line for request in self.requests(hub)]


def seed_market(url: str, orders: int, listings: int) -> None:
    """People, open orders between them, and so many items on sale."""
    seed_lives(url, orders)
    seed_listings(url, listings)
    open_market(url)


def open_market(url: str) -> None:
    """A home of every buyer, and bounds that nobody reaches. After the people."""
    psql(url, "-f", SQL / "market.sql", "-c", "ANALYZE")


def relist(hub: Hub) -> None:
    """Everything that was ordered is on sale again, and nothing is offered."""
    psql(hub.url, "-f", SQL / "relist.sql")


def _messages(hub: Hub) -> list[Request]:
    """Both parties of every order, in turn."""
    held = tokens(hub)
    found = hub.ask(
        "SELECT conversation_id, buyer_id, seller_id FROM orders WHERE kind = 'service' ORDER BY md5(id::text)"
    )
    return [
        Request(
            f"/v1/conversations/{show_id('cnv', UUID(conversation))}/messages",
            ((held[UUID(buyer)], _MESSAGE), (held[UUID(seller)], _MESSAGE)),
        )
        for conversation, buyer, seller in found
    ]


def _offers(hub: Hub) -> list[Request]:
    """On every item that takes offers, two buyers."""
    buyers = [buyer.token for buyer in buyers_of(hub)]
    requests: list[Request] = []
    for place, (listing, price) in enumerate(_on_sale(hub, "takes_offers")):
        body = {"amount": {"amount": int(price) - 100, "currency": "EUR"}}
        first, second = (buyers[(place + step) % len(buyers)] for step in (0, 17))
        requests.append(Request(f"/v1/listings/{listing}/offers", ((first, body), (second, body))))
    return requests


def _purchases(hub: Hub) -> list[Request]:
    """Every item once, whichever half is sent."""
    buyers = [buyer.token for buyer in buyers_of(hub)]
    requests: list[Request] = []
    for place, (listing, _) in enumerate(_on_sale(hub, "state = 'active'")):
        half = buyers[place % len(buyers)], {"kind": "item", "listing_ids": [listing]}
        requests.append(Request("/v1/orders", (half, half)))
    return requests


def _on_sale(hub: Hub, which: str) -> Sequence[tuple[str, str]]:
    """Public ids and prices, in an order that no index has."""
    query = (
        f"SELECT id, price FROM listings WHERE kind = 'item' AND {which} ORDER BY md5(id::text) LIMIT {_MOST_REQUESTS}"
    )
    return [(show_id("lst", UUID(listing)), price) for listing, price in hub.ask(query)]


def _sent(hub: Hub) -> dict[str, str]:
    return actions.answered_by(hub, "%/messages") | _event(hub, "message.sent")


def _offered(hub: Hub) -> dict[str, str]:
    ((terms,),) = hub.ask("SELECT terms FROM offers ORDER BY id DESC LIMIT 1")
    return actions.answered_by(hub, "%/offers") | _event(hub, "offer.made") | {"terms": terms}


def _bought(hub: Hub) -> dict[str, str]:
    return actions.answered_by(hub, "POST /v1/orders") | _event(hub, "order.placed") | actions.placed_by(hub)


def _event(hub: Hub, topic: str) -> dict[str, str]:
    ((event,),) = hub.ask(f"SELECT data FROM events WHERE topic = '{topic}' ORDER BY id DESC LIMIT 1")
    return {"event": event}


MESSAGE: Final = Write("message", "post a message", _messages, _sent, (0.2, 0.35))
OFFER: Final = Write("offer", "make an offer", _offers, _offered, (0.2, 0.35))
BUY: Final = Write("buy", "buy an item", _purchases, _bought, (0.2, 0.35))
WRITES: Final = (MESSAGE, OFFER, BUY)
