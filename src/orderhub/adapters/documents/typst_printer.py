"""The printer: Typst makes the pages, in threads of its own, a few documents at a time.

Nothing is fetched: the fonts are in the package, the template imports none. The same content gives the
same bytes, since the date within the file is that of the document.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
import typst

from orderhub.adapters.documents.archive import marked
from orderhub.adapters.documents.factur_x import FILE_NAME, invoice_xml
from orderhub.adapters.documents.glyphs import FONTS
from orderhub.adapters.documents.sheet import Sheet, make_sheet
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.ports import PrinterBusyError
from orderhub.kit.text import Language

_STANDARD: Final = "a-3b"
"""PDF/A-3: kept for decades, with files attached."""
_UNISSUED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The date within a draft's file."""


class TypstPrinter:
    """Prints ``parallel`` documents at a time; one that would wait longer than ``wait`` seconds is refused."""

    def __init__(self, parallel: int = 2, wait: float = 10.0) -> None:
        self._threads = ThreadPoolExecutor(parallel, thread_name_prefix="printer")
        self._wait = wait

    async def print(self, kind: DocumentKind, content: Mapping[str, Any], language: Language) -> bytes:
        """One document as PDF. Raises PrinterBusyError."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._wait):
                return await loop.run_in_executor(self._threads, print_document, kind, content, language)
        except TimeoutError:
            raise PrinterBusyError("Many documents are being printed. Try again in a moment.", retry_after=2) from None

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def print_document(kind: DocumentKind, content: Mapping[str, Any], language: Language) -> bytes:
    """The same, here and now."""
    zone = ZoneInfo(content["house"]["time_zone"])
    issued = datetime.fromisoformat(content["issued_at"]) if content.get("number") else _UNISSUED
    sheet = make_sheet(kind, content, language) | {"fonts": FONTS, "date": _parts(issued.astimezone(zone).date())}
    if kind is DocumentKind.PROFORMA:
        return _compile(sheet, issued)
    return marked(_compile(sheet, issued, invoice_xml(kind, content, language)))


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _compile(sheet: Sheet, issued: datetime, xml: bytes | None = None) -> bytes:
    inputs = {"sheet": msgspec.json.encode(sheet).decode()}
    if xml is not None:
        inputs |= {"xml": xml.decode(), "xml-name": FILE_NAME}
    # Typst's own fonts alone, so that a page is the same on every machine.
    return typst.compile(
        _template(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=_STANDARD,
        timestamp=int(issued.timestamp()),
    )


@cache
def _template() -> bytes:
    return files("orderhub.adapters.documents").joinpath("templates", "document.typ").read_bytes()
