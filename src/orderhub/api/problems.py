"""Problem documents (RFC 9457): how a refusal is shown. The status of each family is written here only.

Handlers raise `DomainError`s; routes declare theirs with ``responses=problems(404, SoldOutError)``.
What other libraries raise is translated in ``failures.py``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, cast

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from orderhub.api.dependencies import choose_language
from orderhub.api.schemas.codes import Codes
from orderhub.api.texts import explanations
from orderhub.api.validation import summary
from orderhub.kit.clock import show_instant
from orderhub.kit.errors import (
    ConflictError,
    DomainError,
    ForbiddenError,
    GoneError,
    HeadTooLargeError,
    InvalidError,
    MalformedError,
    NotFoundError,
    OverloadedError,
    StaleError,
    TooLargeError,
    TooManyError,
    TooSlowError,
    UnauthenticatedError,
)
from orderhub.kit.text import Label, Language, show_duration

MEDIA_TYPE: Final = "application/problem+json"
_MOST_ERRORS: Final = 50
_LONGEST_POINTER: Final = 300


NOTHING_HERE: Final = Label(
    "Il n’y a rien à cette adresse, ou vous ne pouvez pas le voir.",
    "There is nothing under this address, or you may not see it.",
)


class MethodNotAllowedError(DomainError):
    """The path exists, but not with this method."""

    code = "method_not_allowed"
    title = Label("Méthode non autorisée", "Method not allowed")


class UnsupportedMediaTypeError(DomainError):
    """The body is in a form that this operation does not read."""

    code = "unsupported_media_type"
    title = Label("Type de contenu non pris en charge", "Unsupported media type")


class InternalError(DomainError):
    """A fault of ours; the log has it under the request's id."""

    code = "internal_error"
    title = Label("Erreur interne", "Internal error")


class UnavailableError(OverloadedError):
    """The database can't be reached, or gave up this transaction: the same request may succeed next time."""

    code = "unavailable"
    title = Label("Service momentanément indisponible", "Temporarily unavailable")


STATUS: Final[Mapping[type[DomainError], int]] = {
    MalformedError: 400,
    UnauthenticatedError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    MethodNotAllowedError: 405,
    TooSlowError: 408,
    ConflictError: 409,
    GoneError: 410,
    StaleError: 412,
    TooLargeError: 413,
    UnsupportedMediaTypeError: 415,
    InvalidError: 422,
    TooManyError: 429,
    HeadTooLargeError: 431,
    InternalError: 500,
    OverloadedError: 503,
}
FAMILY: Final = {status: family for family, status in STATUS.items()}


def status_of(error: type[DomainError]) -> int:
    """The HTTP status of a refusal: that of its family."""
    return next((STATUS[family] for family in error.__mro__ if family in STATUS), 500)


class ProblemField(BaseModel):
    """One place of the request, and what is wrong there."""

    pointer: Annotated[str, Field(max_length=_LONGEST_POINTER, examples=["/price/amount"])]
    code: Annotated[
        str,
        Field(
            max_length=100,
            examples=["int_type"],
            description="What is wrong there, for programs: as the checking library calls it, or the house.",
        ),
    ]
    detail: Annotated[str, Field(max_length=2000, examples=["Envoyez un nombre entier."])]


ProblemCode = Annotated[
    str,
    Codes("ProblemCode", "What was refused; each code has a page, `/docs/problems/{code}`.", explanations),
]


class Problem(BaseModel):
    """Why a request was refused (RFC 9457). Refusals may have further members, named in their page."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[str, Field(max_length=500, description="The page that explains the code.")]
    title: Annotated[str, Field(max_length=200, description="The code in the language of Accept-Language.")]
    status: Annotated[int, Field(ge=400, le=599, description="The HTTP status of the answer.")]
    detail: Annotated[str, Field(max_length=2000, description="What to do about it.")]
    code: ProblemCode
    request_id: Annotated[str, Field(max_length=100)]
    errors: Annotated[
        list[ProblemField], Field(max_length=_MOST_ERRORS, description="Each place, by JSON pointer.")
    ] = []


def problems(*refusals: int | type[DomainError]) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route: statuses, or the errors themselves, whose codes are then named.

    What every route of its sort answers (401, 403, 404 of a path, 413, 415, 422, 429) need not be given.
    """
    found: dict[int, list[type[DomainError]]] = {}
    for refusal in refusals:
        if isinstance(refusal, int):
            found.setdefault(refusal, [])
        else:
            found.setdefault(status_of(refusal), []).append(refusal)
    return {status: describe(status, errors) for status, errors in found.items()}


