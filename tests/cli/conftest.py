"""`orderhub` as a person runs it: a process of its own, in an empty folder, with no setting but those given."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from orderhub.infra.embedded_postgres.postmaster import find_postmaster
from tests.cli.running import PATIENCE, Answer, Orderhub, Serve, Server, environment


@pytest.fixture
def orderhub(tmp_path: Path) -> Orderhub:
    def run(*arguments: str, said_to_it: str = "", **settings: str) -> Answer:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "orderhub.cli", *arguments],
            cwd=tmp_path,
            env=environment(settings),
            input=said_to_it,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts servers; whatever still runs at the end is killed."""
    started: list[Server] = []

    def start(
        *arguments: str,
        role: str = "serve",
        data_dir: Path | None = None,
        command: Sequence[str] = (sys.executable, "-m", "orderhub.cli"),
        **settings: str,
    ) -> Server:
        folder = data_dir or tmp_path / "hub"
        port = () if role == "worker" else ("--port", "0")
        process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, role, *port, "--data-dir", str(folder), *arguments],
            cwd=folder.parent,
            env=environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(Server(folder, process))
        return started[-1]

    yield start
    for server in started:
        server.kill_everything()
        if left_over := find_postmaster(server.data_dir / "cluster"):
            left_over.stop()
