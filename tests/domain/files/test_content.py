"""A file is what its content says: text to its last byte is text, whatever it begins with."""

from io import BytesIO
from typing import Final

import pytest

from orderhub.domain.files.content import find_media_type
from orderhub.domain.files.errors import FileTypeRefusedError
from tests.making.pictures import box, heic

BOM: Final = b"\xef\xbb\xbf"
BINARY: Final = b"%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"
SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


def find(content: bytes) -> str:
    return find_media_type(BytesIO(content))


@pytest.mark.parametrize(
    "content",
    [
        b"BMW serie 3, 2019, 84 000 km",
        b"BM",
        b"GIF89a est un format de 1989",
        b"ID3 : \xc3\xa9tiquettes",
        b"MZ",
        b"PK veut dire Phil Katz",
        b"RIFF....WEBP en toutes lettres",
        b"II* et MM*",
        b"Rar!",
        b"#!AMR",
        b"{\\rtf1 Bonjour}",
        b"OTTO commande trois flyers",
        b"8BPS",
        b"%!PS-Adobe-3.0",
        b"Le fichier commence par %PDF-1.4",
        BOM + b"Bonjour",
        b"Bonjour\x0c\r\n\tpage 2",
        "été".encode() * 1_000_000,
        b"x" * 3_000_000,
    ],
)
def test_text_is_text(content: bytes) -> None:
    assert find(content) == "text/plain"


@pytest.mark.parametrize(
    "before", [b"", b"\n", b"\r\n \t", BOM, BOM + b"\n", b"\0", b"\xff" * 1000, b"HTTP/1.1 200 OK\r\n\r\n"]
)
def test_a_pdf_may_begin_later(before: bytes) -> None:
    assert find(before + b"%PDF-1.4\n" + BINARY) == "application/pdf"


@pytest.mark.parametrize("content", [b"\n%PDF-1.4 \n", b"x: y\n\n%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"])
def test_a_pdf_may_be_text_alone(content: bytes) -> None:
    assert find(content) == "application/pdf"


@pytest.mark.parametrize("before", [b"\xff" * 1025, b"\x7fELF", b"MZ\x90\0"])
def test_a_pdf_that_begins_too_late_or_in_a_program_is_none(before: bytes) -> None:
    with pytest.raises(FileTypeRefusedError):
        find(before + b"%PDF-1.4\n" + BINARY)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b'{"a": [1, 2.5e3, null, "\xc3\xa9"]}', "application/json"),
        (BOM + b"\n[]\n", "application/json"),
        (b"[" * 500 + b"]" * 500, "application/json"),
        (b'{"a": "' + b"x" * 3_000_000 + b'"}', "application/json"),
        (b"[" * 3_000_000, "text/plain"),
        (b"[a faire] appeler Bruno", "text/plain"),
        (b'{"a": 1} et plus', "text/plain"),
        (b'{"a": NaN}', "text/plain"),
        (b'"texte"', "text/plain"),
        (SVG, "image/svg+xml"),
        (BOM + b"\n" + SVG, "image/svg+xml"),
        (b'<?xml version="1.0"?>\n<!-- Atelier > Bruno -->\n' + SVG, "image/svg+xml"),
        (b'<!DOCTYPE svg PUBLIC "x" "y" [<!ENTITY a "b">]>\n' + SVG, "image/svg+xml"),
        (b'<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        (b"<html><body><svg/></body></html>", "text/plain"),
        (b"<svgx/>", "text/plain"),
        (b"<!--" * 100_000, "text/plain"),
    ],
)
def test_texts_of_a_form(content: bytes, media_type: str) -> None:
    assert find(content) == media_type


@pytest.mark.parametrize(
    "brands", [b"heic\0\0\0\0mif1", b"heix\0\0\0\0mif1", b"mif1\0\0\0\0mif1heic", b"msf1\0\0\0\0hevc", b"hevc\0\0\0\0"]
)
def test_photos_of_telephones_are_known_by_their_brands(brands: bytes) -> None:
    assert find(box(b"ftyp", brands) + bytes(100)) == "image/heic"
    assert find(heic("scene")) == "image/heic"


@pytest.mark.parametrize(
    "brands", [b"avif\0\0\0\0mif1avif", b"mif1\0\0\0\0avif", b"mp42\0\0\0\0isom", b"qt  \0\0\0\0", b"", b"heic"[:3]]
)
def test_films_and_other_pictures_are_refused(brands: bytes) -> None:
    with pytest.raises(FileTypeRefusedError):
        find(box(b"ftyp", brands) + bytes(100))
