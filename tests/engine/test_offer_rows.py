"""Every row of the offer's table on PostgreSQL: what lands together, and that a fault anywhere leaves nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from orderhub.domain.offers import timers
from orderhub.domain.offers.process import OFFER, PAST
from orderhub.domain.offers.state import OfferFacts, OfferState
from orderhub.domain.process import By, Row
from orderhub.domain.requests.caller import Caller
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from tests.engine.faults import COMMIT, CONNECTION, digests, fault
from tests.engine.haggling import OFFERED, Haggling, euros, new_haggling
from tests.engine.landing import REFUSED
from tests.engine.paying import pay_with, place_with
from tests.kinds.cases import name_of

Act = Callable[[], Awaitable[Any]]
ROWS = pytest.mark.parametrize("row", OFFER.rows, ids=[name_of(row, min(row.by)) for row in OFFER.rows])
FLOORS = {"auto_accept": {"accept_from": OFFERED}, "auto_decline": {"decline_under": OFFERED + 1}}


async def ready(database: Database, row: Row[OfferFacts]) -> tuple[Haggling, Act]:
    """A scene from which a row can be taken, and the taking of it."""
    scene = await new_haggling(database, **FLOORS.get(row.action, {}))
    if row.start is None or row.action in FLOORS:
        return scene, lambda: scene.make(key="the same key")
    await scene.make()
    if row.start.code == "accepted":
        await scene.accept(scene.nadia)
    if row.action == "redeem":
        await place_with(scene, scene.offer_id, new_id())
    return scene, _taking(scene, row)


def _taking(scene: Haggling, row: Row[OfferFacts]) -> Act:
    accepted = row.start is not None and row.start.code == "accepted"
    said = {"accept": euros(OFFERED), "counter": euros(2_300)}
    match row.action:
        case "expire" | "lapse":
            return lambda: scene.ring(row.action)
        case "supersede":
            return lambda: pay_with(scene, None) if accepted else scene.reprice(2_600)
        case "redeem":
            return lambda: pay_with(scene, scene.offer_id)
        case action:
            by = scene.awa if action == "withdraw" else scene.nadia
            more: dict[str, Any] = {"amount": said[action]} if action in said else {}
            return lambda: scene.act(by, action, "the same key", **more)


@ROWS
async def test_it_lands_whole(row: Row[OfferFacts], faulty: Database) -> None:
    scene, take = await ready(faulty, row)
    answered = row.action in FLOORS
    before = 0 if row.start is None or answered else (await scene.offer()).version
    await take()
    after = await scene.offer()
    assert (after.status, after.version) == (OFFER.targets(row)[0].code, before + 1 + answered)
    await history_and_event(scene, row, after)
    await timers_are_those_of_the_table(scene, after)


@ROWS
async def test_a_fault_anywhere_leaves_nothing(row: Row[OfferFacts], faulty: Database) -> None:
    scene, take = await ready(faulty, row)
    untouched = await digests(faulty)
    for place in ("offers", "history", "events", COMMIT, CONNECTION):
        async with fault(faulty, place):
            with pytest.raises((*REFUSED, DBAPIError)):
                await take()
        assert await digests(faulty) == untouched, place
    await take()
    assert (await digests(faulty))["offers"] != untouched["offers"]
    assert (await scene.offer()).status == OFFER.targets(row)[0].code


async def history_and_event(scene: Haggling, row: Row[OfferFacts], after: OfferState) -> None:
    found = await scene.rows("SELECT * FROM history WHERE subject_id = :offer ORDER BY version", offer=after.id)
    assert [one["version"] for one in found] == steps_of(row, after)
    last = found[-1]
    start = row.start.code if row.start else ""
    assert (last["process"], last["from_status"], last["action"]) == ("offer", start, row.action)
    assert last["to_status"] == after.status
    who = {By.BUYER.value: scene.awa, By.SELLER.value: scene.nadia}
    actor: Caller | None = who.get(last["by"])
    assert last["actor_id"] == (actor and actor.account_id)
    assert By(last["by"]) in row.by
    sql = "SELECT * FROM events WHERE subject = :subject ORDER BY sequence"
    events = await scene.rows(sql, subject=show_id("off", after.id))
    assert [one["sequence"] for one in events] == steps_of(row, after)
    data = events[-1]["data"]
    assert (events[-1]["topic"], data["to"]) == (f"offer.{PAST[row.action]}", after.status)
    assert (events[-1]["first_party"], events[-1]["second_party"]) == (after.buyer_id, after.seller_id)
    assert data["offer"]["amount"] == euros(after.amount)


def steps_of(row: Row[OfferFacts], after: OfferState) -> list[int]:
    """The versions that the history has: an order that uses an offer raises its version, and is no row of its own."""
    return [step for step in range(1, after.version + 1) if row.action != "redeem" or step != after.version - 1]


async def timers_are_those_of_the_table(scene: Haggling, after: OfferState) -> None:
    now = await scene.now()
    wanted = [(t.kind, t.action, t.due) for t in timers.running(after) if not t.reminds or t.due > now]
    kept = [(one.kind, one.action, one.due) for one in await scene.timers()]
    assert sorted(kept) == sorted(wanted)
