"""Names of files: what clients write read back, and made harmless.

A name is never refused: what could mislead whoever sees it, or the disk it is saved to, is left out. What has
nothing to see is called ``file``.
"""

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from pathlib import PurePath
from typing import Final
from unicodedata import category, normalize
from urllib.parse import unquote

from orderhub.domain.files.content import FORMS
from orderhub.kit.text import is_seen

_LENGTH: Final = 100
_RESERVED: Final = frozenset('<>:"|?*')
_JOINERS: Final = frozenset("\u200c\u200d")
"""Within words of Persian and of Indian languages, and within emoji."""
_WORD: Final = re.compile(r"=\?[\w.*-]+\?[bq]\?[^?]*\?=", re.IGNORECASE | re.ASCII)
_ENCODED: Final = re.compile(r"(?:[!-$&-~]|%[0-9A-Fa-f]{2})+")
"""A name without blanks in which each per cent sign begins a byte."""
_OF_BROWSERS: Final = {"%22": '"', "%0D": "\r", "%0A": "\n"}
"""What browsers write instead of these three, and of no other character (HTML, 4.10.21.8)."""


def read_name(written: str) -> str:
    """The name behind encoded words (RFC 2047) and per cent signs; as it was written where there are none.

    >>> read_name("=?UTF-8?B?cmXDp3UucGRm?="), read_name("re%C3%A7u.pdf"), read_name("100 %.pdf")
    ('reçu.pdf', 'reçu.pdf', '100 %.pdf')
    """
    if _WORD.search(written):
        try:
            return str(make_header(decode_header(written)))
        except (HeaderParseError, LookupError, ValueError):
            return written
    if _ENCODED.fullmatch(written):
        try:
            return unquote(written, errors="strict")
        except UnicodeDecodeError:
            return written
    for encoded, meant in _OF_BROWSERS.items():
        written = written.replace(encoded, meant)
    return written


def safe_name(name: str, media_type: str) -> str:
    """A name without folders, reserved or invisible characters, whose ending fits the type."""
    bare = PurePath(normalize("NFC", name).replace("\\", "/")).name
    clean = "".join(" " if category(each) == "Zs" else each for each in bare if _may_stay(each))
    stem, dot, last = clean.rpartition(".") if "." in clean else (clean, "", "")
    stem, ending, endings = stem.strip(" .")[:_LENGTH].rstrip(), (dot + last).lower(), FORMS[media_type].endings
    return (stem if is_seen(stem) else "file") + (ending if ending in endings else endings[0])


def _may_stay(character: str) -> bool:
    """Whether a character is neither reserved on some disk, nor unseen, nor half of one."""
    if character in _JOINERS or category(character) == "Zs":
        return True
    return character not in _RESERVED and is_seen(character) and category(character) != "Cs"
