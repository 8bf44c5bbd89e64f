"""Phone numbers: checked against the numbering plan of their country, kept as E.164."""

from urllib.parse import quote

import phonenumbers

from orderhub.kit.errors import invalid_field

_NUMBERED_LIKE_FRANCE = frozenset(("GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "MC"))
"""Where people write a metropolitan number, such as 06 12 34 56 78, without its country code."""

COUNTRIES = frozenset(phonenumbers.SUPPORTED_REGIONS)
"""ISO 3166 codes of the countries that have a numbering plan: all of them."""


def normalise_phone(text: str, country: str, pointer: str = "/phone") -> str:
    """A number as E.164, read as one writes it in ``country``. Raises InvalidError at ``pointer``."""
    regions = (country, "FR") if country in _NUMBERED_LIKE_FRANCE else (country,)
    for region in regions:
        found = _read(text, region)
        if found is not None:
            return found
    detail = "This number does not exist. Write it with its country code, such as +33 6 12 34 56 78."
    raise invalid_field(pointer, "invalid_phone", detail)


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
