"""What happens to `orderhub serve` that nobody asked for: kills, a lost database, an impatient Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from orderhub.commands.listening import FINISH_WITHIN
from orderhub.infra.embedded_postgres.account import ROOT
from orderhub.infra.embedded_postgres.postmaster import find_postmaster
from tests.cli.running import PATIENCE, Orderhub, Serve, Server, processes_of
from tests.making.folders import NORMAL_USER, normal_users_folder, require_open_checkout

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).parents[2] / "src"


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_ready(server: Server) -> bool:
    try:
        return httpx.get(f"{server.url}/health/ready", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def listings(server: Server) -> list[str]:
    return [listing["id"] for listing in httpx.get(f"{server.url}/v1/listings?limit=100").json()["data"]]


def test_after_a_kill_of_everything_the_next_start_recovers(serve: Serve) -> None:
    server = serve().wait_for("is ready")
    before = listings(server)
    server.kill_everything()
    assert processes_of(server.data_dir) == []

    revived = serve().wait_for("is ready")
    assert is_ready(revived)
    assert listings(revived) == before
    assert revived.provider == server.provider
    revived.ask_to_stop()
    assert revived.wait() == 0


def test_after_a_kill_of_the_server_alone_nothing_is_left_running(serve: Serve) -> None:
    server = serve("--no-sample-data").wait_for("is ready")
    server.process.kill()
    server.wait()

    revived = serve("--no-sample-data").wait_for("is ready")
    assert is_ready(revived)
    revived.ask_to_stop()
    assert revived.wait() == 0
    until(lambda: processes_of(server.data_dir) == [])


def test_a_killed_database_and_a_killed_provider_come_back(serve: Serve) -> None:
    server = serve("--no-sample-data").wait_for("is ready")
    database = find_postmaster(server.data_dir / "cluster")
    assert database is not None
    os.kill(database.pid, signal.SIGKILL)
    server.wait_for("The database is gone")
    until(lambda: is_ready(server))

    for pid in processes_of(server.data_dir):
        if b"sandbox_server" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
    server.wait_for("provider ended")
    until(lambda: answers(server.provider))
    server.ask_to_stop()
    assert server.wait() == 0


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/v1/payments/none", timeout=5).status_code == 401
    except httpx.TransportError:
        return False


def test_a_second_ctrl_c_stops_at_once(serve: Serve) -> None:
    server = serve("--no-sample-data").wait_for("is ready")
    with request_without_an_end(server):
        server.ask_to_stop(signal.SIGINT)
        server.wait_for("Finishing requests")
        time.sleep(1)
        assert server.process.poll() is None, "it waits for the request"
        server.ask_to_stop(signal.SIGINT)
        asked = time.monotonic()
        assert server.wait() == 130
        assert time.monotonic() - asked < FINISH_WITHIN / 2
    assert "Traceback" not in server.said
    assert processes_of(server.data_dir) == []


@contextmanager
def request_without_an_end(server: Server) -> Generator[None]:
    """A request whose body does not come."""
    address = urlsplit(server.url)
    head = "POST /v1/accounts HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(head.encode())
        time.sleep(0.5)  # nothing tells that the server has begun to read
        yield


def test_ctrl_c_during_the_start_leaves_nothing(serve: Serve) -> None:
    server = serve("--no-sample-data").wait_for("Starting the database")
    server.ask_to_stop(signal.SIGINT)
    assert server.wait() == 130
    assert processes_of(server.data_dir) == []
    assert serve("--no-sample-data").wait_for("is ready")


def test_api_and_worker_run_apart(serve: Serve, orderhub: Orderhub) -> None:
    api = serve(role="api").wait_for("is ready")
    worker = serve(role="worker").wait_for("is ready")
    assert worker.provider == api.provider
    another = serve(role="api").wait_for("is ready")
    assert is_ready(another)

    # The owner of the database leaves; who stays takes it over, and the provider with it.
    api.ask_to_stop()
    assert api.wait() == 0
    until(lambda: is_ready(another) and answers(another.provider))
    assert orderhub("ledger", "check", "--data-dir", str(api.data_dir)).status == 0
    for server in (another, worker):
        server.ask_to_stop()
        assert server.wait() == 0
    assert processes_of(api.data_dir) == []


@pytest.fixture
def normal_users_dir() -> Iterator[Path]:
    with normal_users_folder() as folder:
        yield folder


def test_a_normal_user_serves_in_their_own_folder(serve: Serve, normal_users_dir: Path) -> None:
    require_open_checkout()
    server = serve(
        data_dir=normal_users_dir / "hub", command=(*as_normal_user(), python(), "-m", "orderhub.cli")
    ).wait_for("is ready")
    assert is_ready(server)
    assert {path.stat().st_uid for path in server.data_dir.iterdir()} == {normal_users_dir.stat().st_uid}
    server.ask_to_stop()
    assert server.wait() == 0


def as_normal_user() -> tuple[str, ...]:
    if os.geteuid() != ROOT:
        return ()
    packages = ":".join([str(SOURCE), *(path for path in sys.path if path.endswith("site-packages"))])
    drop = ("setpriv", f"--reuid={NORMAL_USER}", f"--regid={NORMAL_USER}", "--clear-groups")
    return (*drop, "env", f"PYTHONPATH={packages}")


def python() -> str:
    """A Python of this version that a normal user can run: root's own may be closed to them."""
    version = f"python3.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/local/bin/{version}", f"/usr/bin/{version}"):
        tried = subprocess.run(  # noqa: S603 - our own Pythons
            [*as_normal_user(), candidate, "-c", "import orderhub"], check=False, capture_output=True
        )
        if tried.returncode == 0:
            return candidate
    pytest.fail(f"no {version} that user {NORMAL_USER} can run, with packages that they can read")
