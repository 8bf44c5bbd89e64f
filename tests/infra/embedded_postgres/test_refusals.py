"""What the embedded PostgreSQL refuses and how it says so, and where its programs and folders are."""

import os
import subprocess
from pathlib import Path

import pytest

from orderhub.infra.embedded_postgres import (
    EmbeddedPostgresError,
    default_data_dir,
    pg_tool,
    running_owner,
    start,
)
from orderhub.infra.embedded_postgres.account import ROOT, ServerAccount, current_account
from orderhub.infra.embedded_postgres.binaries import copy_installation
from orderhub.infra.embedded_postgres.errors import failure


def test_a_folder_of_another_version_is_refused(tmp_path: Path) -> None:
    start(tmp_path, durable=False).stop()
    (tmp_path / "cluster" / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedPostgresError, match=r"made by PostgreSQL 15.*backup"):
        start(tmp_path)
    assert running_owner(tmp_path) is None


def test_a_damaged_folder_is_refused_with_the_servers_own_words(tmp_path: Path) -> None:
    start(tmp_path, durable=False).stop()
    (tmp_path / "cluster" / "global" / "pg_control").unlink()
    with pytest.raises(EmbeddedPostgresError, match="pg_control"):
        start(tmp_path)
    assert running_owner(tmp_path) is None


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "orderhub").touch()
    with pytest.raises(EmbeddedPostgresError, match=r"Can't use the folder .*--data-dir"):
        start(tmp_path / "orderhub")


def test_a_full_disk_and_a_program_that_cannot_run_are_said_plainly(tmp_path: Path) -> None:
    for said in ('could not write file "base/1": No space left on device', "HINT:  Check free disk space."):
        assert "The disk is full" in str(failure("create its data folder", said))
    with (tmp_path / "output").open("wb") as output, pytest.raises(EmbeddedPostgresError, match="can't run"):
        current_account().spawn([tmp_path / "postgres"], tmp_path, output)


def test_the_wheels_programs_run_where_they_are_and_where_they_are_copied(tmp_path: Path) -> None:
    for name in ("pg_dump", "pg_restore", "pgbench", "psql"):
        assert "18." in run(pg_tool(name), "--version")
    with pytest.raises(EmbeddedPostgresError, match="pg_nothing"):
        pg_tool("pg_nothing")

    bin_dir = Path("embedded_postgres", "pginstall", "bin")
    copy_installation(pg_tool("psql").parents[3], tmp_path / "copy")
    assert "18." in run(tmp_path / "copy" / bin_dir / "psql", "--version")
    assert "18." in run(tmp_path / "copy" / bin_dir / "postgres", "--version")


def run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def test_another_user_reaches_only_what_every_folder_above_lets_through(tmp_path: Path) -> None:
    stranger = ServerAccount(uid=4_000_000, gid=4_000_000)
    (tmp_path / "inside").mkdir(mode=0o755)
    tmp_path.chmod(0o700)
    assert current_account().can_reach(tmp_path / "inside")
    assert not stranger.can_reach(tmp_path / "inside")
    assert stranger.can_reach(Path("/"))
    assert not stranger.can_reach(Path("/nowhere/at/all"))


def test_the_default_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/home/awa/data")
    expected = "/var/lib/orderhub" if os.geteuid() == ROOT else "/home/awa/data/orderhub"
    assert default_data_dir() == Path(expected)
