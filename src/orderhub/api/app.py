"""The HTTP application: every router, what surrounds each request, and the documents about itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from fastapi import APIRouter, FastAPI
from opentelemetry.trace import TracerProvider

from orderhub.api import failures, routers
from orderhub.api.bodies import Bodies
from orderhub.api.dependencies import Parts
from orderhub.api.limits import Limits
from orderhub.api.middleware import Cors, Faults, Identity, Overload
from orderhub.api.openapi import document
from orderhub.api.routing import API_PREFIX, Router, RouteTable
from orderhub.domain.replies.mail import MAX_BYTES as MOST_MAIL
from orderhub.domain.shops.calling import ShopKeys
from orderhub.infra.rate_limit import RateLimits
from orderhub.infra.telemetry import AccessLog, RequestFigures

_EXPOSED: Final = (
    "ETag",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-Id",
    "Idempotency-Replayed",
)

_FORM_ROOM: Final = 65_536
"""What a form adds around the file that it carries."""
_MAIL_ROOM: Final = 65_536
"""How far above its bound a mail is still read, so that who sent it is told of mails and not of bodies."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    parts: Parts,
    *,
    lifespan: Lifespan | None = None,
    tracing: TracerProvider | None = None,
    more: Sequence[APIRouter] = (),
) -> FastAPI:
    """The application on these parts. ``more`` are further routers below ``/v1``, for tests."""
    app = FastAPI(
        **document.about(parts.settings),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        telemetry={"tracing": tracing is not None, "tracer_provider": tracing, "metrics": False, "logs": False},
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.parts, app.state.tracing = parts, tracing
    app.state.figures = RequestFigures()
    app.state.figures.gauge(
        "orderhub_database_connections_in_use", "Connections held now.", lambda: parts.database.in_use
    )
    for router in _all_routers():
        app.router.routes.extend(router.routes)
    for router in more:
        app.include_router(router, prefix=API_PREFIX)
    app.router.routes.insert(0, RouteTable(app.router.routes))
    failures.install(app)
    _surround(app, parts)
    document.install(app)
    return app


def _all_routers() -> Iterator[Router]:
    """The ``router`` of every module in ``routers/``."""
    for name in sorted(module.name for module in iter_modules(routers.__path__)):
        router = getattr(import_module(f"{routers.__name__}.{name}"), "router", None)
        if isinstance(router, Router):
            yield router


def _surround(app: FastAPI, parts: Parts) -> None:
    """Add the middleware, the innermost first."""
    settings = parts.settings
    app.add_middleware(Faults)
    app.add_middleware(Overload, most=settings.limits.concurrent)
    large = {
        f"{API_PREFIX}/files": settings.files.max_bytes + _FORM_ROOM,
        f"{API_PREFIX}/hooks/mail": MOST_MAIL + _MAIL_ROOM,
    }
    app.add_middleware(Bodies, large=large, settings=settings.limits)
    if settings.limits.enabled:
        app.add_middleware(
            Limits,
            limits=RateLimits(settings.limits.storage),
            settings=settings.limits,
            read=parts.tokens.read,
            keys=parts.others[ShopKeys],
        )
    app.add_middleware(
        Cors,
        allow_origins=settings.server.cors_origins,
        allow_methods=("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
        allow_headers=(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
            "X-Request-Id",
        ),
        expose_headers=_EXPOSED,
        max_age=3600,
    )
    app.add_middleware(Identity, figures=app.state.figures, log=AccessLog(settings.telemetry))
