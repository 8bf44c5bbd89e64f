"""What the three HTTP surfaces share: who may ask, how bodies are read, how answers look."""

import secrets
from typing import TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from orderhub.adapters.payments.sandbox_server.errors import SandboxError, refused, unauthorized
from orderhub.adapters.payments.sandbox_server.provider import Provider

B = TypeVar("B", bound=msgspec.Struct)

_MAX_BODY = 65_536


def provider_of(request: Request) -> Provider:
    """The provider that this application serves."""
    provider: Provider = request.app.state.provider
    return provider


def base_url(request: Request) -> str:
    """Where payers find this server: as configured, or as the merchant found it."""
    return (provider_of(request).config.public_url or str(request.base_url)).rstrip("/")


def require_key(request: Request) -> None:
    """Only the merchant, by its API key."""
    expected = f"Bearer {provider_of(request).config.api_key}"
    given = request.headers.get("authorization", "")
    if not secrets.compare_digest(expected.encode(), given.encode()):
        raise unauthorized()


async def read(request: Request, kind: type[B]) -> B:
    """The body as this type. The refusal names the place and never repeats a value."""
    if int(request.headers.get("content-length") or 0) > _MAX_BODY:
        raise SandboxError(413, "too_large", "The body is too large.")
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise refused("invalid_body", str(error)) from error


def answer(content: object, status: int = 200) -> Response:
    """A JSON answer."""
    body = msgspec.json.encode(content)
    return Response(body, status, media_type="application/json")


def show_unrouted(_request: Request, error: Exception) -> Response:
    """A path or method that does not exist, as JSON too."""
    if not isinstance(error, HTTPException):
        raise error
    code = error.detail.lower().replace(" ", "_")
    return answer({"error": {"code": code, "message": error.detail}}, error.status_code)


def show_error(_request: Request, error: Exception) -> Response:
    """A refusal as JSON."""
    if not isinstance(error, SandboxError):
        raise error
    return answer({"error": {"code": error.code, "message": str(error)}}, error.status)
