"""A repeated request has one effect: in parallel, after a lost answer, by whoever may no longer ask."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from orderhub.domain.orders import engine
from orderhub.domain.orders.errors import OrderNotFoundError
from orderhub.domain.process import By
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.infra.database import Database
from orderhub.infra.idempotency import KeyInUseError, KeyReusedError
from orderhub.kit.errors import UnauthenticatedError
from tests.engine.faults import digests
from tests.engine.scene import Scene, render, sign_in, sign_out
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS

TWINS = 10
ROUNDS = 4
connect: Any = asyncpg.connect  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


@pytest.fixture
async def scene(database: Database) -> Scene:
    """Bruno has delivered."""
    found = await new_scene(database)
    await found.place()
    await found.go(WAYS["delivered"])
    return found


async def perform(scene: Scene, caller: Caller, action: str = "approve") -> Answer:
    return await engine.perform(scene.database, caller, scene.order_id, action, {"reason": "Encore."}, render)


async def in_parallel(ask: Callable[[], Awaitable[Answer]]) -> tuple[list[Answer], int]:
    """The answers, and how many were told that the first still runs."""
    found = await asyncio.gather(*(ask() for _ in range(TWINS)), return_exceptions=True)
    told = Counter(type(one) for one in found)
    assert set(told) <= {Answer, KeyInUseError}, found
    return [one for one in found if isinstance(one, Answer)], told[KeyInUseError]


async def test_in_parallel_an_action_has_one_effect(scene: Scene) -> None:
    for number in range(ROUNDS):
        before = (await scene.state()).version
        caller = scene.keyed(By.BUYER, "act", f"key {number}")
        answers, refused = await in_parallel(lambda caller=caller: perform(scene, caller, "report_problem"))
        assert (await scene.state()).version == before + 1
        assert [answer.replayed for answer in answers].count(False) == 1
        assert len({(answer.status, answer.body) for answer in answers}) == 1
        assert len(answers) + refused == TWINS
        assert (await perform(scene, caller, "report_problem")).replayed


async def test_in_parallel_an_order_is_placed_once(scene: Scene) -> None:
    for number in range(ROUNDS):
        answers, refused = await in_parallel(lambda key=f"place {number}": scene.place(key))
        assert [answer.replayed for answer in answers].count(False) == 1
        assert len({answer.headers["Location"] for answer in answers}) == 1
        assert len(answers) + refused == TWINS
    assert (await scene.rows("SELECT count(*) AS n FROM orders"))[0]["n"] == ROUNDS + 1


async def test_the_same_key_with_another_body(scene: Scene) -> None:
    await perform(scene, scene.keyed(By.BUYER, "act", "one"))
    with pytest.raises(KeyReusedError):
        await perform(scene, scene.keyed(By.BUYER, "act", "one", b"+" * 32))
    assert (await scene.state()).version == 5


async def test_the_same_key_is_another_request_elsewhere(scene: Scene) -> None:
    """A key belongs to one account and one operation."""
    await perform(scene, scene.keyed(By.BUYER, "act", "one"), "report_problem")
    assert not (await perform(scene, scene.keyed(By.SELLER, "act", "one"), "report_problem")).replayed
    assert not (await perform(scene, scene.keyed(By.BUYER, "other act", "one"), "report_problem")).replayed


async def test_a_refusal_is_not_kept(scene: Scene) -> None:
    caller = scene.keyed(By.BUYER, "act", "one")
    with pytest.raises(Exception, match="not possible"):
        await perform(scene, caller, "withdraw_dispute")
    assert not (await perform(scene, caller, "approve")).replayed


async def test_a_replay_commits_a_write(scene: Scene) -> None:
    caller = scene.keyed(By.BUYER, "act", "one")
    first = await perform(scene, caller)
    for number in range(1, 4):
        position = (await scene.rows("SELECT pg_current_wal_insert_lsn() AS at"))[0]["at"]
        again = await perform(scene, caller)
        assert (again.body, again.status, again.replayed) == (first.body, first.status, True)
        assert (await scene.rows("SELECT pg_current_wal_insert_lsn() > CAST(:p AS pg_lsn) AS on", p=position))[0]["on"]
        kept = await scene.rows("SELECT replays FROM idempotency_keys WHERE key = 'one'")
        assert kept[0]["replays"] == number


async def test_a_replay_of_a_signed_out_session_is_refused(scene: Scene) -> None:
    caller = scene.keyed(By.BUYER, "act", "one")
    await perform(scene, caller)
    await sign_out(scene.database, caller)
    with pytest.raises(UnauthenticatedError):
        await perform(scene, caller)
    with pytest.raises(UnauthenticatedError):
        await scene.place()


async def test_a_replay_for_whoever_may_no_longer_see_it_finds_nothing(scene: Scene) -> None:
    await scene.act(By.BUYER, "open_dispute")
    chloe = scene.keyed(By.SUPPORT, "act", "one")
    await engine.perform(scene.database, chloe, scene.order_id, "rule_release", {"decision": "Conforme."}, render)
    with pytest.raises(OrderNotFoundError):
        await perform(scene, replace(chloe, roles=frozenset()), "rule_release")
    stranger = replace(await sign_in(scene.database, "zoe"), key=chloe.key)
    with pytest.raises(OrderNotFoundError):
        await perform(scene, stranger)


async def test_signed_out_between_reading_and_writing(scene: Scene) -> None:
    """The session is looked at once more by the statement that writes."""
    caller, before = scene.keyed(By.BUYER, "act", "one"), await scene.state()

    def sign_out_meanwhile(*_: Any) -> bytes:
        in_another_thread(lambda: sign_out_by(scene, caller))
        return b"{}"

    with pytest.raises(UnauthenticatedError):
        await engine.perform(scene.database, caller, scene.order_id, "approve", {}, sign_out_meanwhile)
    assert await scene.state() == before


async def test_a_connection_lost_between_reading_and_writing(scene: Scene) -> None:
    caller, before = scene.keyed(By.BUYER, "act", "one"), await digests(scene.database)

    def hang_up(*_: Any) -> bytes:
        in_another_thread(lambda: hang_up_all(scene))
        return b"{}"

    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError)):
        await engine.perform(scene.database, caller, scene.order_id, "approve", {}, hang_up)
    await scene.database.engine.dispose()
    assert await digests(scene.database) == before
    assert not (await perform(scene, caller)).replayed
    await scene.in_order()


def in_another_thread(work: Callable[[], Awaitable[None]]) -> None:
    """Something that happens while the engine stands between its two statements."""

    async def run() -> None:
        await work()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, run()).result()


async def sign_out_by(scene: Scene, caller: Caller) -> None:
    connection = await connect(scene.database.dsn)
    await connection.execute("UPDATE sign_in_sessions SET revoked_at = now() WHERE id = $1", caller.session_id)
    await connection.close()


async def hang_up_all(scene: Scene) -> None:
    connection = await connect(scene.database.dsn)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()
