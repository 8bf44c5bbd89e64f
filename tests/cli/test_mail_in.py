"""`orderhub mail-in`, as a mail server's pipe calls it: what its exit status says."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from orderhub.domain.files.models import File
from orderhub.domain.replies.models import InboundMail
from orderhub.infra.database import Database
from tests.cli.running import PATIENCE, Serve, environment
from tests.domain.replies.letters import letter, raw, with_pdf

MAIL = raw(with_pdf(letter()))
Pipe = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def pipe(tmp_path: Path) -> Pipe:
    """Runs the command with these bytes on its standard input."""

    def run(mail: bytes, **settings: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "orderhub.cli", "mail-in", "--data-dir", str(tmp_path / "hub")],
            cwd=tmp_path,
            env=environment(settings),
            input=mail,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )

    return run


async def test_a_mail_is_recorded_once_and_its_file_kept(
    pipe: Pipe, database: Database, database_url: str, tmp_path: Path
) -> None:
    first, again = pipe(MAIL, database_url=database_url), pipe(b"From mx\n" + MAIL, database_url=database_url)
    assert [(done.returncode, done.stdout.split()[-1]) for done in (first, again)] == [
        (0, b"recorded"),
        (0, b"repeated"),
    ]
    async with database.session() as session:
        assert (await session.scalars(select(InboundMail.subject))).all() == ["Re: Votre proforma – reçu"]
        assert (await session.scalars(select(File.name))).all() == ["reçu.pdf"]
    assert len([path for path in (tmp_path / "hub" / "files").rglob("*") if path.is_file()]) == 1


def test_what_is_no_mail_or_too_large_is_refused(pipe: Pipe, database_url: str) -> None:
    for body in (b"", b" \n\n", MAIL + b"x" * 26_000_000):
        done = pipe(body, database_url=database_url)
        assert done.returncode == 65, done.stderr
        assert done.stderr.startswith(b"orderhub: ")


@pytest.mark.parametrize(
    "trouble",
    [
        {"database_url": "postgresql://hub@127.0.0.1:1/hub"},
        {"database_url": "not a url"},
        {"database_url": "postgresql://hub@127.0.0.1:1/hub", "mode": "production"},
        {"server_port": "many"},
        {"files_url": "s3://"},
    ],
    ids=["unreachable", "misspelt", "unsafe", "unreadable", "no-storage"],
)
def test_what_is_wrong_on_our_side_is_worth_another_try(pipe: Pipe, database_url: str, trouble: dict[str, str]) -> None:
    done = pipe(MAIL, **{"database_url": database_url} | trouble)
    assert done.returncode == 75
    assert done.stderr.startswith(b"orderhub: ")
    assert b"Traceback" not in done.stderr


def test_tables_that_are_not_there_yet_are_worth_another_try(pipe: Pipe) -> None:
    done = pipe(MAIL)
    assert done.returncode == 75
    assert b"orderhub migrate" in done.stderr


def test_beside_a_server_it_uses_the_servers_database(pipe: Pipe, serve: Serve) -> None:
    serve("--no-sample-data").wait_for("is ready")
    assert [pipe(MAIL).stdout.split()[-1], pipe(MAIL).stdout.split()[-1]] == [b"recorded", b"repeated"]