def describe(status: int, errors: Sequence[type[DomainError]] = ()) -> dict[str, Any]:
    """One entry of ``responses``; each code has its example among the components."""
    named = errors or [FAMILY[status]]
    content = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "examples": {error.code: {"$ref": f"#/components/examples/{error.code}"} for error in named},
    }
    text = "; ".join(f"`{error.code}`: {error.title.en}" for error in named)
    return {"description": text, "content": {MEDIA_TYPE: content}}


def name_refusal(responses: dict[str, Any], error: type[DomainError]) -> None:
    """Add a refusal to the ``responses`` of an operation that names others of its status, in place."""
    status = status_of(error)
    known = responses.setdefault(str(status), describe(status, [error]))
    codes = known["content"][MEDIA_TYPE]["examples"]
    if error.code not in codes:
        codes |= describe(status, [error])["content"][MEDIA_TYPE]["examples"]
        known["description"] += f"; `{error.code}`: {error.title.en}"


def answer(request: Request, error: DomainError) -> Response:
    """The problem document of a refusal, in the caller's language."""
    status = status_of(type(error))
    language = choose_language(request.headers.get("accept-language", ""))
    root = request.app.state.parts.settings.server.public_url
    body = written(error, language, root, request.scope.get("request_id", ""))
    return Response(body, status, _headers(error, status), MEDIA_TYPE)


def written(error: DomainError, language: Language, root: str, request_id: str) -> bytes:
    """The problem document of a refusal as it is sent; ``root`` is where its page is."""
    document: dict[str, Any] = {
        "type": f"{root}/docs/problems/{error.code}",
        "title": error.title.within(language),
        "status": status_of(type(error)),
        "detail": _detail(error).within(language),
        "code": error.code,
        "request_id": request_id,
    }
    # What RFC 9457 names is said by the refusal's class alone.
    document.update((name, value) for name, value in error.extras.items() if name not in document)
    if error.errors:
        document["errors"] = [
            {
                "pointer": place.pointer[:_LONGEST_POINTER],
                "code": place.code,
                "detail": place.detail.within(language),
            }
            for place in error.errors[:_MOST_ERRORS]
        ]
    # ASCII only: a lone surrogate that the client sent can't be written in UTF-8.
    return json.dumps(document, default=lambda value: _plain(value, language)).encode()


def _detail(error: DomainError) -> Label:
    """What to do: a refusal of places alone names these."""
    if error.detail is None and error.errors:
        return summary([place.pointer for place in error.errors], error.errors[0].detail)
    return error.detail or Label(f"{error.title.fr}.", f"{error.title.en}.")


def _headers(error: DomainError, status: int) -> dict[str, str]:
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-store"}
    if "retry_after" in error.extras:
        headers["Retry-After"] = str(error.extras["retry_after"])
    if status == STATUS[TooSlowError]:
        headers["Connection"] = "close"
    if status == STATUS[UnauthenticatedError]:
        headers["WWW-Authenticate"] = 'Bearer realm="orderhub"'
    return headers


def _plain(value: Any, language: Language) -> Any:
    """A member of `extras` that JSON doesn't know."""
    shown: Any
    match value:
        case Label():
            shown = value.within(language)
        case datetime():
            shown = show_instant(value)
        case timedelta():
            shown = show_duration(value)
        case set() | frozenset():
            shown = sorted(cast("set[str]", value))
        case _ if is_dataclass(value) and not isinstance(value, type):
            shown = asdict(value)
        case _:
            shown = str(value)
    return shown
