"""The scripts that changes are held against write the rows that the product writes, table by table."""

import asyncio
from collections import Counter
from pathlib import Path

import httpx
import pytest

from bench import actions, market, proformas
from bench.actions import CYCLES, Cycle, Half
from bench.cluster import Hub, run_tool
from bench.market import WRITES, Write
from bench.searches import seed_listings
from bench.seeding import buyers_of, services_of
from orderhub.kit.ids import new_id

_WATCH = """
CREATE TABLE written (relation text, change text);
CREATE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO written VALUES (TG_TABLE_NAME, TG_OP); RETURN NULL; END $$;
SELECT format(
    'CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION note_written()', relname)
FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ('written', 'alembic_version')
"""

Written = Counter[tuple[str, str]]


@pytest.fixture
def watched(hub: Hub) -> Hub:
    """A hub that notes each row that is written."""
    _watch(hub)
    return hub


def _watch(hub: Hub) -> None:
    for (statement,) in hub.ask(_WATCH):
        hub.ask(statement)


def _taken(hub: Hub) -> Written:
    """What was written since this was asked last."""
    found = Counter[tuple[str, str]]()
    for relation, change in hub.ask("DELETE FROM written RETURNING relation, change"):
        found[relation, change] += 1
    return found


async def _ask(client: httpx.AsyncClient, path: str, token: str, body: object) -> None:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())}
    answer = await client.post(path, json=body, headers=headers)
    assert answer.is_success, answer.text


async def _run_once(hub: Hub, script: Path, variables: dict[str, str]) -> None:
    given = [argument for name, value in variables.items() for argument in ("-D", f"{name}={value}")]
    options = ("-n", "-M", "prepared", "-c", "1", "-t", "1", *given, "-f", script)
    await asyncio.to_thread(run_tool, "pgbench", hub.url, *options)


@pytest.mark.parametrize("half", ["there", "back"])
@pytest.mark.parametrize("cycle", CYCLES, ids=lambda cycle: cycle.name)
async def test_a_transition(watched: Hub, client: httpx.AsyncClient, cycle: Cycle, half: str) -> None:
    order = max(cycle.orders(watched), key=lambda seeded: seeded.shown)  # the script's is the oldest
    path = f"/v1/orders/{order.shown}/transitions"
    halves: list[Half] = [cycle.there, cycle.back][: 1 if half == "there" else 2]
    ours = Counter[tuple[str, str]]()
    for act in halves:
        _taken(watched)
        await _ask(client, path, act.token(order), act.body)
        ours = _taken(watched)
    variables = actions.written_by(watched, "%/transitions", "order.transitioned") | {"orders": "2"}
    if half == "back":  # the script has one order, the oldest of its kind: take it there first
        await _run_once(watched, cycle.script, variables)
        _taken(watched)
    await _run_once(watched, cycle.script, variables)
    assert _taken(watched) == ours
    assert ours["orders", "UPDATE"] >= 1
    assert ours["events", "INSERT"] >= 1


async def test_a_placing(watched: Hub, client: httpx.AsyncClient) -> None:
    await _ask(client, "/v1/orders", buyers_of(watched)[0].token, actions.placing_body(services_of(watched)[0]))
    ours = _taken(watched)
    variables = actions.written_by(watched, "POST /v1/orders", "order.placed") | actions.placed_by(watched)
    await _run_once(watched, actions.PLACE_SCRIPT, variables)
    assert _taken(watched) == ours
    assert ours["conversation_members", "INSERT"] == 2


async def test_a_line_more(watched: Hub, client: httpx.AsyncClient) -> None:
    cart = max(proformas.started_carts_of(watched), key=lambda seeded: seeded.id)  # the script's is the first
    await _ask(client, f"{cart.path}/lines", cart.token, proformas.new_line())
    ours = _taken(watched)
    await _run_once(watched, proformas.ADD_SCRIPT, proformas.added_by(watched) | {"carts": "1"})
    assert _taken(watched) == ours
    assert ours == {("carts", "UPDATE"): 1, ("cart_lines", "INSERT"): 1, ("idempotency_keys", "INSERT"): 1}


async def test_an_acceptance(watched: Hub, client: httpx.AsyncClient) -> None:
    quote = max(proformas.quotes_of(watched), key=lambda seeded: seeded.id)  # the script's is the first
    await _ask(client, f"{quote.path}/transitions", quote.token, proformas.ACCEPT)
    ours = _taken(watched)
    await _run_once(watched, proformas.ACCEPT_SCRIPT, proformas.accepted_by(watched))
    assert _taken(watched) == ours
    assert ours["quotes", "UPDATE"] == ours["orders", "INSERT"] == 1
    assert ours["history", "INSERT"] == 2


async def test_a_quote_is_accepted_again_once_it_is_reissued(watched: Hub, client: httpx.AsyncClient) -> None:
    quote = proformas.quotes_of(watched)[0]
    for _ in range(2):
        _taken(watched)
        await _ask(client, f"{quote.path}/transitions", quote.token, proformas.ACCEPT)
        ours = _taken(watched)
        assert ours["timers", "DELETE"] == ours["timers", "INSERT"] == 2
        proformas.reissue(watched)
    assert len(proformas.quotes_of(watched)) == 40


@pytest.fixture
async def busy(hub: Hub) -> Hub:
    """The hub with items on sale, which notes each row that is written."""
    await asyncio.to_thread(seed_listings, hub.url, 40)
    await asyncio.to_thread(market.open_market, hub.url)
    _watch(hub)
    return hub


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.name)
async def test_a_write_in_the_market(busy: Hub, client: httpx.AsyncClient, write: Write) -> None:
    request = write.requests(busy)[0]
    await _ask(client, request.path, *request.halves[0])
    ours = _taken(busy)
    variables = write.stored(busy) | {"orders": "40", "listings": "40"}
    market.relist(busy)  # whichever item the product took is the script's too
    _taken(busy)
    await _run_once(busy, write.script, variables)
    assert _taken(busy) == ours
    assert ours["events", "INSERT"] == 1


async def test_an_item_is_bought_and_offered_on_again_once_it_is_relisted(busy: Hub, client: httpx.AsyncClient) -> None:
    written: list[Written] = []
    for _ in range(2):
        for write in (market.OFFER, market.BUY):
            request = write.requests(busy)[0]
            await _ask(client, request.path, *request.halves[0])
        written.append(_taken(busy))
        market.relist(busy)
        _taken(busy)
    assert written[0] == written[1]
    assert written[0]["listings", "UPDATE"] == written[0]["offers", "INSERT"] == 1
    assert len(market.BUY.requests(busy)) == 40
