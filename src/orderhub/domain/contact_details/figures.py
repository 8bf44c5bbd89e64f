"""Figures that are no telephone number although their digits would do: dates, prices, references, colours."""

import re
from itertools import accumulate
from typing import Final

_CURRENCY: Final = r"(?:€|eur\b|euros?\b|f\s?cfa\b|xof\b|xaf\b|cfa\b|chf\b|usd\b|cad\b|\$|£|francs?\b)"
_NUMBER: Final = r"(?<![\d+])[1-9]\d{0,2}(?:[\s.,']?\d{3}){0,5}(?:[.,]\d{1,2})?"
_OTHER_FIGURES: Final = re.compile(
    rf"""(?<![\d.])(?!\d\d(?:\.\d\d){{3}}(?!\d))\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?!\.?\d)
       | (?<!\d)(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:19|20)\d{{2}}(?!\d)
       | (?<!\d)(?:19|20)\d{{2}}[/.\-]?(?:0[1-9]|1[0-2])[/.\-]?(?:0[1-9]|[12]\d|3[01])(?!\d)
       | (?<!\d)(?:[01]?\d|2[0-3])\s?[h:]\s?[0-5]\d(?::[0-5]\d)?(?!\d)
       | {_NUMBER}\s?{_CURRENCY} | {_CURRENCY}\s?{_NUMBER}
       | \b(?:cmjn|cmyk|rvb|rgb|hsl|hsv)\b[\s:=(]{{0,3}}\d{{1,3}}(?:[\s/|,;.%-]{{1,3}}\d{{1,3}}){{2,3}}(?!\d)
       | \b[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Addresses of computers, dates, times of day, prices, colours, UUIDs."""

_REFERENCE: Final = re.compile(
    r"(?:\b(?:commande|order|r[ée]f(?:[ée]rence)?s?|facture|invoice|devis|quote|pro\s?forma|contrat|contract|siren|siret"
    r"|suivi|tracking|colis|parcel|dossier|case|ticket|article|item|lot|s[ée]rie|serial|sku|ean|isbn|id)\b"
    r"\.?|\#)[\s:]{0,3}(?:(?:n[°º]|№|no\b\.?|num[ée]ro\b|number\b|\#)[\s:]{0,3})?$"
    r"|\b(?:tailles?|pointures?|sizes?)[\s:]{0,3}$",
    re.IGNORECASE,
)
"""Words after which a figure in one piece is a reference: ``commande n° 0612345678``."""
_SERIES: Final = re.compile(r"(?<![^\W_])(?!TEL-|GSM-|MOB-)[A-Z]{1,5}-$")
"""The letters of a numbered document: ``FA-2026-000123``."""
_BEFORE: Final = 40


class Figures:
    """The figures of one text."""

    def __init__(self, text: str) -> None:
        """Look for them in ``text``; linear in its length."""
        self._text = text
        inside = bytearray(len(text))
        joined = bytearray(len(text) + 1)
        for found in _OTHER_FIGURES.finditer(text):
            start, end = _from_first_digit_to_last(text, *found.span())
            inside[start:end] = b"\1" * (end - start)
            joined[start + 1 : end] = b"\1" * (end - start - 1)
        self._joined = joined
        digits = [letter.isdigit() for letter in text]
        self._digits = [0, *accumulate(digits)]
        self._in_figures = [0, *accumulate(a and b for a, b in zip(digits, inside, strict=True))]

    def hold(self, start: int, end: int) -> bool:
        """Whether a stretch is one or several of these figures, or cuts through one."""
        if self._joined[start] or self._joined[end]:
            return True
        digits = self._digits[end] - self._digits[start]
        return digits == self._in_figures[end] - self._in_figures[start]

    def refers(self, start: int, end: int) -> bool:
        """Whether a stretch is the number of an order, an invoice or the like."""
        before = self._text[max(0, start - _BEFORE) : start]
        if _SERIES.search(before):
            return True
        in_one_piece = self._digits[end] - self._digits[start] == end - start
        return in_one_piece and _REFERENCE.search(before) is not None


def _from_first_digit_to_last(text: str, start: int, end: int) -> tuple[int, int]:
    while not text[start].isdigit():
        start += 1
    while not text[end - 1].isdigit():
        end -= 1
    return start, end
