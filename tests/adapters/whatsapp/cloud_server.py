"""Meta's Cloud API as far as we use it: checks what it is sent as the real one does, and keeps it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Final

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from orderhub.adapters.payments.sandbox_server.serving import running_app
from orderhub.settings import WhatsAppSettings

TOKEN: Final = "EAAG-token-of-the-tests"
NUMBER_ID: Final = "106540352242922"
TEMPLATE: Final = "orderhub_notice"
UNKNOWN: Final = "33600000000"
"""A number that has no WhatsApp."""


class CloudServer:
    """One business number. ``answers`` are given first, one a request: (status, Meta's code)."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.answers: list[tuple[int, int]] = []
        self.hangs = False
        self.url = ""
        self._numbers = count(1)

    def settings(self, **changes: Any) -> WhatsAppSettings:
        """What reaches this server."""
        values: dict[str, Any] = {"url": self.url, "phone_number_id": NUMBER_ID, "token": SecretStr(TOKEN), **changes}
        return WhatsAppSettings(**values)

    def app(self) -> Starlette:
        """The API as a server's application."""
        return Starlette(routes=[Route("/v23.0/{number_id}/messages", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        if self.hangs:
            await asyncio.Event().wait()
        if self.answers:
            return _error(*self.answers.pop(0))
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(401, 190)
        body = await request.json()
        if request.path_params["number_id"] != NUMBER_ID or not _is_sound(body):
            return _error(400, 100)
        if body["to"] == UNKNOWN:
            return _error(400, 131026)
        self.sent.append(body)
        contact = {"input": body["to"], "wa_id": body["to"]}
        message = {"id": f"wamid.{next(self._numbers):04d}", "message_status": "accepted"}
        return JSONResponse({"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]})


def _is_sound(body: dict[str, Any]) -> bool:
    head = (body.get("messaging_product"), body.get("recipient_type"))
    if head != ("whatsapp", "individual") or not body["to"].isdigit() or len(body["biz_opaque_callback_data"]) > 512:
        return False
    if body["type"] == "text":
        return 0 < len(body["text"]["body"]) <= 4096
    template = body["template"]
    [component] = template["components"]
    texts = [parameter["text"] for parameter in component["parameters"]]
    known = template["name"] == TEMPLATE and template["language"]["code"] in {"fr", "en"} and len(texts) == 3
    return known and all(text and not {"\n", "\t"} & set(text) and "    " not in text for text in texts)


def _error(status: int, code: int) -> Response:
    error = {"message": f"(#{code}) No", "type": "OAuthException", "code": code, "fbtrace_id": "AbC"}
    return JSONResponse({"error": error}, status)


@asynccontextmanager
async def cloud_server() -> AsyncGenerator[CloudServer]:
    """The API on loopback."""
    server = CloudServer()
    async with running_app(server.app()) as url:
        server.url = url
        yield server
