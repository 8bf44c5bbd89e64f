"""IBANs and BICs within the free text of a payment instruction: a mistyped one sends the buyer's money astray."""

import re
from collections.abc import Iterator
from typing import Final

from orderhub.kit.bank_codes import iban_length, is_bic, is_iban

_JOIN: Final = r"[ .\u00a0\u202f-]?"
_LABELLED: Final = re.compile(rf"\bIBAN\b[\s:]{{0,3}}([A-Z]{{2}}\d{{2}}(?:{_JOIN}[A-Z0-9]){{4,60}})", re.IGNORECASE)
_BARE: Final = re.compile(rf"(?<![A-Za-z0-9])[A-Z]{{2}}\d{{2}}(?:{_JOIN}[A-Z0-9]){{10,40}}(?![a-z])")
_BIC: Final = re.compile(r"\b(?:BIC|SWIFT)\b[\s:/]{0,3}([A-Z0-9]{6,14})\b")
_OTHER_NUMBERS: Final = 12
"""Digits of the longest number that begins like an IBAN and is none: a Swedish VAT number."""


def wrong_codes(details: str) -> Iterator[str]:
    """What is meant for an IBAN or a BIC and is none, as it was written, in the order of their kinds.

    An IBAN is meant after the word, and where a run of letters and digits begins like one and is as long.
    """
    for found in _LABELLED.finditer(details):
        if not is_iban(_whole(found[1])):
            yield found[1]
    for found in _BARE.finditer(details):
        if _is_meant(_plain(found[0])) and not is_iban(_whole(found[0])):
            yield found[0]
    for found in _BIC.finditer(details):
        if found[1] not in {"BIC", "SWIFT"} and not is_bic(found[1]):
            yield found[1]


def _plain(text: str) -> str:
    return re.sub(_JOIN, "", text).upper()


def _whole(text: str) -> str:
    """As much of a run as an IBAN of its country has: ``BIC …`` may follow."""
    plain = _plain(text)
    return plain[: iban_length(plain[:2])]


def _is_meant(plain: str) -> bool:
    length = iban_length(plain[:2])
    return length is not None and (len(plain) == length or sum(map(str.isdigit, plain[:length])) > _OTHER_NUMBERS)
