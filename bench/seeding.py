"""Fills databases by SQL: many people, and orders as their lives left them. Bounded time, no API."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from bench.cluster import SQL, Hub, psql
from orderhub.domain.accounts.tokens import AccessTokens, Claims
from orderhub.kit.ids import show_id

ALL_OPEN: Final = 2
"""Of every two orders, two are open."""
FEW_OPEN: Final = 10
"""Of every ten orders, two are open."""
AUTH_SECRET: Final = "what-signs-the-tokens-of-a-benchmark"  # noqa: S105 - of servers that are measured and stopped
_TOKENS: Final = AccessTokens(AUTH_SECRET, timedelta(hours=2))


@dataclass(frozen=True, slots=True)
class Seeded:
    """One seeded order: its ids and its parties' tokens."""

    id: UUID
    status: str
    pending: bool
    """Whether a cancellation was asked for."""
    buyer: str
    seller: str

    @property
    def shown(self) -> str:
        """The public id."""
        return show_id("ord", self.id)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who bought."""

    id: UUID
    token: str


def seed_lives(url: str, orders: int) -> None:
    """People and open orders with all that their lives left: half in progress, half delivered."""
    psql(url, "-f", SQL / "people.sql")
    files = ("-f", SQL / "orders.sql", "-f", SQL / "lives.sql")
    psql(url, *files, "-c", "ANALYZE", options={"bench.orders": orders, "bench.per": ALL_OPEN})


def seed_lists(url: str, orders: int) -> None:
    """People and orders, four of five completed, with all that a list reads; no history, no postings."""
    psql(url, "-f", SQL / "people.sql")
    options = {"bench.orders": orders, "bench.per": FEW_OPEN}
    psql(url, "-f", SQL / "orders.sql", "-c", "VACUUM ANALYZE", options=options)


def tokens(hub: Hub) -> dict[UUID, str]:
    """A token of everybody who was seeded, good for a whole run."""
    found = hub.ask("SELECT account_id, id FROM sign_in_sessions")
    people = [(UUID(account), UUID(session)) for account, session in found]
    return {account: _TOKENS.issue(Claims(account, session, frozenset())) for account, session in people}


def orders_of(hub: Hub, most: int = 10_000) -> list[Seeded]:
    """The oldest orders as they are now, in an order that no index has."""
    held = tokens(hub)
    query = (
        "SELECT id, status, cancellation IS NOT NULL, buyer_id, seller_id FROM "
        f"(SELECT * FROM orders ORDER BY id LIMIT {most}) o ORDER BY md5(id::text)"
    )
    return [
        Seeded(UUID(order), status, pending == "t", held[UUID(buyer)], held[UUID(seller)])
        for order, status, pending, buyer, seller in hub.ask(query)
    ]


def buyers_of(hub: Hub) -> list[Buyer]:
    """Those who bought something."""
    held = tokens(hub)
    found = hub.ask("SELECT id FROM accounts WHERE handle LIKE 'awa%' ORDER BY md5(id::text)")
    return [Buyer(UUID(account), held[UUID(account)]) for (account,) in found]


def services_of(hub: Hub) -> list[tuple[str, str]]:
    """Public ids of every listing and its option."""
    found = hub.ask("SELECT listing_id, id FROM listing_options ORDER BY id")
    return [(show_id("lst", UUID(listing)), show_id("opt", UUID(option))) for listing, option in found]
