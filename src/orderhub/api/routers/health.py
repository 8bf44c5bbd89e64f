"""Whether the service lives, whether it can work, and its figures."""

import asyncio
from hmac import compare_digest
from ipaddress import ip_address
from typing import Annotated, Final, Literal

from fastapi import Request, Response
from prometheus_client import generate_latest
from pydantic import Field

from orderhub.api.dependencies import AppParts, Public
from orderhub.api.problems import NOTHING_HERE, UnavailableError, problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import Output
from orderhub.infra.migrations import at_head
from orderhub.infra.queue_figures import queue_figures
from orderhub.infra.telemetry import RequestFigures
from orderhub.kit.errors import NotFoundError, UnauthenticatedError
from orderhub.kit.text import Label
from orderhub.settings import Mode, Settings

router = Router(at_root=True, dependencies=[Public])

_FORWARDING: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_PATIENCE: Final = 2.0
"""Seconds that the database has to answer."""


class HealthOut(Output):
    """How the service is."""

    status: Annotated[Literal["ok"], Field(description="`ok`: whatever else is a problem document.")]


class NotReadyError(UnavailableError):
    """The database doesn't answer or lacks a migration."""

    code = "not_ready"


@router.get("/health/live", summary="Is the process alive?")
async def get_liveness() -> HealthOut:
    """Answers even under overload, and looks at nothing else."""
    return HealthOut(status="ok")


@router.get("/health/ready", summary="Can it work?", responses=problems(NotReadyError))
async def get_readiness(parts: AppParts) -> HealthOut:
    """Whether the database answers and has the tables that this version needs."""
    try:
        async with asyncio.timeout(_PATIENCE), parts.database.engine.connect() as connection:
            current = await at_head(connection)
    except Exception as cause:
        raise NotReadyError(Label("La base ne répond pas.", "The database does not answer."), retry_after=1) from cause
    if not current:
        raise NotReadyError(
            Label(
                "La base n’est pas migrée. Lancez « orderhub migrate ».",
                "The database is not migrated. Run 'orderhub migrate'.",
            ),
            retry_after=5,
        )
    return HealthOut(status="ok")


@router.get(
    "/metrics",
    summary="Read the figures",
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {"schema": {"type": "string", "maxLength": 10_000_000}}}},
        **problems(UnauthenticatedError, NotFoundError),
    },
)
async def get_metrics(request: Request, parts: AppParts) -> Response:
    """Figures of this process, and of the queue as a whole, in Prometheus's text form.

    With the deployment's own token. In development one without a token shows them to its own machine, through no
    proxy; in production it shows them to nobody.
    """
    _require_reader(request, parts.settings)
    figures: RequestFigures = request.app.state.figures
    text = figures.text() + generate_latest() + await queue_figures(parts.database)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


def _require_reader(request: Request, settings: Settings) -> None:
    """Raises UnauthenticatedError without the token, NotFoundError where there is none and somebody else asks."""
    token = settings.telemetry.metrics_token
    if token is not None:
        given = request.headers.get("authorization", "").encode()
        if not compare_digest(given, f"Bearer {token.get_secret_value()}".encode()):
            raise UnauthenticatedError(
                Label(
                    "Envoyez « Authorization: Bearer <ORDERHUB_TELEMETRY_METRICS_TOKEN> ».",
                    "Send 'Authorization: Bearer <ORDERHUB_TELEMETRY_METRICS_TOKEN>'.",
                )
            )
    elif settings.mode is Mode.PRODUCTION or not _is_from_here(request):
        raise NotFoundError(NOTHING_HERE)


def _is_from_here(request: Request) -> bool:
    """Whether a program of this machine asks by itself: a proxy beside us asks for others."""
    host = request.client.host if request.client else ""
    try:
        is_local = ip_address(host.removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False
    return is_local and not any(name in request.headers for name in _FORWARDING)
