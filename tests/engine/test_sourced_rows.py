"""Each row of the sourced table on PostgreSQL: everything of it lands together, or nothing at all."""

from collections.abc import Callable
from typing import Any

import pytest

from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import By, Escrow, Row
from orderhub.infra.database import Database
from tests.engine.landing import Ready, history_and_event, leaves_nothing, timers_are_those_of_the_table
from tests.engine.sourced_scene import CHARGED_BACK, Sourced, new_sourced
from tests.engine.sourced_ways import actor_of, name_of, settings_of, way_to

ALIKE = {"report_problem", "close_case", "charge_back", "win_charge_back"}
"""The same from every status: one of each is tried with every fault, the others where slow tests run too."""
SAMPLE = {
    "place",
    "submit_proof",
    "confirm_payment",
    "confirm_deposit",
    "record_part",
    "issue_final_invoice",
    "rule_split",
}
"""Tried with every fault each time; the others where slow tests run too."""


def alike(row: Row[Facts]) -> bool:
    return row.action in ALIKE and row.start is not None and row.start.code != "ready"


def rows(always: Callable[[Row[Facts]], bool], *, ever: Callable[[Row[Facts]], bool]) -> pytest.MarkDecorator:
    found = [x for x in SOURCED.rows if ever(x)]
    marked = [pytest.param(x, id=name_of(x), marks=() if always(x) else pytest.mark.slow) for x in found]
    return pytest.mark.parametrize("row", marked)


async def make_ready(database: Database, row: Row[Facts]) -> Ready[Sourced]:
    scene = await new_sourced(database, **settings_of(row))
    if row.start is None:
        await scene.prepare()
        await scene.on_quote(By.SUPPORT, "issue")
        return Ready(scene, scene.place)
    await scene.place()
    await scene.go(way_to(row))
    by = actor_of(row)
    if by is By.CLOCK:
        timer = await scene.timer(row.action)
        return Ready(scene, lambda: scene.fire(timer))
    if by is By.PROVIDER:
        news = await scene.news(row.action)
        return Ready(scene, lambda: scene.told(news))
    if by is By.TRACKING:
        return Ready(scene, scene.scan)
    part = {"received": {"amount": 1_000, "currency": "EUR"}} if row.action == "record_part" else {}
    said = await scene.saying(row.action, **part)
    return Ready(scene, lambda: scene.ask(by, row.action, said, "the same key"))


@rows(lambda row: not alike(row), ever=lambda _: True)
async def test_it_lands_whole(row: Row[Facts], faulty: Database) -> None:
    ready = await make_ready(faulty, row)
    before = await ready.scene.state() if row.start else None
    answer = await ready.take()
    after = await ready.scene.state()
    assert after.status in {status.code for status in SOURCED.targets(row)}
    assert after.version == (before.version + 1 if before else 1)
    await history_and_event(ready.scene, row, actor_of(row), after)
    await timers_are_those_of_the_table(ready.scene, after)
    if before:
        await money_moved(ready.scene, row, before, after)
        await documents_and_proofs(ready.scene, row, before, after)
    await the_same_again(ready, answer, after)
    await ready.scene.in_order()


@rows(lambda row: row.action in SAMPLE, ever=lambda row: not alike(row))
async def test_a_fault_anywhere_leaves_nothing(row: Row[Facts], faulty: Database) -> None:
    ready = await leaves_nothing(faulty, lambda: make_ready(faulty, row), "orders")
    await ready.scene.in_order()


async def money_moved(scene: Sourced, row: Row[Facts], before: OrderState, after: OrderState) -> None:
    """What the row's escrow says is what the order and the refunds say; the ledger is checked besides."""
    refunded, released = after.refunded - before.refunded, after.released - before.released
    surplus = max(before.held - after.total, 0) if row.escrow is Escrow.REFUND_SURPLUS else 0
    expected: dict[Escrow | None, tuple[int, int]] = {
        Escrow.REFUND: (before.held, 0),
        Escrow.RELEASE: (0, before.held),
        Escrow.SPLIT: (1, before.held - 1),
        Escrow.REFUND_SURPLUS: (surplus, 0),
    }
    assert (refunded, released) == expected.get(row.escrow, (0, 0))
    if row.escrow in (Escrow.HOLD, Escrow.HOLD_SURPLUS):
        assert after.held > before.held
    elif row.escrow in (Escrow.CHARGE_BACK, Escrow.RESTORE, Escrow.RESTORE_SURPLUS):
        assert abs(after.held - before.held) == CHARGED_BACK
    else:
        assert after.held == before.held - refunded - released
    refunds = await scene.rows("SELECT amount FROM refunds WHERE order_id = :order")
    assert sum(refund["amount"] for refund in refunds) == after.refunded
    pending = "SELECT 1 FROM events WHERE topic = 'refund.pending' AND first_party = :b"
    assert len(await scene.rows(pending, b=after.buyer_id)) == len(refunds)
    if after.status in SOURCED.final:
        assert after.held == 0


async def documents_and_proofs(scene: Sourced, row: Row[Facts], before: OrderState, after: OrderState) -> None:
    """An invoice where one is issued, a credit note where it is corrected; a proof's fate and its payment's."""
    kinds = [one["kind"] for one in await scene.rows("SELECT kind FROM documents WHERE order_id = :order ORDER BY id")]
    invoiced = (after.sourcing or {})["invoice"] is not None
    credited = invoiced and row.action in ("rule_refund", "rule_split")
    assert kinds == ["final_invoice"] * invoiced + ["credit_note"] * credited
    if (before.sourcing or {})["proof"] is not None or row.action == "submit_proof":
        sql = "SELECT f.status, p.status AS paid FROM proofs f JOIN payments p ON p.id = f.payment_id "
        newest = (await scene.rows(sql + "WHERE f.order_id = :order ORDER BY f.id DESC LIMIT 1"))[0]
        fates = {
            "confirm_deposit": ("confirmed", "captured"),
            "confirm_balance": ("confirmed", "captured"),
            "record_part": ("part", "captured"),
            "reject_proof": ("rejected", "awaiting_proof"),
            "confirm_payment": ("left", "under_review"),
            "cancel": ("left", "under_review"),
        }
        assert (newest["status"], newest["paid"]) == fates.get(row.action, ("under_review", "under_review"))


async def the_same_again(ready: Ready[Sourced], answer: Any, after: OrderState) -> None:
    """The same request, notification or timer again has no effect; a request is answered as it was."""
    again = await ready.take()
    if isinstance(answer, str):
        assert again == "repeated"
    elif isinstance(answer, bool):
        assert (answer, again) == (True, False)
    elif answer is not None:
        assert (again.replayed, again.status, again.body) == (True, answer.status, answer.body)
    assert await ready.scene.state() == after
