"""Reads printed documents back: their text, where ink is on the page, what is attached."""

import io
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import PdfReader

_SCALE = 2
"""Pixels a point."""
_PIXELS_PER_MM = _SCALE * 72 / 25.4
_WHITE = 250


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its text, spaces made plain, and its picture in shades of grey."""

    text: str
    picture: Image.Image


def read(pdf: bytes) -> list[Page]:
    """The pages of a document."""
    document: Any = pypdfium2.PdfDocument(pdf)
    pages = [
        Page(plain(page.get_textpage().get_text_bounded()), page.render(scale=_SCALE).to_pil().convert("L"))
        for page in document
    ]
    document.close()
    return pages


def text_of(pdf: bytes) -> str:
    """The text of every page."""
    return "\n".join(page.text for page in read(pdf))


def plain(text: str) -> str:
    """Text with ordinary spaces between words, lines kept. U+FFFE is how the reader marks a break within a word."""
    lines = unicodedata.normalize("NFC", text.replace("\ufffe", "")).splitlines()
    return "\n".join(re.sub(r"\s+", " ", line).strip() for line in lines)


def margins_are_white(page: Page, *, is_first: bool) -> bool:
    """Whether nothing is printed at the sides, at the foot and at the head, below the first page's band."""
    width, height = page.picture.size
    top, side, foot = (round(mm * _PIXELS_PER_MM) for mm in (5, 17, 5))
    begin = top if is_first else 0
    margins = [(0, begin, side, height), (width - side, begin, width, height), (0, height - foot, width, height)]
    margins.append((0, begin, width, begin + top))
    return all(_darkest_and_lightest(page.picture.crop(box))[0] > _WHITE for box in margins)


def _darkest_and_lightest(picture: Image.Image) -> tuple[int, int]:
    found: Any = picture.getextrema()
    return found


def attachment(pdf: bytes) -> bytes:
    """The XML within an invoice."""
    (found,) = PdfReader(io.BytesIO(pdf)).attachment_list
    assert found.name == "factur-x.xml"
    content: Any = found.content
    return content
