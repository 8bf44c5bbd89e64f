"""Carts and quotes as they are measured: seeded, asked for, and written by scripts in plain statements."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from bench import actions
from bench.cluster import SQL, Hub, psql
from bench.seeding import tokens
from orderhub.domain.proforma.draft import DraftLine, Fee, FlatFreight, PaymentInstruction, ProformaDraft
from orderhub.domain.proforma.pricing import priced
from orderhub.kit.ids import show_id

_FOLDER: Final = Path(__file__).parent
ADD_SCRIPT: Final = _FOLDER / "add_line.pgbench.sql"
ACCEPT_SCRIPT: Final = _FOLDER / "accept.pgbench.sql"
ACCEPT: Final = {"action": "accept", "version": 1}
_FULL, _STARTED, _QUOTE = 21, 22, 25
"""The kinds of `bench_id`."""
_MOST_LINES: Final = 60
"""A cart with more is left alone: a run must not fill it."""
_numbers: Final = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Owned:
    """A cart or a quote, and the token of who asked for it."""

    id: UUID
    path: str
    token: str


def seed_carts(url: str, carts: int) -> None:
    """So many carts to add to, and a fifth as many with 20 lines to read. After the people."""
    psql(url, "-f", SQL / "carts.sql", "-c", "ANALYZE", options={"bench.carts": carts})


def seed_quotes(url: str, quotes: int) -> None:
    """So many issued quotes. After the people."""
    content = json.dumps(_content(), ensure_ascii=False)
    files = ("-f", SQL / "quotes.sql", "-f", SQL / "reissue.sql")
    psql(url, "-v", f"content={content}", *files, "-c", "ANALYZE", options={"bench.quotes": quotes})


def reissue(hub: Hub) -> None:
    """Give every quote back that was accepted."""
    psql(hub.url, "-f", SQL / "reissue.sql")


def full_carts_of(hub: Hub) -> list[Owned]:
    """The carts of 20 lines, in an order that no index has."""
    return _owned(hub, "crt", "carts", f"SELECT id, account_id FROM carts WHERE {_of_kind(_FULL)}")


def started_carts_of(hub: Hub) -> list[Owned]:
    """The carts to add to."""
    query = f"SELECT id, account_id FROM carts WHERE {_of_kind(_STARTED)} AND line_count <= {_MOST_LINES}"
    return _owned(hub, "crt", "carts", query)


def quotes_of(hub: Hub) -> list[Owned]:
    """The quotes that wait for their buyer."""
    return _owned(
        hub, "quo", "quotes", f"SELECT id, buyer_id FROM quotes WHERE {_of_kind(_QUOTE)} AND status = 'issued'"
    )


def _of_kind(kind: int) -> str:
    return f"right(split_part(id::text, '-', 3), 3) = '{kind:03x}'"


def _owned(hub: Hub, prefix: str, folder: str, query: str) -> list[Owned]:
    held = tokens(hub)
    found = [(UUID(one), UUID(owner)) for one, owner in hub.ask(f"{query} ORDER BY md5(id::text)")]
    return [Owned(one, f"/v1/{folder}/{show_id(prefix, one)}", held[owner]) for one, owner in found]


def new_line() -> dict[str, Any]:
    """A line that no cart has."""
    number = next(_numbers)
    page = f"https://boutique{1 + number % 20}.example/indigo/{number}"
    return {"name": f"Bazin indigo n° {number}", "url": page, "quantity": 2, "note": "Coupon de 5 m"}


def adding_lines(hub: Hub) -> list[str]:
    """What `posts.lua` reads to add lines: every cart in turn, never the same line twice."""
    return [_posted(f"{cart.path}/lines", cart, new_line) for cart in started_carts_of(hub)]


def accepting_lines(hub: Hub) -> list[str]:
    """What `posts.lua` reads to accept quotes: every one once."""
    reissue(hub)
    return [_posted(f"{quote.path}/transitions", quote, lambda: ACCEPT) for quote in quotes_of(hub)]


def added_by(hub: Hub) -> dict[str, str]:
    """What the newest added line stored, for the script that adds."""
    return actions.answered_by(hub, "%/lines")


def accepted_by(hub: Hub) -> dict[str, str]:
    """What the newest acceptance stored, for the script that accepts."""
    written = actions.written_by(hub, "%/transitions", "quote.accepted")
    ((placed,),) = hub.ask("SELECT data FROM events WHERE topic = 'order.placed' ORDER BY id DESC LIMIT 1")
    return {**written, **actions.placed_by(hub), "placed": placed}


def _posted(path: str, owned: Owned, body: Callable[[], dict[str, Any]]) -> str:
    bodies = [json.dumps(body(), ensure_ascii=False) for _ in range(2)]
    return "\t".join((path, "1", owned.token, bodies[0], owned.token, bodies[1]))


def _content() -> dict[str, Any]:
    """Five lines with a fee, freight and a deposit of 40 %, as the product prices them."""
    lines = tuple(_line(place) for place in range(1, 6))
    transfer = PaymentInstruction("transfer", "Virement", "IBAN FR76 3000 1007 9412 3456 7890 185")
    return priced(
        ProformaDraft(
            currency="EUR",
            lines=lines,
            fees=(Fee("Frais de service", 1_500, 2000),),
            freight=FlatFreight(4_900, 0),
            deposit_percent=40,
            valid_for=timedelta(days=7),
            purchase_by=date(2099, 12, 1),
            arrive_by=date(2099, 12, 20),
            payment_instructions=(transfer,),
        )
    )


def _line(place: int) -> DraftLine:
    shop = {"id": show_id("shp", UUID(int=place)), "name": f"Boutique {place}"}
    page = f"https://boutique{place}.example/bazin/{place}"
    note = "Coupon de 5 m, indigo"
    return DraftLine(show_id("lin", UUID(int=place)), shop, f"Bazin riche n° {place}", page, note, 2, 4_590, 2000)
