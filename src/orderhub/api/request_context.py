"""How a request becomes something asked of a hot path: the caller, the key, and the bytes that go back.

Nothing here opens a session; the one statement of a hot path looks everything up.
"""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from orderhub.api.dependencies import held_claims, language_of, parts_of
from orderhub.api.idempotency import KeyHeader, demands_key
from orderhub.api.permissions import SIGNED_IN, permission
from orderhub.api.request_hashes import hash_of
from orderhub.api.schemas.base import Flag
from orderhub.domain.files.links import GivenLinks
from orderhub.domain.requests.caller import Answer, Caller, Key
from orderhub.infra.database import Database
from orderhub.infra.idempotency import KeyRequiredError
from orderhub.kit.text import Language


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request to a hot path: who asks what, in which language, and where the answer is."""

    database: Database
    caller: Caller
    language: Language
    links: GivenLinks
    dry_run: bool = False
    """Whether nothing is to be kept of what it asks for."""


@permission(SIGNED_IN)
async def read_context(request: Request) -> RequestContext:
    """Everything that a hot read needs, in one dependency: FastAPI takes 10 µs for each."""
    claims = await held_claims(request)
    caller = Caller(claims.account_id, claims.session_id, claims.roles)
    parts = parts_of(request)
    return RequestContext(parts.database, caller, language_of(request), parts.links_for(claims.session_id))


Reading = Annotated[RequestContext, Depends(read_context)]


async def _read_with_key(request: Request, key: str) -> RequestContext:
    context = await read_context(request)
    asked = Key(f"{request.method} {request.scope['path']}", key, await hash_of(request))
    return replace(context, caller=replace(context.caller, key=asked))


@demands_key
@permission(SIGNED_IN)
async def read_keyed_context(request: Request, idempotency_key: KeyHeader = None) -> RequestContext:
    """The same with the key that the operation requires. Raises KeyRequiredError."""
    if idempotency_key is None:
        await read_context(request)  # whoever is not signed in hears that first
        raise KeyRequiredError
    return await _read_with_key(request, idempotency_key)


Acting = Annotated[RequestContext, Depends(read_keyed_context)]
"""For operations that require a key."""


DryRun = Annotated[
    Flag, Query(description="Answer what it would give, refusals included, and keep nothing; no key is needed.")
]


@demands_key
@permission(SIGNED_IN)
async def read_dry_context(
    request: Request, idempotency_key: KeyHeader = None, *, dry_run: DryRun = False
) -> RequestContext:
    """The same, where a dry run needs no key and leaves none. Raises KeyRequiredError."""
    if dry_run:
        return replace(await read_context(request), dry_run=True)
    return await read_keyed_context(request, idempotency_key)


ActingOrDry = Annotated[RequestContext, Depends(read_dry_context)]
"""For operations that require a key unless they are a dry run."""


@permission(SIGNED_IN)
async def read_keyable_context(request: Request, idempotency_key: KeyHeader = None) -> RequestContext:
    """The same with the key, if one came along."""
    return await (read_context(request) if idempotency_key is None else _read_with_key(request, idempotency_key))


Changing = Annotated[RequestContext, Depends(read_keyable_context)]
"""For operations that accept a key."""


def json_response(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Bytes that are JSON already."""
    return Response(body, status, headers, "application/json")


def respond(answer: Answer) -> Response:
    """The answer of a hot write; a repeated one says so."""
    headers = dict(answer.headers)
    if answer.replayed:
        headers["Idempotency-Replayed"] = "true"
    return json_response(answer.body, answer.status, headers)
