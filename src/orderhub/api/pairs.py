"""Queries and forms: names and values in percent-encoded UTF-8, and nothing that can't be stored.

The framework would put U+FFFD in the place of what it can't read, and keep the last of two values.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl

from orderhub.kit.errors import FieldError, InvalidError, TooLargeError, pointer_step
from orderhub.kit.text import Label

MOST_PAIRS: Final = 100
MOST_FORM: Final = 65_536
_UNREADABLE: Final = Label(
    "Écrivez le texte en UTF-8, encodé en pour-cent, sans NUL.", "Write text in UTF-8, percent-encoded, without NUL."
)


def read_pairs(raw: bytes) -> Sequence[tuple[str, str]]:
    """What a query or a form of type ``application/x-www-form-urlencoded`` says. Raises InvalidError."""
    if raw.count(b"&") >= MOST_PAIRS:
        raise InvalidError(Label(f"Envoyez au plus {MOST_PAIRS} paramètres.", f"Send at most {MOST_PAIRS} parameters."))
    try:
        pairs = _parse(raw)
    except UnicodeDecodeError:
        unreadable = [part.partition(b"=")[0] for part in raw.split(b"&") if not _is_readable(part)]
        raise _refusal([name.decode("latin-1") for name in unreadable]) from None
    unstorable = [name for name, value in pairs if "\0" in name + value]
    if unstorable:
        raise _refusal(unstorable)
    return pairs


def read_form(raw: bytes) -> Sequence[tuple[str, str]]:
    """The same for a form, whose fields come once each. Raises InvalidError, TooLargeError."""
    if len(raw) > MOST_FORM:
        raise TooLargeError(
            Label(f"Envoyez un formulaire d’au plus {MOST_FORM} octets.", f"Send a form of at most {MOST_FORM} bytes.")
        )
    pairs = read_pairs(raw)
    names = [name for name, _ in pairs]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        hint = Label("Envoyez chaque champ du formulaire une seule fois.", "Send each field of the form once.")
        raise InvalidError(
            hint, errors=tuple(FieldError(pointer_step(name), "repeated_name", hint) for name in repeated)
        )
    return pairs


def _parse(raw: bytes) -> list[tuple[str, str]]:
    return parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict")


def _is_readable(part: bytes) -> bool:
    try:
        _parse(part)
    except UnicodeDecodeError:
        return False
    return True


def _refusal(names: Sequence[str]) -> InvalidError:
    return InvalidError(
        _UNREADABLE, errors=tuple(FieldError(pointer_step(name), "invalid_text", _UNREADABLE) for name in names)
    )
