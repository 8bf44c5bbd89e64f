"""Phone numbers: checked against the numbering plan of their country, kept as E.164."""

import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import phonenumbers

from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label

_FRENCH: Final = ("FR", "GP", "MQ", "GF", "RE")
"""Numbering plans of which people write each other's numbers alike: ``0692 12 34 56`` is Réunion's, Mayotte's too."""
_AMONG_THEM: Final = frozenset((*_FRENCH, "YT", "PM", "BL", "MF", "MC"))
"""Where people write them without a country code."""
_LENGTHENED: Final = {"BJ": (8, "01")}
"""Countries whose numbers became longer, which many still write without: how long they were, and what comes first."""


def normalise_phone(text: str, country: str, pointer: str = "/phone") -> str:
    """A number as E.164, read as one writes it in ``country``. Raises InvalidError at ``pointer``."""
    for spelling, region in _spellings(_plain(text), country):
        found = _read(spelling, region)
        if found is not None:
            return found
    detail = Label(
        "Ce numéro n’existe pas. Écrivez-le avec l’indicatif du pays, comme +33 6 12 34 56 78.",
        "This number does not exist. Write it with its country code, such as +33 6 12 34 56 78.",
    )
    raise invalid_field(pointer, "invalid_phone", detail)


def _plain(text: str) -> str:
    """Without the invisible marks that telephones copy along, and with ordinary spaces and digits."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")


def _spellings(text: str, country: str) -> Iterator[tuple[str, str]]:
    """What the number may be meant for, the likeliest first: text, and the country that it is read in."""
    yield text, country
    if country in _AMONG_THEM:
        yield from ((text, other) for other in _FRENCH)
    if text.startswith("00"):
        yield f"+{text[2:]}", country
    if country in _LENGTHENED:
        length, first = _LENGTHENED[country]
        code = str(phonenumbers.country_code_for_region(country))
        digits = "".join(filter(str.isdigit, text)).removeprefix("00")
        if len(digits) == length or (digits.startswith(code) and len(digits) == len(code) + length):
            yield first + digits[-length:], country


def wa_me_link(phone: str, text: str) -> str:
    """A link that opens WhatsApp with a message to this E.164 number, for staff to look over and send.

    The form is WhatsApp's own: digits alone, the text percent-encoded.
    """
    return f"https://wa.me/{phone.removeprefix('+')}?text={quote(text, safe='')}"


def _read(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
