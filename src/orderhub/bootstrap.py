"""Puts the application and the worker together from settings: the only place that knows every floor.

``main.py`` and the command line build them for real; tests give ports of their own.
"""

import gc
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, FastAPI

from orderhub.adapters.documents.typst_printer import TypstPrinter
from orderhub.adapters.mail.choice import choose_mailer
from orderhub.adapters.payments.sandbox import SandboxPayments
from orderhub.adapters.storage.objects import open_storage
from orderhub.adapters.whatsapp.cloud import open_whatsapp
from orderhub.api.app import create_app
from orderhub.api.dependencies import Parts
from orderhub.api.routers.sandbox_clock import SandboxClock
from orderhub.api.stream import Streams
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.tokens import AccessTokens
from orderhub.domain.documents.house import House
from orderhub.domain.documents.ports import Printer
from orderhub.domain.files.links import FileLinks
from orderhub.domain.files.ports import FileStorage
from orderhub.domain.notifications.ports import Mailer, WhatsApp
from orderhub.domain.operator import Operator
from orderhub.domain.overviews import persons
from orderhub.domain.payments.ports import PaymentProvider
from orderhub.domain.shops.calling import ShopKeys
from orderhub.infra.database import Database
from orderhub.infra.development_secrets import with_development_secrets
from orderhub.infra.embedded_postgres import default_data_dir
from orderhub.infra.isolation.pool import Isolation
from orderhub.infra.telemetry import start_tracing, stop_tracing
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.sandbox_clock import SandboxClockwork
from orderhub.safety import unsafe
from orderhub.settings import SANDBOX, Mode, Settings


class UnsafeSettingsError(Exception):
    """Production was asked to start with values that are not safe; each is named."""


def build_parts(settings: Settings, ports: Mapping[type, Any] | None = None) -> Parts:
    """The parts that the settings name; ``ports`` replaces some, by type. Nothing is opened yet.

    Raises UnsafeSettingsError.
    """
    found = unsafe(settings)
    if found:
        raise UnsafeSettingsError("\n".join(found))
    settings = with_development_secrets(settings)
    if settings.database.url is None:
        raise UnsafeSettingsError("Set ORDERHUB_DATABASE_URL, or run `orderhub serve`, which brings a database.")
    database = Database(
        settings.database.url.get_secret_value(),
        pool=settings.database.pool,
        wait=settings.database.wait,
        statement_cache=settings.database.statement_cache,
    )
    tokens = AccessTokens(settings.auth.secret.get_secret_value(), timedelta(minutes=settings.auth.access_minutes))
    return Parts(settings, database, tokens, operator_of(settings), {**_ports(settings, database), **(ports or {})})


def operator_of(settings: Settings) -> Operator:
    """Whoever operates the hub, as the domain knows them."""
    return Operator(House(**settings.house.identity()), settings.rulings_by_others)


def _ports(settings: Settings, database: Database) -> dict[type, Any]:
    folder = settings.server.data_dir or default_data_dir()
    return {
        FileStorage: open_storage(settings.files.url, folder / "files"),
        FileLinks: FileLinks(settings.files.secret.get_secret_value(), settings.server.public_url),
        Isolation: Isolation(),
        Mailer: choose_mailer(settings, database),
        Passwords: Passwords(settings.auth.parallel_hashes),
        PaymentProvider: _payments(settings),
        Printer: TypstPrinter(settings.documents.parallel, settings.documents.wait),
        ShopKeys: ShopKeys(database),
        Streams: Streams(database),
        WhatsApp: open_whatsapp(settings.whatsapp),
    }


def _payments(settings: Settings) -> Mapping[str, PaymentProvider]:
    """Payment providers by name. Where there is none, nothing can be paid but by hand."""
    payments = settings.payments
    if payments.url is None or payments.provider != SANDBOX:
        return {}
    return {
        SANDBOX: SandboxPayments(
            payments.url, payments.api_key.get_secret_value(), payments.webhook_secret.get_secret_value()
        )
    }


def worker_context(parts: Parts) -> WorkerContext:
    """What jobs may use of the parts."""
    others = parts.others
    return WorkerContext(
        parts.settings,
        parts.database,
        others[PaymentProvider],
        others[Mailer],
        others[FileStorage],
        others[Printer],
        parts.operator,
        others[Isolation],
        whatsapp=others[WhatsApp],
    )


def build_application(
    settings: Settings,
    *,
    ports: Mapping[type, Any] | None = None,
    more: Sequence[APIRouter] = (),
    tune_memory: bool = False,
) -> FastAPI:
    """The HTTP application; its lifespan opens the database and closes it. See `build_parts`.

    ``more`` are routers of tests.
    """
    parts, tracing = build_parts(settings, ports), start_tracing(settings.telemetry, "api")
    persons.register_all()
    if settings.mode is not Mode.PRODUCTION and settings.sandbox.clock:
        clockwork = parts.others[SandboxClockwork] = SandboxClockwork(worker_context(parts))
        parts.others[SandboxClock] = SandboxClock(clockwork.advance)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with opened(parts):
            if tune_memory:
                _tune_memory()
            yield
        await stop_tracing(tracing)

    return create_app(parts, lifespan=lifespan, tracing=tracing, more=more)


@asynccontextmanager
async def opened(parts: Parts) -> AsyncGenerator[Parts]:
    """Connect the parts, and let go of everything at the end."""
    await parts.database.open()
    try:
        yield parts
    finally:
        parts.others[Streams].stop()
        if (clockwork := parts.others.get(SandboxClockwork)) is not None:
            await clockwork.aclose()
        await parts.others[Isolation].aclose()
        parts.others[Passwords].close()
        parts.others[Printer].close()
        for provider in parts.others[PaymentProvider].values():
            await provider.aclose()
        if (whatsapp := parts.others[WhatsApp]) is not None:
            await whatsapp.aclose()
        await parts.database.close()


def _tune_memory() -> None:
    # Full collections over what start-up made were the p99: 68 ms; 11 ms like this.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
