"""The commands that look after the data: migrate, staff, ledger, backup and restore."""

import asyncio
import json
import tarfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest

from tests.cli.running import Orderhub
from tests.conftest import Cluster

PASSWORD = "mangues-du-marche\n"


@pytest.fixture
async def empty_url(cluster: Cluster) -> AsyncIterator[str]:
    """The URL of a database without any table."""
    name = cluster.new_name()
    await cluster.run(f'CREATE DATABASE "{name}"')
    yield cluster.url(name)
    await cluster.drop(name)


def ask(url: str, *questions: str) -> list[object]:
    async def run() -> list[object]:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        try:
            return [await connection.fetchval(question) for question in questions]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        finally:
            await connection.close()  # pyright: ignore[reportUnknownMemberType]

    return asyncio.run(run())


def test_migrate_brings_tables_and_holidays(orderhub: Orderhub, empty_url: str) -> None:
    for _ in range(2):
        answer = orderhub("migrate", database_url=empty_url)
        assert (answer.status, answer.said.splitlines()[-1]) == (0, "The tables are up to date.")
    assert ask(empty_url, "SELECT handle FROM accounts", "SELECT count(*) > 20 FROM holidays") == ["maison", True]


def test_of_several_that_start_together_one_migrates_and_the_others_wait(orderhub: Orderhub, empty_url: str) -> None:
    with ThreadPoolExecutor(4) as starters:
        started = [starters.submit(orderhub, "migrate", database_url=empty_url) for _ in range(4)]
    answers = [each.result() for each in started]
    assert [answer.status for answer in answers] == [0] * 4, [answer.complained for answer in answers]
    assert sum("Bringing the tables" in answer.said + answer.complained for answer in answers) == 1


def test_what_needs_tables_says_how_to_get_them(orderhub: Orderhub, empty_url: str) -> None:
    answer = orderhub("ledger", "check", database_url=empty_url)
    assert answer.status == 1
    assert "run `orderhub migrate` first" in answer.complained


def test_a_database_of_another_version_is_left_alone(orderhub: Orderhub, database_url: str) -> None:
    ask(database_url, "UPDATE alembic_version SET version_num = '99_tomorrow'")
    for command in (("migrate",), ("ledger", "check")):
        answer = orderhub(*command, database_url=database_url)
        assert answer.status == 1
        assert "99_tomorrow" in answer.complained


def test_an_admin_is_made_once(orderhub: Orderhub, database_url: str) -> None:
    command = ("staff", "create", "--email", "Chloe.Marchand@example.fr", "--role", "admin", "--role", "support")
    answer = orderhub(*command, said_to_it=PASSWORD, database_url=database_url)
    assert answer.status == 0
    assert "Chloe Marchand (chloe.marchand@example.fr" in answer.said
    assert "mangues" not in answer.said + answer.complained
    assert ask(database_url, "SELECT roles FROM accounts WHERE handle <> 'maison'") == [["admin", "support"]]

    again = orderhub(*command, said_to_it=PASSWORD, database_url=database_url)
    assert again.status == 1
    assert "E-mail address taken" in again.complained


def test_a_weak_password_is_refused(orderhub: Orderhub, database_url: str) -> None:
    command = ("staff", "create", "--email", "felix@example.fr", "--role", "finance")
    answer = orderhub(*command, said_to_it="azertyuiop\n", database_url=database_url)
    assert (answer.status, "Traceback" in answer.complained) == (1, False)
    assert ask(database_url, "SELECT handle FROM accounts") == ["maison"]


def test_a_role_that_does_not_exist_is_refused(orderhub: Orderhub) -> None:
    answer = orderhub("staff", "create", "--email", "felix@example.fr", "--role", "boss")
    assert (answer.status, "'boss' is not one of" in answer.complained) == (2, True)


def owed_to_bruno(amount: int) -> str:
    return (
        "INSERT INTO postings (id, source, target, amount, currency, reason, at) "
        f"VALUES (gen_random_uuid(), 'hub:losses', 'payable:bruno', {amount}, 'EUR', 'goodwill', now())"
    )


def test_a_ledger_that_does_not_add_up_is_told(orderhub: Orderhub, database_url: str) -> None:
    assert orderhub("ledger", "check", database_url=database_url).status == 0
    by_hand = "ALTER TABLE balances DISABLE TRIGGER balances_by_hand"
    ask(database_url, by_hand, "INSERT INTO balances VALUES ('payable:bruno', 'EUR', 500)")
    answer = orderhub("ledger", "check", database_url=database_url)
    assert answer.status == 1
    assert "payable:bruno EUR: stored 500, posted 0" in answer.complained


def test_a_backup_restores_into_an_empty_place(
    orderhub: Orderhub, database_url: str, empty_url: str, tmp_path: Path
) -> None:
    photo = tmp_path / "hub" / "files" / "photos" / "logo.png"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"\x89PNG of Bruno")
    ask(
        database_url,
        owed_to_bruno(45_000),
        "INSERT INTO holidays VALUES ('2040-07-14', 'Fête nationale')",
    )
    made = orderhub("backup", "hub.tar", "--data-dir", str(tmp_path / "hub"), database_url=database_url)
    assert made.status == 0, made.complained
    assert (tmp_path / "hub.tar").stat().st_mode & 0o077 == 0

    place = ("--data-dir", str(tmp_path / "new"))
    restored = orderhub("restore", "hub.tar", *place, database_url=empty_url)
    assert restored.status == 0, restored.complained
    assert (tmp_path / "new" / "files" / "photos" / "logo.png").read_bytes() == photo.read_bytes()
    assert ask(empty_url, "SELECT label FROM holidays WHERE day = '2040-07-14'") == ["Fête nationale"]
    told = [made.said.splitlines()[-1], *restored.said.splitlines()[-2:]]
    assert len({line.partition(":")[2].strip() for line in told}) == 1

    again = orderhub("restore", "hub.tar", *place, database_url=empty_url)
    assert (again.status, "not empty" in again.complained) == (1, True)


def test_a_ledger_that_changed_has_another_checksum(orderhub: Orderhub, database_url: str, tmp_path: Path) -> None:
    ledgers: list[str] = []
    for name in ("one.tar", "two.tar", "three.tar"):
        assert orderhub("backup", name, "--data-dir", str(tmp_path / "hub"), database_url=database_url).status == 0
        with tarfile.open(tmp_path / name) as archive:
            manifest = archive.extractfile("manifest.json")
            assert manifest is not None
            ledgers.append(json.load(manifest)["ledger"])
        if name == "two.tar":
            ask(database_url, owed_to_bruno(1))
    assert ledgers[0] == ledgers[1] != ledgers[2]


def test_a_file_that_is_no_backup_is_refused(orderhub: Orderhub, empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "photo.tar").write_bytes(b"no archive at all")
    for name in ("photo.tar", "nothing.tar"):
        answer = orderhub("restore", name, "--data-dir", str(tmp_path / "hub"), database_url=empty_url)
        assert answer.status == 1
        assert f"{name} can't be read as a backup" in answer.complained


def test_a_backup_never_overwrites(orderhub: Orderhub, database_url: str, tmp_path: Path) -> None:
    (tmp_path / "kept.tar").write_text("kept")
    answer = orderhub("backup", "kept.tar", "--data-dir", str(tmp_path / "hub"), database_url=database_url)
    assert answer.status == 1
    assert (tmp_path / "kept.tar").read_text() == "kept"
