"""The ASGI application: the three surfaces over one provider."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orderhub.adapters.payments.sandbox_server import control, pages, routes
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.errors import SandboxError
from orderhub.adapters.payments.sandbox_server.http import answer, show_error, show_unrouted
from orderhub.adapters.payments.sandbox_server.journal import Journal
from orderhub.adapters.payments.sandbox_server.provider import Provider


def create_app(config: SandboxConfig, journal: Journal) -> Starlette:
    """The provider as an application; it starts and stops with the server's lifespan."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        provider = Provider(config, journal)
        app.state.provider = provider
        provider.start()
        yield
        await provider.close()

    # Payers confirm from the merchant's pages, which are another origin.
    anywhere = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["POST"], allow_headers=["content-type"])
    return Starlette(
        routes=[Route("/health", _health), *routes.ROUTES, *control.ROUTES, *pages.ROUTES],
        middleware=[anywhere],
        exception_handlers={SandboxError: show_error, HTTPException: show_unrouted},
        lifespan=lifespan,
    )


async def _health(_request: Request) -> Response:
    return answer({"status": "ok"})
