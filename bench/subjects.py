"""What is measured: a server process each, started alike and pinned alike."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.cluster import dsn_of, pinned
from bench.seeding import AUTH_SECRET

SUBJECT_CORE: Final = 0
"""Every measured process runs here, alone; PostgreSQL takes what it needs of both cores."""
LOAD_CORE: Final = 1
SHARED: Final = Path(__file__).parents[2] / "shared" / "bench"
"""Servers that bound what a machine can do, where they are present."""
_ROOT: Final = Path(__file__).parents[1]
_UVICORN: Final = (
    "-m",
    "uvicorn",
    "--loop",
    "uvloop",
    "--http",
    "httptools",
    "--no-access-log",
    "--log-level",
    "warning",
)
_PATIENCE: Final = 20.0
_AS_DELIVERED: Final = {
    "ORDERHUB_AUTH_SECRET": AUTH_SECRET,
    # Limits count every request, as delivered, and are too high to be reached.
    "ORDERHUB_LIMITS_PER_ACCOUNT": "100000000",
    "ORDERHUB_LIMITS_PER_ADDRESS": "100000000",
    # Nobody pays here: no provider is started beside the API.
    "ORDERHUB_PAYMENTS_URL": "http://127.0.0.1:9",
}


@contextmanager
def orderhub(url: str, folder: Path) -> Generator[str]:
    """OrderHub's API as `orderhub api` serves it; its base URL."""
    port = free_port()
    command = ("-m", "orderhub.cli", "api", "--port", str(port), "--data-dir", str(folder))
    with _serving(command, port, {**_AS_DELIVERED, "ORDERHUB_DATABASE_URL": url}, folder) as base:
        yield base


@contextmanager
def bare(url: str, folder: Path) -> Generator[str]:
    """The bare handler beside this file."""
    port = free_port()
    command = (*_UVICORN, "--port", str(port), "bench.bare:app")
    with _serving(command, port, {"BENCH_DSN": dsn_of(url)}, folder) as base:
        yield base


@contextmanager
def limit(url: str, folder: Path) -> Generator[str]:
    """The shared FastAPI server that bounds the bare handler."""
    port = free_port()
    command = (*_UVICORN, "--port", str(port), "--app-dir", str(SHARED), "limit_app:fast")
    # Its JSON library is not among our dependencies; msgspec, as fast, stands in for it.
    environment = {
        "LIMIT_DSN": dsn_of(url),
        "LIMIT_POOL": "10",
        "PYTHONPATH": os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(_ROOT / "bench" / "standins")))),
    }
    with _serving(command, port, environment, folder) as base:
        yield base


@contextmanager
def _serving(arguments: tuple[str, ...], port: int, environment: Mapping[str, str], folder: Path) -> Generator[str]:
    base = f"http://127.0.0.1:{port}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "output.log").open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own programs
            (*pinned(SUBJECT_CORE), sys.executable, *arguments),
            cwd=_ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(f"{base}/health/live", process, folder / "output.log")
        yield base
    finally:
        stop(process)


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the server answers with a 200 or a 404. Raises RuntimeError with the end of its log."""
    deadline = time.monotonic() + _PATIENCE
    while not answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{process.args!r} doesn't answer:\n{log.read_text()[-4000:]}")
        time.sleep(0.005)


def answers(url: str) -> bool:
    """Whether somebody answers there."""
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - a loopback URL of ours
            return True
    except urllib.error.HTTPError as answer:
        return answer.code == 404
    except OSError:
        return False


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask a process to end, and wait for it."""
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
