"""Several who serve the same folder of the embedded PostgreSQL: one owns it, the others attach."""

import os
from pathlib import Path

from orderhub.infra.embedded_postgres import running_owner, start
from orderhub.infra.embedded_postgres.postmaster import find_postmaster
from tests.infra.embedded_postgres.served import AnotherProcess, ask, user_of
from tests.making.folders import require_open_checkout


async def test_a_second_starter_attaches_and_leaves_the_database_running(data_dir: Path) -> None:
    with start(data_dir, durable=False) as server:
        second = AnotherProcess(data_dir).wait_until_started()
        assert (second.pid, second.owner) == (server.pid, False)
        second.finish()
        assert running_owner(data_dir) == os.getpid()
        assert await ask(server.url(), "SELECT 1") == 1


def test_of_three_that_start_together_one_owns(new_dir: Path) -> None:
    starters = [AnotherProcess(new_dir) for _ in range(3)]
    for starter in starters:
        starter.wait_until_started()
    assert len({starter.pid for starter in starters}) == 1
    owners = [starter for starter in starters if starter.owner]
    assert [owner.process.pid for owner in owners] == [running_owner(new_dir)]
    for starter in sorted(starters, key=lambda starter: starter.owner):
        starter.finish()
    assert find_postmaster(new_dir / "cluster") is None


async def test_an_orphan_is_adopted_and_then_stopped(data_dir: Path) -> None:
    killed = AnotherProcess(data_dir).wait_until_started()
    await ask(killed.url, "CREATE TABLE people AS SELECT 'Bruno' AS name")
    killed.kill()
    assert running_owner(data_dir) is None

    with start(data_dir, durable=False) as server:
        assert (server.pid, server.owner) == (killed.pid, True)
        assert await ask(server.url(), "SELECT name FROM people") == "Bruno"
    assert find_postmaster(data_dir / "cluster") is None


async def test_an_orphan_that_promises_less_is_replaced(data_dir: Path) -> None:
    killed = AnotherProcess(data_dir).wait_until_started()
    killed.kill()
    with start(data_dir, durable=True) as server:
        assert server.pid != killed.pid
        assert await ask(server.url(), "SHOW fsync") == "on"


async def test_a_normal_user_serves_their_own_folder(normal_users_dir: Path) -> None:
    require_open_checkout()
    awa = AnotherProcess(normal_users_dir / "orderhub", "as_normal_user").wait_until_started()
    assert awa.owner
    assert await ask(awa.url, "SELECT 'Awa'") == "Awa"
    assert user_of(awa.pid) == user_of(normal_users_dir)
    awa.finish()

    # Whoever runs the tests, root included, may take the next turn, and the folder stays Awa's.
    with start(normal_users_dir / "orderhub", durable=False) as server:
        assert user_of(server.pid) == user_of(normal_users_dir)
    AnotherProcess(normal_users_dir / "orderhub", "as_normal_user").wait_until_started().finish()
