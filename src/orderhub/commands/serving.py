"""The life of a server process: API, worker, or both, with the database and the provider beside them.

It starts bottom up: folder, port, database, provider, tables, application, worker. It stops top down: requests
and jobs under way are finished, then the provider and the database are stopped. A first Ctrl-C or
SIGTERM asks for that; a second one stops at once. What a SIGKILL leaves behind, the next start clears.
"""

import asyncio
import gc
import logging
import resource
import signal
import socket
import sys
import time
from collections.abc import AsyncGenerator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import uvloop
from pydantic import SecretStr

from orderhub.commands import database
from orderhub.commands.configuration import data_folder, refuse_unsafe, with_secrets, with_server
from orderhub.commands.keeping import DatabaseKeeper, start_embedded
from orderhub.commands.listening import WebServer, listen, url_of
from orderhub.commands.presence import Presence
from orderhub.commands.provider import SandboxProvider
from orderhub.commands.terminal import RefusedError, complain, say, step
from orderhub.domain.samples import AWA, BRUNO, CHLOE, FELIX, INES, PASSWORD
from orderhub.settings import SANDBOX, Mode, Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from orderhub.api.dependencies import Parts

_INTERRUPTED: Final = 130
"""The exit status of a program that was stopped at once."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What this process does. `serve` alone claims the data folder for itself."""

    name: str
    api: bool
    worker: bool
    sample_data: bool = False

    @property
    def alone(self) -> bool:
        """Whether another process of these roles on the same data folder is refused."""
        return self.api and self.worker


def run(settings: Settings, roles: Roles) -> int:
    """Serve until told to stop; the exit status. Raises RefusedError and EmbeddedPostgresError."""
    refuse_unsafe(settings)
    _allow_connections()
    # Nothing of a start is garbage; looking for some takes a quarter of it.
    gc.disable()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_Life(settings, roles).live())


