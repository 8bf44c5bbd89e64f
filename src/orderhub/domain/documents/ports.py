"""The printer as the domain sees it; ``adapters/documents`` has the real one."""

from collections.abc import Mapping
from typing import Any, Protocol

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.kit.errors import OverloadedError
from orderhub.kit.text import Label, Language


class PrinterBusyError(OverloadedError):
    """More documents wait to be printed than the printer takes; trying again in a moment works."""

    code = "printer_busy"
    title = Label("Impression momentanément saturée", "Printer busy")


class Printer(Protocol):
    """Makes PDF files of documents."""

    async def print(self, kind: DocumentKind, content: Mapping[str, Any], language: Language) -> bytes:
        """One document as PDF, the same bytes for the same content; see `content` for its form.

        A content without ``number`` is printed as a draft. Never call it inside a database transaction:
        it takes a tenth of a second or more. Raises PrinterBusyError.
        """
        ...
