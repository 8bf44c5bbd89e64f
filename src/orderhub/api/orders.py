"""How a request becomes something asked of the engine: the caller, the key, the form of the answer.

Hot paths: nothing here opens a session; the engine's one statement looks everything up.
"""

import hashlib
from typing import Annotated

import msgspec
from fastapi import Depends, Request, Response

from orderhub.api.dependencies import AskedLanguage, TokenHeld
from orderhub.api.idempotency import KeyHeader
from orderhub.domain.orders.asking import Answer, Asker, Key, Render
from orderhub.domain.orders.presentation import present
from orderhub.infra.idempotency import KeyRequiredError
from orderhub.kit.text import Language

_encode = msgspec.json.encode


async def read_asker(claims: TokenHeld) -> Asker:
    """The caller, without a key: for reads."""
    return Asker(claims.account_id, claims.session_id, claims.roles)


Reader = Annotated[Asker, Depends(read_asker)]


async def read_keyed_asker(request: Request, claims: TokenHeld, idempotency_key: KeyHeader = None) -> Asker:
    """The caller with the key that the operation requires. Raises KeyRequiredError."""
    if idempotency_key is None:
        raise KeyRequiredError
    body_hash = hashlib.sha256(await request.body()).digest()
    key = Key(f"{request.method} {request.url.path}", idempotency_key, body_hash)
    return Asker(claims.account_id, claims.session_id, claims.roles, key)


KeyedAsker = Annotated[Asker, Depends(read_keyed_asker)]


def render_in(language: Language) -> Render:
    """Makes the bytes of an order for its reader."""
    return lambda loaded, actor: _encode(present(loaded, actor, language))


async def read_render(language: AskedLanguage) -> Render:
    """The form of the answer in the language asked for."""
    return render_in(language)


AskedRender = Annotated[Render, Depends(read_render)]


def json_response(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Bytes that are JSON already."""
    return Response(body, status, headers, "application/json")


def respond(answer: Answer) -> Response:
    """The answer of the engine; a repeated one says so."""
    headers = dict(answer.headers)
    if answer.replayed:
        headers["Idempotency-Replayed"] = "true"
    return json_response(answer.body, answer.status, headers)
