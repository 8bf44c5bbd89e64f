"""Each row of the quote's table on PostgreSQL: everything of it lands together, or nothing at all."""

import pytest

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.process import By, Row
from orderhub.domain.quotes import engine, timers
from orderhub.domain.quotes.process import PAST, QUOTE
from orderhub.domain.quotes.state import QuoteFacts, QuoteState
from orderhub.infra.business_clock import step_to
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.engine.landing import Ready, leaves_nothing
from tests.kinds.cases import actor_of, name_of
from tests.kinds.sourced.scene import Sourced, new_sourced
from tests.making.quotes import add_quote

TAKEN = [row for row in QUOTE.rows if row.start]
"""`request` closes a cart besides: see tests/api/quotes."""
WAYS: dict[str, tuple[str, ...]] = {
    "requested": ("requested",),
    "in_preparation": (),
    "issued": ("issue",),
    "changes_requested": ("issue", "ask_changes"),
    "expired": ("issue", "expire"),
}
"""From a quote that is priced to each status."""


ROWS = pytest.mark.parametrize("row", TAKEN, ids=[name_of(row, actor_of(row)) for row in TAKEN])
FAULTY_ROWS = pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=name_of(row, actor_of(row)),
            marks=() if row.action in ("issue", "accept", "expire") else pytest.mark.slow,
        )
        for row in TAKEN
    ],
)


async def make_ready(database: Database, row: Row[QuoteFacts]) -> Ready[Sourced]:
    scene = await new_sourced(database)
    assert row.start is not None
    if row.start.code == "requested":
        async with database.session() as session:
            scene.quote_id = (await add_quote(session, scene.callers[By.BUYER].account_id, now=await scene.now())).id
    else:
        await scene.prepare()
        for action in WAYS[row.start.code]:
            if action == "expire":
                await scene.expire()
            else:
                await scene.on_quote(By.SUPPORT if action == "issue" else By.BUYER, action)
    by = actor_of(row)
    if by is not By.CLOCK:
        return Ready(scene, lambda: scene.on_quote(by, row.action, "the same key"))
    timer = await scene.quote_timer()
    async with database.session() as session:
        await step_to(session, timer.due)
    return Ready(scene, lambda: engine.fire_timer(database, timer, timer.due))


@ROWS
async def test_it_lands_whole(row: Row[QuoteFacts], faulty: Database) -> None:
    ready = await make_ready(faulty, row)
    before = await ready.scene.quote()
    answer = await ready.take()
    after = await ready.scene.quote()
    assert (after.status, after.version) == (QUOTE.targets(row)[0].code, before.version + 1)
    await history_and_event(ready.scene, row, after)
    await timers_are_those_of_the_table(ready.scene, after)
    await versions_and_orders(ready.scene, row, before, after)
    again = await ready.take()
    if answer is not None:
        assert (again.replayed, again.status, again.body) == (True, answer.status, answer.body)
    assert await ready.scene.quote() == after
    await ready.scene.in_order()


@FAULTY_ROWS
async def test_a_fault_anywhere_leaves_nothing(row: Row[QuoteFacts], faulty: Database) -> None:
    await leaves_nothing(faulty, lambda: make_ready(faulty, row), "quotes")


async def history_and_event(scene: Sourced, row: Row[QuoteFacts], after: QuoteState) -> None:
    assert row.start is not None
    sql = "SELECT * FROM history WHERE subject_id = :quote ORDER BY version"
    found = await scene.rows(sql, quote=scene.quote_id)
    assert [one["version"] for one in found] == list(range(1, after.version + 1))
    last, by = found[-1], actor_of(row)
    assert (last["from_status"], last["action"], last["to_status"]) == (row.start.code, row.action, after.status)
    assert (last["by"], last["actor_id"]) == (by.value, scene.callers[by].account_id if by in scene.callers else None)
    sql = "SELECT * FROM events WHERE subject = :subject ORDER BY sequence DESC LIMIT 1"
    (event,) = await scene.rows(sql, subject=show_id("quo", scene.quote_id))
    assert (event["topic"], event["sequence"]) == (f"quote.{PAST[row.action]}", after.version)
    assert (event["first_party"], event["second_party"]) == (after.buyer_id, HOUSE_ID)
    data = event["data"]
    assert (data["from"], data["to"], data["quote"]["version"]) == (row.start.code, after.status, after.version)


async def timers_are_those_of_the_table(scene: Sourced, after: QuoteState) -> None:
    sql = "SELECT kind, action, due FROM timers WHERE subject_id = :quote ORDER BY due, kind"
    kept = [(one["kind"], one["action"], one["due"]) for one in await scene.rows(sql, quote=scene.quote_id)]
    now = await scene.now()
    wanted = [(t.kind, t.action, t.due) for t in timers.running(after) if not t.reminds or t.due > now]
    assert kept == sorted(wanted, key=lambda timer: (timer[2], timer[0]))


async def versions_and_orders(scene: Sourced, row: Row[QuoteFacts], before: QuoteState, after: QuoteState) -> None:
    """An issue appends a version and its document under one number; an acceptance an order with all that is its."""
    sql = (
        "SELECT v.n, v.number, v.total, d.number AS printed, d.total AS asked FROM quote_versions v "
        "JOIN documents d ON d.quote_id = v.quote_id AND d.quote_version = v.n WHERE v.quote_id = :quote ORDER BY v.n"
    )
    issued = await scene.rows(sql, quote=scene.quote_id)
    assert len(issued) == (after.current or 0) == (before.current or 0) + (row.action == "issue")
    for one in issued:
        assert (one["number"], one["total"]) == (one["printed"], one["asked"])
    orders = await scene.rows("SELECT id, status, total FROM orders WHERE buyer_id = :buyer", buyer=after.buyer_id)
    if row.action != "accept":
        assert orders == []
        return
    assert orders == [{"id": after.order_id, "status": "awaiting_deposit", "total": after.total}]
    scene.order_id = orders[0]["id"]
    members = await scene.rows(
        "SELECT m.account_id FROM conversations c JOIN conversation_members m ON m.conversation_id = c.id "
        "WHERE c.order_id = :order"
    )
    assert {one["account_id"] for one in members} == {after.buyer_id, HOUSE_ID}
    assert "expire" in {timer.action for timer in await scene.timers()}
    assert [one["action"] for one in await scene.rows("SELECT action FROM history WHERE subject_id = :order")] == [
        "place"
    ]
