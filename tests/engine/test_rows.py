"""Each row of every kind's table on PostgreSQL: everything of it lands together, or nothing at all."""

from typing import Any

from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import Escrow
from orderhub.infra.database import Database
from tests.engine.landing import Ready, history_and_event, leaves_nothing, make_ready, timers_are_those_of_the_table
from tests.engine.scene import Scene
from tests.kinds.cases import Case, each_case


@each_case(slow=lambda case: case.recipe.alike(case.row))
async def test_it_lands_whole(case: Case, faulty: Database) -> None:
    ready, table = await make_ready(faulty, case), case.recipe.table
    before = await ready.scene.state() if case.row.start else None
    answer = await ready.take()
    after = await ready.scene.state()
    assert after.status in {status.code for status in table.targets(case.row)}
    assert after.version == (before.version + 1 if before else 1)
    await history_and_event(ready.scene, case.row, case.by, after)
    await timers_are_those_of_the_table(ready.scene, after)
    if before:
        await money_moved(ready.scene, case, before, after)
        kinds = await ready.scene.rows("SELECT kind FROM documents WHERE order_id = :order ORDER BY id")
        assert [one["kind"] for one in kinds] == list(case.recipe.documents(after, case.row))
        await case.recipe.landed(ready.scene, case.row, before, after)
    await the_same_again(ready, answer, after)
    await ready.scene.in_order()


@each_case(
    ever=lambda case: case.is_first and not case.recipe.alike(case.row),
    slow=lambda case: case.row.action not in case.recipe.sample,
)
async def test_a_fault_anywhere_leaves_nothing(case: Case, faulty: Database) -> None:
    ready = await leaves_nothing(faulty, lambda: make_ready(faulty, case), "orders")
    await ready.scene.in_order()


async def money_moved(scene: Scene, case: Case, before: OrderState, after: OrderState) -> None:
    """What the row's escrow says is what the order and the refunds say; the ledger is checked besides."""
    escrow = case.row.escrow
    refunded, released = after.refunded - before.refunded, after.released - before.released
    surplus = max(before.held - after.total, 0) if escrow is Escrow.REFUND_SURPLUS else 0
    fee = max(before.held - (before.total - before.fee), 0) if before.fee else 0
    expected: dict[Escrow | None, tuple[int, int]] = {
        Escrow.REFUND: (before.held, 0),
        Escrow.REFUND_PART: (1, 0),
        Escrow.RELEASE: (0, before.held),
        Escrow.SPLIT: (1 + fee, before.held - 1 - fee),
        Escrow.RELEASE_SHIPPING: (before.held - before.shipping, before.shipping),
        Escrow.REFUND_SURPLUS: (surplus, 0),
    }
    assert (refunded, released) == expected.get(escrow, (0, 0))
    if escrow in (Escrow.HOLD, Escrow.HOLD_SURPLUS):
        assert after.held > before.held
    elif escrow in (Escrow.CHARGE_BACK, Escrow.RESTORE, Escrow.RESTORE_SURPLUS):
        assert abs(after.held - before.held) == scene.charged_back
    else:
        assert after.held == before.held - refunded - released
    refunds = await scene.rows("SELECT amount FROM refunds WHERE order_id = :order")
    assert sum(refund["amount"] for refund in refunds) == after.refunded
    pending = "SELECT 1 FROM events WHERE topic = 'refund.pending' AND first_party = :b"
    assert len(await scene.rows(pending, b=after.buyer_id)) == len(refunds)
    if after.status in case.recipe.table.final:
        assert after.held == 0


async def the_same_again(ready: Ready[Scene], answer: Any, after: OrderState) -> None:
    """The same request, notification or timer again has no effect; a request is answered as it was."""
    again = await ready.take()
    if isinstance(answer, str):
        assert again == "repeated"
    elif isinstance(answer, bool):
        assert (answer, again) == (True, False)
    elif answer is not None:
        assert (again.replayed, again.status, again.body) == (True, answer.status, answer.body)
        assert again.headers["ETag"] == f'"{after.version}"'
    assert await ready.scene.state() == after
