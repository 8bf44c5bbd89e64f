"""What others raise, said as a refusal of ours: validation, routing, the database, and plain faults.

Nothing of the cause leaks to the caller; the log has it under the request's id.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import asyncpg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from orderhub.api.problems import (
    FAMILY,
    NOTHING_HERE,
    InternalError,
    MethodNotAllowedError,
    UnavailableError,
    UnsupportedMediaTypeError,
    answer,
    status_of,
)
from orderhub.api.validation import summary, wanted
from orderhub.kit.errors import (
    ConflictError,
    DomainError,
    FieldError,
    InvalidError,
    MalformedError,
    NotFoundError,
    OverloadedError,
    pointer_step,
)
from orderhub.kit.text import Label

_log: Final = structlog.get_logger("orderhub.failures")

_BUSY = ("08", "40", "53", "57", "58")
"""SQLSTATE classes of a lost connection, a conflict of transactions, missing resources, a shutdown."""
_LOCKED = ("55P03", "25P03", "25P04")
"""A lock that did not come, and a transaction that the server ended since it took too long."""
_DATA = "22"
_TAKEN = ("23505", "23503", "23P01")
_GONE: Final = (ConnectionError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What the way to the database raises when it breaks."""


class UnreadError(HTTPException):
    """A refusal that is met while FastAPI reads a body, from where no other exception passes as it is."""

    def __init__(self, refusal: DomainError) -> None:
        super().__init__(status_of(type(refusal)))
        self.refusal = refusal


def install(app: FastAPI) -> None:
    """Make every exception an answer."""
    app.add_exception_handler(DomainError, _handler(_same))
    app.add_exception_handler(RequestValidationError, _handler(from_validation))
    app.add_exception_handler(HTTPException, _handler(from_http))
    for kind in (SQLAlchemyError, asyncpg.PostgresError, *_GONE):
        app.add_exception_handler(kind, _handler(from_database))


def _same(error: DomainError) -> DomainError:
    return error


def _handler(translate: Callable[[Any], DomainError]) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, cause: Exception) -> Response:
        error = translate(cause)
        if isinstance(error, InternalError):
            log_fault(request, cause)
        response = answer(request, error)
        if isinstance(cause, HTTPException):
            response.headers.update(cause.headers or {})
        return response

    return handle


def log_fault(request: Request, cause: BaseException) -> None:
    """Write a fault of ours to the log, with where it happened and without what was sent."""
    _log.error("fault", request_id=request.scope.get("request_id"), kind=type(cause).__name__, exc_info=cause)


def from_validation(cause: RequestValidationError) -> DomainError:
    """Say which place of the request is wrong; an id in the path that can't be is simply not found."""
    first: Any = cause.errors()[0]
    if first["loc"][0] == "path":
        return NotFoundError(NOTHING_HERE)
    if first["type"] == "json_invalid":
        return MalformedError(
            Label(
                f"Le corps n’est pas du JSON : erreur au caractère {first['loc'][1]}.",
                f"The body is not JSON: {first['ctx']['error']} at character {first['loc'][1]}.",
            )
        )
    if isinstance(cause.body, bytes):
        return UnsupportedMediaTypeError(
            Label(
                "Envoyez le corps en JSON avec « Content-Type: application/json ».",
                "Send the body as JSON with 'Content-Type: application/json'.",
            )
        )
    places = tuple(
        FieldError(_pointer(error["loc"], cause.body, error["type"]) + _tag(error), error["type"], wanted(error))
        for error in cause.errors()
    )
    return InvalidError(summary([place.pointer for place in places], places[0].detail), errors=places)


def _tag(error: Mapping[str, Any]) -> str:
    """The step to the field that tells the schemas of a union apart, where that is what is wrong."""
    if error["type"] not in {"union_tag_invalid", "union_tag_not_found"}:
        return ""
    return pointer_step(str(error["ctx"]["discriminator"]).strip("'"))


def _pointer(location: Sequence[str | int], body: Any, kind: str) -> str:
    """The JSON pointer of a place, without the steps that only our schemas know (the tags of unions)."""
    source, *steps = location
    if source != "body":
        return "".join(f"/{step}" for step in steps)
    pointer, here = "", body
    for place, step in enumerate(steps, start=1):
        found, inner = _enter(here, step)
        here = inner if found else here
        if found or (kind == "missing" and place == len(steps)):
            pointer += pointer_step(step)
    return pointer


def _enter(value: Any, step: str | int) -> tuple[bool, Any]:
    try:
        return True, value[step]
    except (KeyError, IndexError, TypeError):
        return False, None


def from_http(cause: HTTPException) -> DomainError:
    """The refusals of the framework."""
    if isinstance(cause, UnreadError):
        return cause.refusal
    match cause.status_code:
        case 404:
            return NotFoundError(NOTHING_HERE)
        case 405:
            allowed = (cause.headers or {}).get("Allow", "another method")
            return MethodNotAllowedError(Label(f"Utilisez {allowed} ici.", f"Use {allowed} here."))
        case 400:
            return MalformedError(
                Label(
                    "Le corps est illisible. Envoyez du JSON valide en UTF-8.",
                    "The body can't be read. Send valid JSON in UTF-8.",
                )
            )
        case status if status in FAMILY:
            return FAMILY[status]()
        case _:
            return InternalError()


def from_database(cause: Exception) -> DomainError:
    """What PostgreSQL or the way to it refused, by SQLSTATE."""
    origin = cause.orig if isinstance(cause, DBAPIError) else cause
    state = str(getattr(origin, "sqlstate", None) or "")
    if isinstance(cause, PoolTimeoutError):
        return OverloadedError(
            Label(
                "Toutes les connexions à la base sont occupées. Réessayez dans un instant.",
                "Every database connection is busy. Try again in a moment.",
            ),
            retry_after=1,
        )
    if state[:2] in _BUSY or state in _LOCKED or _is_lost(cause, origin):
        return UnavailableError(
            Label(
                "La base est occupée ou redémarre. Renvoyez la même requête.",
                "The database is busy or restarting. Send the same request again.",
            ),
            retry_after=1,
        )
    if state.startswith(_DATA):
        return InvalidError(
            Label("Une valeur dépasse ce qui peut être enregistré.", "A value is outside of what can be stored.")
        )
    if state in _TAKEN:
        return ConflictError(
            Label(
                "Autre chose a pris la même place au même instant. Relisez-la.",
                "Something else took the same place at the same time. Read it again.",
            )
        )
    return InternalError()


def _is_lost(cause: Exception, origin: Any) -> bool:
    """The connection went, also where the driver only noticed that it could not go on with it.

    That last one comes wrapped twice: by the dialect, and by SQLAlchemy.
    """
    lost = isinstance(cause, DBAPIError) and cause.connection_invalidated
    return lost or isinstance(origin, _GONE) or isinstance(getattr(origin, "__cause__", None), _GONE)
