"""The name of a file in the head of a form's part, in every form that clients write it in.

Browsers write UTF-8 as it is; others write ``filename*`` (RFC 8187), pieces of it (RFC 2231), encoded words
(RFC 2047) or per cent signs. RFC 7578 allows only the first, which helps nobody who has another.
"""

import re
from dataclasses import dataclass
from email.utils import collapse_rfc2231_value, decode_params, unquote
from typing import Final

from orderhub.domain.files.names import read_name

_PARAMETER: Final = re.compile(r';\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)')
_ESCAPED: Final = re.compile(r'\\([\\"])')
_FILENAME: Final = "filename"
_LOST: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Disposition:
    """What the head of a part says of it."""

    name: str
    filename: str | None
    """None where it names no file."""


def read_disposition(written: bytes) -> Disposition:
    """The names in a ``Content-Disposition``.

    >>> read_disposition(b"form-data; name=file; filename*=UTF-8''re%C3%A7u.pdf").filename
    'reçu.pdf'
    """
    found = [(key.lower(), value.strip()) for key, value in _PARAMETER.findall(_text(written))]
    plain = {key: _unquoted(value) for key, value in found}
    extended = _read_extended([(key, value) for key, value in found if key.startswith(f"{_FILENAME}*")])
    name = plain.get(_FILENAME)
    if extended is None or (_LOST in extended and name is not None):
        extended = None if name is None else read_name(name)
    return Disposition(plain.get("name", ""), extended)


def _text(written: bytes) -> str:
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("latin-1")


def _unquoted(value: str) -> str:
    """What is between the quotes. Only quotes and backslashes are escaped: folders of Windows stay folders."""
    return _ESCAPED.sub(r"\1", value[1:-1]) if len(value) > 1 and value[0] == value[-1] == '"' else value


def _read_extended(parameters: list[tuple[str, str]]) -> str | None:
    # Its first parameter is passed over: it stands for the type.
    for key, value in decode_params([("", ""), *parameters])[1:]:
        if key == _FILENAME:
            return unquote(collapse_rfc2231_value(value))
    return None
