"""A running server: in a process of its own, or inside a test's event loop on a free port."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from orderhub.adapters.payments.sandbox_server.app import create_app
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.journal import Journal


class AnnouncedServer(uvicorn.Server):
    """A server whose ``ready`` is set once it listens. It writes no access log."""

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


class EmbeddedServer(AnnouncedServer):
    """One that leaves the process's signals to whoever owns them."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture nothing."""
        yield


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)


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
            server.should_exit = True
            await serving
