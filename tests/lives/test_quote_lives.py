"""One life per ending of a quote, over HTTP; together they take every row of the table."""

from datetime import datetime
from typing import Any, Final

import pytest

from orderhub.domain.process import By, Row
from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.quotes.state import QuoteFacts
from tests.lives.hub import Hub

WHO: Final = {"Awa": By.BUYER, "Chloé": By.SUPPORT, "clock": By.CLOCK}
SAID: Final[dict[str, dict[str, Any]]] = {
    "ask_changes": {"message": "Plutôt en cuir."},
    "withdraw": {"reason": "Le fournisseur a fermé."},
    "reject": {"reason": "Nous n’achetons pas de batteries."},
}
ASKED = "-                  request      Awa    requested\n"
TAKEN = ASKED + "requested          take         Chloé  in_preparation\n"
ISSUED = TAKEN + "in_preparation     issue        Chloé  issued\n"
CHANGES = ISSUED + "issued             ask_changes  Awa    changes_requested\n"
LIVES: Final = {
    "cancelled at once": ASKED + "requested cancel Awa cancelled",
    "rejected at once": ASKED + "requested reject Chloé rejected",
    "cancelled in preparation": TAKEN + "in_preparation cancel Awa cancelled",
    "rejected in preparation": TAKEN + "in_preparation reject Chloé rejected",
    "declined": ISSUED + "issued decline Awa declined",
    "withdrawn": ISSUED + "issued withdraw Chloé withdrawn",
    "cancelled while changes are made": CHANGES + "changes_requested cancel Awa cancelled",
    "rejected for its changes": CHANGES + "changes_requested reject Chloé rejected",
    "accepted after changes, expired twice": CHANGES
    + """
changes_requested  take         Chloé  in_preparation
in_preparation     issue        Chloé  issued
issued             expire       clock  expired
expired            renew        Awa    in_preparation
in_preparation     issue        Chloé  issued
issued             expire       clock  expired
expired            renew        Chloé  in_preparation
in_preparation     issue        Chloé  issued
issued             accept       Awa    accepted
""",
}


def lines_of(life: str) -> list[list[str]]:
    """From, action, who, to: a list for each line."""
    return [line.split() for line in life.splitlines() if line.strip()]


def row_of(line: list[str]) -> Row[QuoteFacts]:
    """The row of the table that a line takes: there is exactly one."""
    start, action, who, to = line
    rows = QUOTE.rows_of(None if start == "-" else start, action)
    (found,) = (row for row in rows if WHO[who] in row.by and QUOTE.targets(row)[0].code == to)
    return found


async def take(hub: Hub, quote: Any, line: list[str]) -> Any:
    """Do what a line says; the quote afterwards, as Awa sees it."""
    start, action, who, _ = line
    if quote is None:
        return await hub.requested()
    assert quote["status"] == start, line
    if who == "clock":
        (deadline,) = quote["deadlines"]
        assert deadline["action"] == action
        await hub.world.advance_to(datetime.fromisoformat(deadline["at"]))
    elif action == "issue":
        await hub.issue(quote)
    elif action == "accept":
        order = await hub.on_quote(hub.awa, quote, "accept", 201, version=quote["current"]["n"])
        assert order["total"] == quote["current"]["content"]["total"]
    else:
        await hub.on_quote({"Awa": hub.awa, "Chloé": hub.chloe}[who], quote, action, **SAID.get(action, {}))
    return await hub.awa.ask("GET", f"/quotes/{quote['id']}")


@pytest.mark.parametrize(
    "life",
    [
        pytest.param(life, id=name.replace(" ", "-"), marks=pytest.mark.slow if name.startswith("rejected") else ())
        for name, life in LIVES.items()
    ],
)
async def test_a_life(life: str, hub: Hub) -> None:
    quote: Any = None
    lines = lines_of(life)
    for line in lines:
        quote = await take(hub, quote, line)
        assert quote["status"] == line[-1], line
    assert (quote["available_actions"], quote["deadlines"]) == ([], [])
    assert quote["final_at"] is not None
    assert (quote["order_id"] is not None) == (quote["status"] == "accepted")
    rows = (await hub.chloe.ask("GET", f"/quotes/{quote['id']}/transitions?limit=100"))["data"]
    done = [(row["from"] or "-", row["action"], row["by"], row["to"]) for row in reversed(rows)]
    assert done == [(start, action, WHO[who].value, to) for start, action, who, to in lines]
    versions = (await hub.awa.ask("GET", f"/quotes/{quote['id']}/versions"))["data"]
    issued = sum(line[1] == "issue" for line in lines)
    assert [version["n"] for version in versions] == list(range(issued, 0, -1))
    assert [version["number"][-6:] for version in versions] == [f"{n:06}" for n in range(issued, 0, -1)]
    assert len((await hub.awa.ask("GET", "/orders"))["data"]) == (quote["status"] == "accepted")


def test_every_row_is_lived() -> None:
    lived = {row_of(line).key for life in LIVES.values() for line in lines_of(life)}
    assert {row.key for row in QUOTE.rows} - lived == set()


def test_every_row_that_ends_a_quote_ends_a_life() -> None:
    ends = {row_of(lines_of(life)[-1]).key for life in LIVES.values()}
    assert ends == {row.key for row in QUOTE.rows if row.start and QUOTE.targets(row)[0].code in QUOTE.final}
