"""``python -m orderhub.adapters.payments.sandbox_server``: the provider in a process of its own.

Prints its URL on one line once it listens. SIGINT and SIGTERM stop it; what is undecided or unsent is
taken up by the next start on the same ``--state`` file.
"""

import argparse
import asyncio
import os
import socket
import sys
from pathlib import Path

from orderhub.adapters.payments.sandbox_server.app import create_app
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.journal import Journal, JournalInUseError
from orderhub.adapters.payments.sandbox_server.serving import AnnouncedServer, bind, url_of


def main() -> int:
    """Serve until told to stop; the exit status is 0 then, and 1 when it could not start."""
    arguments = _parser().parse_args()
    config = SandboxConfig(
        api_key=arguments.api_key,
        secret=arguments.secret,
        notify_url=arguments.notify_url,
        public_url=arguments.public_url,
        state=arguments.state,
        settle_seconds=arguments.settle_seconds,
    )
    try:
        with Journal(config.state) as journal, bind(arguments.host, arguments.port) as listener:
            asyncio.run(
                _serve(AnnouncedServer(create_app(config, journal)), listener, with_parent=arguments.with_parent)
            )
    except (OSError, JournalInUseError) as error:
        sys.stderr.write(f"sandbox provider: {error}\n")
        return 1
    return 0


async def _serve(server: AnnouncedServer, listener: socket.socket, *, with_parent: bool) -> None:
    watchers = [asyncio.create_task(_announce(server, url_of(listener)))]
    if with_parent:
        watchers.append(asyncio.create_task(_follow_parent(server)))
    try:
        await server.serve(sockets=[listener])
    finally:
        for watcher in watchers:
            watcher.cancel()


async def _announce(server: AnnouncedServer, url: str) -> None:
    await server.ready.wait()
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


async def _follow_parent(server: AnnouncedServer) -> None:
    """Stop when whoever started this process is gone, however it went."""
    parent = os.getppid()
    while os.getppid() == parent:  # noqa: ASYNC110 - nothing tells a child that its parent is gone
        await asyncio.sleep(0.25)
    server.should_exit = True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m orderhub.adapters.payments.sandbox_server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    for name in ("api-key", "secret"):
        variable = f"SANDBOX_{name.replace('-', '_').upper()}"
        given = os.environ.get(variable)
        parser.add_argument(f"--{name}", default=given, required=not given, help=f"or in the variable {variable}")
    parser.add_argument("--notify-url", help="where notifications are sent")
    parser.add_argument("--public-url", help="where payers find this server, if not as merchants do")
    parser.add_argument("--state", type=Path, help="a file that keeps everything over a restart")
    parser.add_argument("--settle-seconds", type=float, default=0.05, metavar="SECONDS")
    parser.add_argument("--with-parent", action="store_true", help="stop when the starting process is gone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
