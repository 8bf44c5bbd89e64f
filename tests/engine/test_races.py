"""Two at the same instant: one wins, the other is told. Raced many times, in every order that comes up."""

import asyncio
import random
from collections import Counter
from datetime import timedelta

import pytest

from orderhub.domain.orders.engine import perform
from orderhub.domain.process import By
from orderhub.infra.business_clock import step_to
from orderhub.infra.database import Database
from orderhub.kit.errors import DomainError
from tests.engine.racing import at_once, refusals
from tests.engine.scene import Scene
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS


async def scene_at(database: Database, status: str) -> Scene:
    scene = await new_scene(database)
    await scene.place()
    await scene.go(WAYS[status])
    return scene


async def history(scene: Scene, since: int) -> list[str]:
    sql = "SELECT action FROM history WHERE subject_id = :order AND version > :since ORDER BY version"
    return [row["action"] for row in await scene.rows(sql, since=since)]


@pytest.mark.parametrize(
    ("status", "first", "second"),
    [
        ("delivered", (By.BUYER, "approve"), (By.SELLER, "cancel")),
        ("delivered", (By.BUYER, "open_dispute"), (By.SELLER, "open_dispute")),
        ("awaiting_acceptance", (By.BUYER, "cancel"), (By.SELLER, "accept")),
        ("disputed", (By.SUPPORT, "rule_split"), (By.SELLER, "cancel")),
        ("disputed", (By.BUYER, "withdraw_dispute"), (By.SUPPORT, "rule_release")),
    ],
)
async def test_two_people(
    database: Database, status: str, first: tuple[By, str], second: tuple[By, str], rounds: int
) -> None:
    for _ in range(rounds):
        scene = await scene_at(database, status)
        before = await scene.state()
        found = await at_once(scene.act(*first), scene.act(*second))
        assert len(refusals(found)) == 1
        after = await scene.state()
        assert after.version == before.version + 1
        (done,) = await history(scene, before.version)
        assert done in (first[1], second[1])
        await scene.in_order()


async def test_a_person_and_a_timer(database: Database, rounds: int) -> None:
    ends: Counter[str] = Counter()
    for _ in range(rounds * 2):
        scene = await scene_at(database, "delivered")
        timer = await scene.timer("auto_approve")
        async with database.session() as session:
            await step_to(session, timer.due)
        doings = [scene.fire(timer), scene.act(By.BUYER, "request_revision")]
        random.shuffle(doings)
        found = await at_once(*doings)
        await scene.fire(timer)
        refusals(found)
        state = await scene.state()
        ends[state.status] += 1
        assert len(await history(scene, 4)) == 1
        await scene.in_order()
    assert set(ends) <= {"completed", "revision_requested"}


async def test_a_capture_and_a_cancellation(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        scene = await scene_at(database, "awaiting_payment")
        news = await scene.news("confirm_payment")
        found = await at_once(scene.told(news), scene.act(By.BUYER, "cancel"), scene.told(news))
        assert not any(isinstance(one, BaseException) and not isinstance(one, DomainError) for one in found), found
        state = await scene.state()
        paid_back = await scene.rows("SELECT amount FROM refunds WHERE order_id = :order")
        assert (state.status, [row["amount"] for row in paid_back]) in (
            ("cancelled", [12_000]),
            ("awaiting_acceptance", []),
        )
        assert len(await scene.rows("SELECT 1 FROM payment_notifications WHERE id = :id", id=news.id)) == 1
        await scene.in_order()


async def test_two_captures_of_two_payments(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        scene = await scene_at(database, "awaiting_payment")
        news = [await scene.news("confirm_payment") for _ in range(3)]
        outcomes = await at_once(*(scene.told(one) for one in news))
        assert sorted(outcomes) == ["confirm_payment", "returned", "returned"]
        assert (await scene.state()).held == 12_000
        await scene.in_order()


async def test_an_acceptance_names_the_version_it_accepts(database: Database) -> None:
    scene = await scene_at(database, "awaiting_acceptance")
    caller, version = scene.keyed(By.SELLER, "accept", "one"), (await scene.state()).version
    await scene.act(By.BUYER, "report_problem")
    with pytest.raises(DomainError, match="version"):
        await perform(
            database, caller, scene.order_id, "accept", {}, lambda _, __: b"", expected_version=frozenset({version})
        )
    assert (await scene.state()).status == "awaiting_acceptance"


CROWD = 64
ORDERS = 4
ASKED = (
    *(
        (By.BUYER, action)
        for action in ("request_cancellation", "withdraw_cancellation", "accept_extension", "report_problem")
    ),
    *((By.SELLER, action) for action in ("request_extension", "decline_cancellation", "refund_part", "deliver")),
    *((By.BUYER, action) for action in ("request_revision", "open_dispute", "withdraw_dispute")),
    *((By.SELLER, action) for action in ("accept_revision", "decline_revision")),
    (By.SUPPORT, "close_case"),
)


@pytest.mark.parametrize("each", [3, pytest.param(30, marks=pytest.mark.slow)])
async def test_a_crowd_on_few_orders(database_url: str, each: int) -> None:
    """64 clients try everything on four orders; the ledger and every history are whole afterwards."""
    database = Database(database_url, pool=8, wait=60)
    await database.open()
    try:
        scenes = [await scene_at(database, "in_progress") for _ in range(ORDERS)]
        done: Counter[int] = Counter()

        async def client(number: int) -> None:
            chance = random.Random(number)  # noqa: S311 - which action, not a secret
            for turn in range(each):
                place = chance.randrange(ORDERS)
                by, action = chance.choice(ASKED)
                try:
                    await scenes[place].act(by, action, f"{number} {turn}")
                    done[place] += 1
                except DomainError:
                    pass

        await asyncio.gather(*(client(number) for number in range(CROWD)))
        for place, scene in enumerate(scenes):
            state = await scene.state()
            assert state.version == 3 + done[place]
            assert len(await history(scene, 3)) == done[place]
            kept = "SELECT count(*) AS n FROM idempotency_keys WHERE operation = :act"
            assert (await scene.rows(kept, act=f"act {scene.order_id}"))[0]["n"] == done[place] + 1
            await scene.in_order()
        assert sum(done.values()) > CROWD // 4
    finally:
        await database.close()


async def test_timers_and_a_crowd(database: Database) -> None:
    """While people act, every clock of theirs fires, too."""
    scenes = [await scene_at(database, "in_progress") for _ in range(3)]

    async def hurry(scene: Scene) -> None:
        for _ in range(10):
            await scene.pass_time(timedelta(hours=20))
            for timer in await scene.timers():
                if timer.due <= await scene.now():
                    await scene.fire(timer)

    async def act(scene: Scene, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - which action, not a secret
        for _ in range(15):
            by, action = chance.choice(ASKED)
            await at_once(scene.act(by, action))

    await asyncio.gather(*(hurry(scene) for scene in scenes), *(act(s, n) for s in scenes for n in range(4)))
    for scene in scenes:
        state = await scene.state()
        assert len(await history(scene, 0)) == state.version
        await scene.in_order()
