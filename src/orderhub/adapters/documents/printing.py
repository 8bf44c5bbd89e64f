"""One document, printed here and now: the sheet, the XML of an invoice, Typst.

Nothing is fetched: the fonts are in the package, the template imports none. The same content gives the
same bytes, since the date within the file is that of the document.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
import typst

from orderhub.adapters.documents.archive import marked
from orderhub.adapters.documents.factur_x import FILE_NAME, invoice_xml
from orderhub.adapters.documents.glyphs import FONTS
from orderhub.adapters.documents.sheet import Sheet, make_sheet
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.kit.text import Language

_TEMPLATES: Final = Path(__file__).with_name("templates")
_STANDARD: Final = "a-3b"
"""PDF/A-3: kept for decades, with files attached."""
_UNISSUED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The date within a draft's file."""


def print_document(kind: DocumentKind, content: Mapping[str, Any], language: Language) -> bytes:
    """The PDF of a content; without a ``number`` it is a draft."""
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
    return typst.compile(
        _TEMPLATES / "document.typ",
        # Nothing else can be read: not from the working folder, which may be gone, and no font of the machine.
        root=_TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=_STANDARD,
        timestamp=int(issued.timestamp()),
    )
