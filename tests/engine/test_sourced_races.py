"""Quotes and sourced orders, two at the same instant: one wins, the other is told. Raced many times."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from orderhub.domain.orders.kinds.sourced.details import details_of
from orderhub.domain.process import By
from orderhub.domain.quotes import engine
from orderhub.infra.business_clock import step_to
from orderhub.infra.database import Database
from orderhub.kit.errors import DomainError
from tests.engine.racing import at_once, refusals
from tests.kinds.sourced.scene import Sourced, new_sourced
from tests.kinds.sourced.ways import WAYS

MINUTE = timedelta(minutes=1)
Doing = Callable[[Sourced], Awaitable[Any]]


@pytest.fixture(params=[3, pytest.param(15, marks=pytest.mark.slow)])
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a race is run: there are many, and each round makes a quote and an order."""
    return request.param


async def issued(database: Database) -> Sourced:
    scene = await new_sourced(database)
    await scene.prepare()
    await scene.on_quote(By.SUPPORT, "issue")
    return scene


async def scene_at(database: Database, status: str) -> Sourced:
    scene = await new_sourced(database)
    await scene.place()
    await scene.go(WAYS[status])
    return scene


async def orders_of(scene: Sourced) -> int:
    return len(await scene.rows("SELECT 1 FROM orders WHERE buyer_id = :b", b=scene.callers[By.BUYER].account_id))


@pytest.mark.parametrize("before", [MINUTE, timedelta()], ids=["just-before", "at-the-instant"])
async def test_an_acceptance_and_the_end_of_the_validity(database: Database, rounds: int, before: timedelta) -> None:
    ends: Counter[str] = Counter()
    for _ in range(rounds * 2):
        scene = await issued(database)
        timer = await scene.quote_timer()
        async with database.session() as session:
            await step_to(session, timer.due - before)
        doings = [scene.on_quote(By.BUYER, "accept"), engine.fire_timer(database, timer, timer.due)]
        random.shuffle(doings)
        lost = refusals(await at_once(*doings))
        await engine.fire_timer(database, timer, timer.due)
        quote = await scene.quote()
        ends[quote.status] += 1
        assert (quote.status, len(lost), await orders_of(scene)) in (("accepted", 0, 1), ("expired", 1, 0))
        assert await scene.rows("SELECT 1 FROM timers WHERE subject_id = :quote", quote=scene.quote_id) == []
        await scene.in_order()
    assert set(ends) <= ({"accepted", "expired"} if before else {"expired"})


@pytest.mark.parametrize("keys", [("one", "two", "three"), ("one", "one", "one")], ids=["three-keys", "one-key"])
async def test_acceptances_at_once_place_one_order(database: Database, rounds: int, keys: tuple[str, ...]) -> None:
    for _ in range(rounds):
        scene = await issued(database)
        found = await at_once(*(scene.on_quote(By.BUYER, "accept", key) for key in keys))
        lost = refusals(found)
        assert await orders_of(scene) == 1
        won = [answer for answer in found if not isinstance(answer, DomainError)]
        assert len(won) + len(lost) == len(keys)
        assert len({answer.body for answer in won}) == 1
        assert len(won) == 1 or len(set(keys)) == 1
        await scene.in_order()


@pytest.mark.parametrize(
    ("by", "action"), [(By.SUPPORT, "withdraw"), (By.BUYER, "decline"), (By.BUYER, "ask_changes")], ids=str
)
async def test_an_acceptance_and_another_end(database: Database, rounds: int, by: By, action: str) -> None:
    for _ in range(rounds):
        scene = await issued(database)
        found = await at_once(scene.on_quote(By.BUYER, "accept"), scene.on_quote(by, action))
        assert refusals(found) == ["transition_not_allowed"]
        status = (await scene.quote()).status
        assert (status == "accepted") == (await orders_of(scene) == 1)


async def test_versions_issued_at_once_leave_no_gap(database: Database, rounds: int) -> None:
    """Each is asked for twice: what is refused gives its number back."""
    before = await numbers(database)
    scenes = [await new_sourced(database) for _ in range(rounds)]
    for scene in scenes:
        await scene.prepare()
    found = await at_once(*(scene.on_quote(By.SUPPORT, "issue") for scene in scenes for _ in range(2)))
    assert refusals(found) == ["transition_not_allowed"] * rounds
    after = await numbers(database)
    assert after == list(range(1, len(before) + rounds + 1))


async def numbers(database: Database) -> list[int]:
    scene = await new_sourced(database)
    found = await scene.rows("SELECT number FROM documents WHERE kind = 'proforma' ORDER BY number")
    return [int(one["number"][-6:]) for one in found]


async def approving(scene: Sourced, action: str, reference: str = "VIR 1") -> Doing:
    """Farid or a colleague of his, who has looked at the proof that is there now."""
    said = await scene.saying(action, reference=reference)
    return lambda found: found.ask(By.FINANCE, action, said)


@pytest.mark.parametrize("other", ["confirm_deposit", "reject_proof", "record_part"])
async def test_two_of_staff_look_at_one_proof(database: Database, rounds: int, other: str) -> None:
    for _ in range(rounds):
        scene = await scene_at(database, "deposit_review")
        scene.said = {"received": {"amount": 1_000, "currency": "EUR"}} if other == "record_part" else {}
        second = await approving(scene, other, f"VIR {scene.order_id} 2")
        scene.said = {}
        first = await approving(scene, "confirm_deposit", f"VIR {scene.order_id}")
        assert len(refusals(await at_once(first(scene), second(scene)))) == 1
        captured = await scene.rows("SELECT 1 FROM payments WHERE order_id = :order AND status = 'captured'")
        state = await scene.state()
        assert len(captured) == len(state.funds) == (state.held > 0)
        assert state.version == 3
        await scene.in_order()


