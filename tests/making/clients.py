"""Clients of an application in this process."""

import httpx
from fastapi import FastAPI

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.tokens import Claims


def client_of(
    app: FastAPI, claims: Claims | None = None, *, under: str = "", address: str = "127.0.0.1"
) -> httpx.AsyncClient:
    """Somebody's client, or a stranger's; an exception that nobody handled is an answer, as on a real server."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50_000))
    return httpx.AsyncClient(
        transport=transport, base_url=f"http://orderhub.test{under}", headers=_signed_in(app, claims)
    )


def _signed_in(app: FastAPI, claims: Claims | None) -> dict[str, str]:
    if claims is None:
        return {}
    parts: Parts = app.state.parts
    return {"Authorization": f"Bearer {parts.tokens.issue(claims)}"}
