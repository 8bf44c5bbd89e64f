"""What can be refused, and how a refusal is named.

Every refusal is a `DomainError` subclass with a stable ``code`` and a title in both languages. The
HTTP status of each *family* (the classes in this file) is written once, in ``api/problems.py``.
Each code has a line in ``docs/problems.md``; a test holds that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with a request: where (JSON pointer), which code, and what to do."""

    pointer: str
    code: str
    detail: Label


class DomainError(Exception):
    """A refusal that the caller can understand and act on.

    ``detail`` says in one sentence what to do, in each language; ``extras`` are members added to the problem document.
    """

    code: ClassVar[str] = "error"
    title: ClassVar[Label] = Label("Erreur", "Error")

    def __init__(self, detail: Label | None = None, *, errors: tuple[FieldError, ...] = (), **extras: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = errors
        self.extras: Mapping[str, Any] = extras

    def __str__(self) -> str:
        """In English: for logs and for whoever operates the hub."""
        return (self.detail or self.title).en


class NotFoundError(DomainError):
    """There is no such thing, or the caller may not see it: the two answer alike."""

    code = "not_found"
    title = Label("Introuvable", "Not found")


class ForbiddenError(DomainError):
    """The caller may see it but not do this."""

    code = "forbidden"
    title = Label("Non autorisé", "Not allowed")


class UnauthenticatedError(DomainError):
    """No valid token or key came with the request."""

    code = "unauthenticated"
    title = Label("Authentification requise", "Sign in first")


class InvalidSignatureError(UnauthenticatedError):
    """A body that the system outside did not sign, such as a provider or a carrier, or signed too long ago."""

    code = "invalid_signature"
    title = Label("Signature invalide", "Invalid signature")


class ConflictError(DomainError):
    """The state of things does not allow it now."""

    code = "conflict"
    title = Label("Conflit avec l’état actuel", "Conflict with the current state")


class InvalidError(DomainError):
    """The request itself is wrong; ``errors`` points at each place."""

    code = "invalid"
    title = Label("Requête invalide", "Invalid request")


class MalformedError(DomainError):
    """The request cannot be read at all, or lacks a header that it needs."""

    code = "malformed"
    title = Label("Requête illisible", "Malformed request")


class GoneError(DomainError):
    """It was there and will never be again."""

    code = "gone"
    title = Label("N’existe plus", "No longer there")


class StaleError(DomainError):
    """``If-Match`` names a version that is no longer current."""

    code = "stale"
    title = Label("Version périmée", "Stale version")


class TooManyError(DomainError):
    """A limit of requests is reached; ``retry_after`` (seconds) is among the extras."""

    code = "too_many_requests"
    title = Label("Trop de requêtes", "Too many requests")


class TooLargeError(DomainError):
    """What was sent is larger than what is accepted."""

    code = "too_large"
    title = Label("Trop volumineux", "Too large")


class HeadTooLargeError(DomainError):
    """The line and the headers of a request are more than is read."""

    code = "head_too_large"
    title = Label("En-têtes trop volumineux", "Headers too large")


class TooSlowError(DomainError):
    """A request took longer to arrive than a connection is kept waiting for it."""

    code = "too_slow"
    title = Label("Envoi trop lent", "Sent too slowly")


class OverloadedError(DomainError):
    """No capacity right now; ``retry_after`` (seconds) is among the extras."""

    code = "overloaded"
    title = Label("Service momentanément saturé", "Temporarily overloaded")


def pointer_step(name: str | int) -> str:
    """One step of a JSON pointer (RFC 6901): the slash and the name behind it."""
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


def invalid_field(pointer: str, code: str, detail: Label) -> InvalidError:
    """An `InvalidError` about one place of the request."""
    return InvalidError(detail, errors=(FieldError(pointer, code, detail),))
