"""A running server: in a process of its own, or inside a test's event loop on a free port."""

import asyncio
import signal
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from orderhub.adapters.payments.sandbox_server.app import create_app
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.journal import Journal


class AnnouncedServer(uvicorn.Server):
    """A server whose ``ready`` is set once it listens. It writes no access log.

    SIGINT and SIGTERM end it, and are not raised again afterwards as uvicorn's own would be: to be
    told to stop is a success.
    """

    def __init__(self, app: Starlette) -> None:
        self.ready = asyncio.Event()
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="on",
                access_log=False,
                log_level="warning",
                log_config=None,
                timeout_graceful_shutdown=2,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say so when the start is over."""
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Take the signals that ask to stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


class EmbeddedServer(AnnouncedServer):
    """One inside somebody else's process: it leaves the signals alone and stops at once.

    The server's own loop and end sleep for tenths of a second, which a test suite would add up.
    """

    def __init__(self, app: Starlette) -> None:
        super().__init__(app)
        self.stop = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture nothing."""
        yield

    async def main_loop(self) -> None:
        """Serve until told to stop."""
        await self.on_tick(0)
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close every connection without waiting for answers under way."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)
        await self.lifespan.shutdown()
        for listener in sockets or []:
            listener.close()


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where TCP is named; else an answer may wait for 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    return listener


def url_of(listener: socket.socket) -> str:
    """The URL under which a socket is reached."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@asynccontextmanager
async def running_sandbox(config: SandboxConfig, port: int = 0) -> AsyncGenerator[str]:
    """A real provider on loopback within this event loop; gives its URL."""
    with Journal(config.state) as journal:
        async with running_app(create_app(config, journal), port) as url:
            yield url


@asynccontextmanager
async def running_app(app: Starlette, port: int = 0) -> AsyncGenerator[str]:
    """Any application on loopback within this event loop; gives its URL."""
    with bind("127.0.0.1", port) as listener:
        server = EmbeddedServer(app)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        ready = asyncio.create_task(server.ready.wait())
        await asyncio.wait({serving, ready}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if serving.done():
                raise RuntimeError("the server did not start")
            yield url_of(listener)
        finally:
            ready.cancel()
            server.stop.set()
            await serving
