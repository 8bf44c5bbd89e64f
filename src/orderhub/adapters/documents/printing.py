"""One document, printed here and now: the sheet, the XML of an invoice, Typst.

Nothing is fetched: the fonts are Typst's own or come as packages, the template imports none. The same content gives
the same bytes, since the date within the file is that of the document.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import fontpkg_amiri
import manimgx_fonts
import manimgx_fonts_cjk
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
    try:
        return _print(kind, content, language)
    except typst.TypstError:
        # Somebody piled up marks that no font has together. Nobody's order waits for that: print it without marks.
        return _print(kind, content, language, plain=True)


def _print(kind: DocumentKind, content: Mapping[str, Any], language: Language, *, plain: bool = False) -> bytes:
    zone = ZoneInfo(content["house"]["time_zone"])
    issued = datetime.fromisoformat(content["issued_at"]) if content.get("number") else _UNISSUED
    date_parts = _parts(issued.astimezone(zone).date())
    sheet = make_sheet(kind, content, language, plain=plain) | {"fonts": FONTS, "date": date_parts}
    if kind is DocumentKind.PROFORMA:
        return _compile(sheet, issued)
    return marked(_compile(sheet, issued, invoice_xml(kind, content, language)))


@cache
def fonts() -> typst.Fonts:
    """The fonts there are; of the machine's own, none."""
    packages = (fontpkg_amiri, manimgx_fonts, manimgx_fonts_cjk)
    folders = [Path(folder) for package in packages for folder in package.__path__]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


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
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=_STANDARD,
        timestamp=int(issued.timestamp()),
    )