def _allow_connections() -> None:
    """Have as many connections open as the machine lets this user have, not the thousand of most shells."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class _Life:
    def __init__(self, settings: Settings, roles: Roles) -> None:
        self._settings, self._roles = settings, roles
        self._folder = data_folder(settings)
        self._began = time.monotonic()
        self._stopping = asyncio.Event()
        self._started = False
        self._status = 0
        self._has_samples = False

    async def live(self) -> int:
        """Start, serve, stop."""
        self._take_signals()
        try:
            async with AsyncExitStack() as stack:
                await self._start(stack)
        except asyncio.CancelledError:
            say("Stopped at once.")
            return _INTERRUPTED
        say("Stopped.")
        return self._status

    def _take_signals(self) -> None:
        loop, life = asyncio.get_running_loop(), asyncio.current_task()
        assert life is not None  # noqa: S101 - a coroutine that runs is a task's

        def take() -> None:
            if self._started and not self._stopping.is_set():
                say("\nFinishing requests and jobs under way … (Ctrl-C again stops at once)")
                self._stopping.set()
            else:
                life.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, take)

    async def _start(self, stack: AsyncExitStack) -> None:
        presence = stack.enter_context(Presence(self._folder)) if self._roles.alone else None
        listener = self._listen(stack)
        self._make_private_folder()
        self._settings = with_secrets(self._settings)
        await self._bring_database(stack)
        await self._bring_provider(stack, listener)
        await self._prepare()
        if listener is None:
            await self._work_alone()
            return
        if presence:
            presence.announce(url_of(listener))
        await self._serve(listener)

    def _make_private_folder(self) -> None:
        """Uploads are for nobody else on this machine."""
        if self._settings.files.url is None:
            (self._folder / "files").mkdir(parents=True, exist_ok=True, mode=0o700)

    def _listen(self, stack: AsyncExitStack) -> socket.socket | None:
        if not self._roles.api:
            return None
        server = self._settings.server
        alone = self._settings.mode is Mode.DEVELOPMENT and not server.insecure
        listener = stack.enter_context(listen(server.host, server.port, alone=alone))
        if "public_url" not in server.model_fields_set:
            self._settings = with_server(self._settings, public_url=url_of(listener))
        return listener

    async def _bring_database(self, stack: AsyncExitStack) -> None:
        if self._settings.database.url is not None:
            return
        starting = asyncio.create_task(start_embedded(self._folder))
        with step("Starting the database"):
            await asyncio.sleep(0)  # lets the start begin, so that it goes on while the imports are made
            import_module("orderhub.bootstrap")  # half a second that the database needs as well

            keeper = DatabaseKeeper(server := await starting)
        stack.callback(keeper.stop)
        await stack.enter_async_context(_alongside(keeper.watch()))
        update = {"url": SecretStr(server.url())}
        self._settings = self._settings.model_copy(
            update={"database": self._settings.database.model_copy(update=update)}
        )

    async def _bring_provider(self, stack: AsyncExitStack, listener: socket.socket | None) -> None:
        payments = self._settings.payments
        if payments.url is not None or payments.provider != SANDBOX:
            return
        provider = SandboxProvider(self._folder, url_of(listener) if listener else None)
        await stack.enter_async_context(_alongside(provider.run()))
        self._settings = provider.settings(self._settings)

    async def _prepare(self) -> None:
        """Bring the tables up to date; separate roles leave that to `orderhub migrate` in production."""
        url = self._settings.database.url
        assert url is not None  # noqa: S101 - brought before this
        if self._roles.alone or self._settings.mode is Mode.DEVELOPMENT:
            sample_data = self._roles.sample_data
            self._has_samples = await database.prepare(self._settings, url.get_secret_value(), sample_data=sample_data)
        else:
            await database.check(url.get_secret_value())
        if self._settings.mode is Mode.PRODUCTION:
            await database.refuse_samples(url.get_secret_value())

    async def _serve(self, listener: socket.socket) -> None:
        from orderhub.bootstrap import build_application
        from orderhub.infra.telemetry import configure_logs

        configure_logs(self._settings.telemetry)
        with step("Starting the API"):
            app = build_application(self._settings, tune_memory=True)
            if self._roles.worker:
                self._add_worker(app)
            server = WebServer(app, self._settings)
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            await _first(serving, server.ready.wait())
        if serving.done():
            raise RefusedError("The API could not start; the lines above say why.")
        self._greet(url_of(listener))
        await _first(serving, self._stopping.wait())
        _end_streams(app.state.parts)
        server.should_exit = True
        try:
            await serving
        except asyncio.CancelledError:
            await _cancel_others()
            raise

    async def _work_alone(self) -> None:
        from orderhub.bootstrap import build_parts, opened
        from orderhub.infra.telemetry import configure_logs, start_tracing, stop_tracing

        configure_logs(self._settings.telemetry)
        tracing = start_tracing(self._settings.telemetry, "worker")
        async with opened(build_parts(self._settings)) as parts, self._working(parts):
            self._greet(None)
            await self._stopping.wait()
        await stop_tracing(tracing)

    def _add_worker(self, app: "FastAPI") -> None:
        """Run the worker while the application is up; both are told to stop at the same moment."""
        inner = app.router.lifespan_context

        @asynccontextmanager
        async def lifespan(started: "FastAPI") -> AsyncGenerator[None]:
            async with inner(started), self._working(started.state.parts):
                yield

        app.router.lifespan_context = lifespan

    @asynccontextmanager
    async def _working(self, parts: "Parts") -> AsyncGenerator[None]:
        from orderhub.bootstrap import worker_context
        from orderhub.jobs.worker import Worker

        working = asyncio.create_task(Worker(worker_context(parts)).run(self._stopping))
        working.add_done_callback(self._worker_ended)
        try:
            yield
            self._stopping.set()
            await asyncio.gather(working, return_exceptions=True)
        finally:
            working.cancel()

    def _worker_ended(self, working: asyncio.Task[None]) -> None:
        """A worker that ends unasked takes the server with it, so that whoever supervises notices."""
        if not working.cancelled() and (error := working.exception()) is not None:
            complain(f"The worker failed: {error!r}")
            self._status = 1
        self._stopping.set()

    def _greet(self, url: str | None) -> None:
        self._started = True
        gc.enable()
        shown = {"API": url, "Docs": url and f"{url}/docs", "Payments": self._settings.payments.url}
        for name, value in shown.items():
            if value is not None:
                say(f"  {name:<9} {value}")
        say(f"  {'Data':<9} {self._folder}")
        if url is not None and self._has_samples:
            staff = f"{CHLOE.email} supports, {FELIX.email} keeps the books, {INES.email} administers"
            people = f"{AWA.email} buys, {BRUNO.email} sells, {staff}"
            say(f"  {'Sign in':<9} {people}; password {PASSWORD}")
        took = time.monotonic() - self._began
        say(f"OrderHub's {self._roles.name} is ready after {took:.1f} s. Ctrl-C stops it.")
        sys.stdout.flush()


async def _cancel_others() -> None:
    """Give up requests and jobs under way before the database goes."""
    logging.disable()  # each of them would be told with a traceback
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _end_streams(parts: "Parts") -> None:
    """Live streams never end by themselves: the server would wait for them."""
    from orderhub.api.stream import Streams

    parts.others[Streams].stop()


@asynccontextmanager
async def _alongside(work: Coroutine[Any, Any, None]) -> AsyncGenerator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _first(serving: asyncio.Task[None], event: Coroutine[Any, Any, bool]) -> None:
    """Wait until the server ends or the event comes."""
    waiting = asyncio.create_task(event)
    try:
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
