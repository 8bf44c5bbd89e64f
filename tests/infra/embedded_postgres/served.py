"""What the tests of the embedded PostgreSQL need: another process that serves it, and questions."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

# Another `orderhub serve`: starts, tells what it got, and stops when its input ends.
ANOTHER_PROCESS = """
import os, sys
from pathlib import Path
from orderhub.infra.embedded_postgres import binaries, start
if os.geteuid() == 0 and sys.argv[2] == "as_normal_user":
    # Where a root's Python and packages are closed to others, take from them what is needed first.
    binaries.major_version()
    binaries.program("postgres", binaries.ServerAccount(65534, 65534))
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
server = start(Path(sys.argv[1]), durable=False)
print(server.pid, server.owner, server.url(), flush=True)
sys.stdin.read()
server.stop()
"""


class AnotherProcess:
    """A second OrderHub on the same machine."""

    def __init__(self, data_dir: Path, role: str = "as_tester") -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-c", ANOTHER_PROCESS, str(data_dir), role],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_until_started(self) -> "AnotherProcess":
        """Read what it tells about its database."""
        assert self.process.stdout is not None
        told = self.process.stdout.readline().split()
        self.pid, self.owner, self.url = int(told[0]), told[1] == "True", told[2]
        return self

    def finish(self) -> None:
        """End it as Ctrl-D would."""
        self.process.communicate()
        assert self.process.returncode == 0

    def kill(self) -> None:
        """As a power cut does to everything that shares its terminal."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


async def ask(url: str, question: str) -> Any:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        result = await connection.execute(text(question))
        return result.scalar() if result.returns_rows else None


def user_of(what: int | Path) -> int:
    return (Path("/proc", str(what)) if isinstance(what, int) else what).stat().st_uid