async def test_a_card_and_an_approval(database: Database, rounds: int) -> None:
    """Whoever comes second: the proof is left to staff, or the card's money goes back whole."""
    ends: Counter[str] = Counter()
    for _ in range(rounds):
        scene = await scene_at(database, "deposit_review")
        news = await scene.news("confirm_payment")
        approve = await approving(scene, "confirm_deposit", f"VIR {scene.order_id}")
        doings = [scene.told(news), approve(scene)]
        random.shuffle(doings)
        lost = refusals(await at_once(*doings))
        state = await scene.state()
        (proof,) = await scene.rows("SELECT status FROM proofs WHERE order_id = :order")
        refunds = await scene.rows("SELECT 1 FROM refunds WHERE order_id = :order")
        cases = [one["kind"] for one in await scene.rows("SELECT kind FROM cases WHERE order_id = :order")]
        by_card = (["proof"], 0, "left", 1)
        by_hand = (["unapplied_payment"], 1, "confirmed", 0)
        assert (cases, len(refunds), proof["status"], len(lost)) in (by_card, by_hand)
        assert (state.status, state.held, len(state.funds)) == ("confirmed", details_of(state).deposit, 1)
        ends[proof["status"]] += 1
        await scene.in_order()


async def test_one_reference_for_two_orders(database: Database, rounds: int) -> None:
    for turn in range(rounds):
        scenes = [await scene_at(database, "deposit_review") for _ in range(2)]
        approvals = [await approving(scene, "confirm_deposit", f"VIR {turn}") for scene in scenes]
        doings = [approve(scene) for approve, scene in zip(approvals, scenes, strict=True)]
        assert refusals(await at_once(*doings)) == ["reference_used"]
        statuses = sorted([(await scene.state()).status for scene in scenes])
        assert statuses == ["confirmed", "deposit_review"]
        await scenes[0].in_order()


async def test_a_proof_is_replaced_while_it_is_approved(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        scene = await scene_at(database, "deposit_review")
        seen = await approving(scene, "confirm_deposit", f"VIR {scene.order_id}")
        reject = await scene.saying("reject_proof")
        another = await scene.saying("submit_proof")

        async def replace_it(
            scene: Sourced = scene, reject: dict[str, Any] = reject, another: dict[str, Any] = another
        ) -> None:
            await scene.ask(By.FINANCE, "reject_proof", reject)
            await scene.ask(By.BUYER, "submit_proof", another)

        lost = refusals(await at_once(replace_it(), seen(scene)))
        assert len(lost) == 1
        state = await scene.state()
        assert state.status in ("confirmed", "deposit_review", "awaiting_deposit")
        if state.status == "deposit_review":
            with pytest.raises(DomainError) as refused:
                await seen(scene)
            assert refused.value.extras["guard"] == "proof_replaced"
        await scene.in_order()


@pytest.mark.parametrize(
    ("status", "first", "second"),
    [
        ("deposit_review", (By.BUYER, "cancel"), (By.FINANCE, "confirm_deposit")),
        ("in_transit", (By.SUPPORT, "receive"), (By.SUPPORT, "cancel")),
        ("ready", (By.SUPPORT, "hand_over"), (By.BUYER, "open_dispute")),
        ("out_for_delivery", (By.BUYER, "confirm_receipt"), (By.BUYER, "open_dispute")),
        ("disputed", (By.ADMIN, "rule_split"), (By.BUYER, "withdraw_dispute")),
        ("arrived", (By.FINANCE, "issue_final_invoice"), (By.FINANCE, "issue_final_invoice")),
    ],
)
async def test_two_people(
    database: Database, status: str, first: tuple[By, str], second: tuple[By, str], rounds: int
) -> None:
    for _ in range(rounds):
        scene = await scene_at(database, status)
        before = await scene.state()
        said = [await scene.saying(action) for _, action in (first, second)]
        assert len(refusals(await at_once(scene.ask(*first, said[0]), scene.ask(*second, said[1])))) == 1
        after = await scene.state()
        assert after.version == before.version + 1
        await scene.in_order()


@pytest.mark.parametrize(("action", "timed"), [("accept_change", "lapse_change"), ("open_dispute", "auto_confirm")])
async def test_a_person_and_a_clock(database: Database, rounds: int, action: str, timed: str) -> None:
    for _ in range(rounds):
        scene = await scene_at(database, "confirmed" if timed == "lapse_change" else "out_for_delivery")
        if timed == "lapse_change":
            await scene.take("support propose_change")
        before, timer = await scene.state(), await scene.timer(timed)
        async with database.session() as session:
            await step_to(session, timer.due)
        doings = [scene.fire(timer), scene.act(By.BUYER, action)]
        random.shuffle(doings)
        refusals(await at_once(*doings))
        await scene.fire(timer)
        assert (await scene.state()).version == before.version + 1
        await scene.in_order()


async def test_a_carrier_and_the_buyer_say_it_at_once(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        scene = await scene_at(database, "out_for_delivery")
        before = await scene.state()
        await at_once(scene.scan(), scene.scan(), scene.act(By.BUYER, "confirm_receipt"))
        after = await scene.state()
        assert (after.status, after.version, after.released) == ("completed", before.version + 1, before.held)
        await scene.in_order()
