"""Reads the form of an upload, piece by piece, to memory or to a file of its own."""

from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from orderhub.api.uploads.disposition import read_disposition
from orderhub.domain.files.errors import FileTooLargeError
from orderhub.domain.files.models import FilePurpose
from orderhub.kit.errors import FieldError, InvalidError, invalid_field
from orderhub.kit.text import Label

_BOUNDS: Final[dict[str, Any]] = {"max_files": 1, "max_fields": 4, "max_part_size": 100}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent, before anything is known of it."""

    content: BinaryIO
    name: str
    size: int
    purpose: FilePurpose


@asynccontextmanager
async def read_form(request: Request, *, most: int) -> AsyncGenerator[Sent]:
    """The file of at most ``most`` bytes and its purpose; closed at the end.

    Raises InvalidError, FileTooLargeError, HTTPException for what is no form, and ClientDisconnect.
    """
    form = await _parse(request)
    try:
        yield _check(form, most)
    finally:
        await form.close()


async def _parse(request: Request) -> FormData:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return FormData()
    try:
        async with aclosing(request.stream()) as stream:
            return await _Parser(request.headers, stream, **_BOUNDS).parse()
    except MultiPartException as error:
        raise HTTPException(400, error.message) from None


class _Parser(MultiPartParser):
    """Starlette's, which knows only one way to write the name of a file."""

    def on_headers_finished(self) -> None:
        """Say in the one way it knows that a part is a file, and keep its real name."""
        part = self._current_part
        written = part.content_disposition or b""
        found = read_disposition(written)
        has_type = any(field == b"content-type" for field, _ in part.item_headers)
        if found.filename is not None or (found.name == "file" and has_type):
            part.content_disposition = written + b'; filename="file"'
        super().on_headers_finished()
        if part.file is not None:
            part.file.filename = found.filename or ""


def _check(form: FormData, most: int) -> Sent:
    parts: dict[str, Any] = dict(form.multi_items())
    if len(parts) < len(form.multi_items()):
        raise InvalidError(
            Label("Envoyez chaque partie du formulaire une seule fois.", "Send each part of the form once.")
        )
    unknown = sorted(parts.keys() - {"file", "purpose"})
    if unknown:
        places = tuple(
            FieldError(f"/{name}", "extra_forbidden", Label("Ne l’envoyez pas.", "Leave it out.")) for name in unknown
        )
        raise InvalidError(
            Label(
                "Le formulaire a les parties « file » et « purpose ».", "The form has the parts 'file' and 'purpose'."
            ),
            errors=places,
        )
    file, purpose = parts.get("file"), parts.get("purpose")
    if not isinstance(file, UploadFile):
        raise invalid_field(
            "/file",
            "missing",
            Label(
                "Envoyez le fichier comme la partie « file » d’un formulaire multipart.",
                "Send the file as the part 'file' of a multipart form.",
            ),
        )
    if not isinstance(purpose, str) or purpose not in set(FilePurpose):
        raise invalid_field(
            "/purpose",
            "enum",
            Label(f"Donnez l’un de : {', '.join(FilePurpose)}.", f"Say one of: {', '.join(FilePurpose)}."),
        )
    size = file.size or 0
    if size > most:
        raise FileTooLargeError(
            Label(f"Envoyez un fichier d’au plus {most} octets.", f"Send a file of at most {most} bytes."),
            max_bytes=most,
        )
    return Sent(file.file, file.filename or "", size, FilePurpose(purpose))
