"""E-mail addresses in running text, also spelled out or cut short. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from publicsuffixlist import PublicSuffixList

from orderhub.domain.contact_details.spelling import DOT, SPELLED_DOT, pattern

_AT: Final = r"(?:@\s?|\s@\s|\s?[(\[{<]\s?(?:at|a|à|chez|arobase|@)\s?[)\]}>]\s?|\s?\barobase\b\s?)"
_LOCAL: Final = r"(?<![\w.+-])[\w.+-]{1,64}"
_MAIL: Final = r"(?:g(?:oogle)?mail|hotmail|outlook|yahoo|ymail|icloud|proton(?:mail)?|gmx)"
"""Names that stand for mail alone."""
_NETWORK: Final = (
    r"(?:live|msn|aol|orange|wanadoo|free|sfr|laposte|bbox|neuf|bluewin|skynet|telenet|proximus|videotron)"
)
"""Providers of mail that are spoken of for other reasons, too."""


_ADDRESS: Final = pattern(rf"{_LOCAL}{_AT}(?P<domain>[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{1,4}})")
_DOTS: Final = pattern(DOT)
_SPELLED: Final = (
    # "at" alone is an English word: it counts only where the dot is spelled too, or before a provider of mail.
    pattern(rf"{_LOCAL}\s(?:at|chez)\s[\w-]{{1,63}}{SPELLED_DOT}[a-z]{{2,24}}(?![\w@])"),
    pattern(rf"{_LOCAL}\s(?:at|chez|[aà])\s{_MAIL}{DOT}[a-z]{{2,3}}(?![\w@])"),
    pattern(rf"{_LOCAL}\sat\s{_NETWORK}{DOT}[a-z]{{2,3}}(?![\w@])"),
    pattern(rf"{_LOCAL}(?:{_AT}|\s@){_MAIL}(?:{DOT}[a-z]{{2,3}})?(?![\w@])"),
    pattern(rf"\b{_MAIL}\s?(?:[:=]|c[’']est\s)\s?[a-z0-9][\w.+-]{{2,63}}(?=\s*(?:$|[\n,;.!?)]))"),
)
_MENTION: Final = pattern(rf"@|arobase|[(\[{{<]\s?(?:at|a|à|chez)\s?[)\]}}>]|\s(?:at|chez)\s|{_MAIL}")
"""In every text that holds an address: one without is not searched."""
_ENLARGED: Final = re.compile(r"\d(?:[.,]\d)?x(?![^\W_])", re.IGNORECASE)
"""``logo@2x.png``: a picture for a screen of twice the density."""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def find_emails(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand, possibly overlapping."""
    if _MENTION.search(text) is None:
        return
    for found in _ADDRESS.finditer(text):
        end = _end_of_domain(text, found.start("domain"), found.end())
        if end is not None:
            yield found.start(), end
    for spelled in _SPELLED:
        yield from (found.span() for found in spelled.finditer(text))


def _end_of_domain(text: str, start: int, end: int) -> int | None:
    """Where the longest domain that begins here ends: ``gmail.com`` in ``gmail.com.jpg``; None where none does."""
    dots = list(_DOTS.finditer(text, start, end))
    begins, ends = [dot.end() for dot in dots], [*(dot.start() for dot in dots[1:]), end]
    if _ENLARGED.match(text, start, end):
        return None
    for begin, stop in zip(reversed(begins), reversed(ends), strict=True):
        if _suffixes().publicsuffix(text[begin:stop], accept_unknown=False) is not None:
            return stop
    return None
