"""Values at the edge: text, currency, instants, days and durations, each refused unless it is exact.

Every type says its bounds in the schema, so that what the document allows is what is accepted.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.refusing import unwanted
from orderhub.kit.clock import show_instant
from orderhub.kit.money import CURRENCIES
from orderhub.kit.text import (
    Label,
    is_seen,
    parse_duration,
    piles_up_marks,
    show_duration,
    turns,
)

_CONTROLS = re.compile(r"[\u0000-\u001f\u007f-\u009f]")
_CONTROLS_IN_LINES = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f]")
_DIGITS = re.compile(r"-?[0-9]{1,19}")
_DECOMPOSED = 4
"""Characters that one of NFC may come as."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_INSTANT = r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"
_DAY = r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"
_DURATION = r"^P(?=[0-9T])([0-9]{1,4}D)?(T(?=[0-9])([0-9]{1,4}H)?([0-9]{1,4}M)?([0-9]{1,5}S)?)?$"


@dataclass(frozen=True)
class Text:
    """Annotates a ``str``: ``min`` to ``max`` characters, in NFC, outer white space dropped.

    One line unless ``lines``; no control characters and no lone surrogates. ``min`` is no more than 1: a pattern
    says that something must be left without the white space, but not how much of it.
    """

    max: int
    min: Literal[0, 1] = 1
    lines: bool = False
    examples: Sequence[str] = field(default=(), hash=False)

    def read(self, value: str) -> str:
        """The text as it is kept."""
        # Each step is bounded by the ones before it: normalising takes long where much stands on one letter.
        given = value.strip()
        if len(given) > _DECOMPOSED * self.max:
            raise self._length_refused()
        if _LONE_SURROGATE.search(given):
            raise unwanted(
                "invalid_text", Label("Envoyez un texte sans demi-paire Unicode.", "Send text without lone surrogates.")
            )
        if piles_up_marks(given):
            raise unwanted(
                "invalid_text",
                Label(
                    "Envoyez un texte avec moins d’accents sur une lettre.",
                    "Send text with fewer accents on one letter.",
                ),
            )
        text = unicodedata.normalize("NFC", given).strip()
        if (_CONTROLS_IN_LINES if self.lines else _CONTROLS).search(text):
            raise unwanted(
                "invalid_text",
                Label("Envoyez un texte sans caractère de contrôle.", "Send text without control characters."),
            )
        if not self.min <= len(text) <= self.max:
            raise self._length_refused()
        return text

    def _length_refused(self) -> PydanticCustomError:
        return unwanted(
            "text_length",
            Label(f"Envoyez {self.min} à {self.max} caractères.", f"Send {self.min} to {self.max} characters."),
        )

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.read, core_schema.str_schema(strict=True))

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        document: JsonSchemaValue = {"type": "string", "minLength": self.min, "maxLength": self.max}
        return document | ({"examples": list(self.examples)} if self.examples else {})


@dataclass(frozen=True)
class Name(Text):
    """Annotates a ``str`` that names a person, a place or a thing, or is a title: as `Text`, and stricter.

    One line with something to see in it, and nothing that turns the direction of what stands beside it.
    """

    def read(self, value: str) -> str:
        """The name as it is kept."""
        text = super().read(value)
        if turns(value):
            raise unwanted(
                "direction_override",
                Label(
                    "Envoyez une ligne, sans caractère qui retourne le sens de l’écriture.",
                    "Send one line, without characters that turn the direction of writing.",
                ),
            )
        if not is_seen(text):
            raise unwanted(
                "nothing_to_see",
                Label("Envoyez au moins un caractère visible.", "Send at least one character that can be seen."),
            )
        return text


Note = Annotated[str, Text(2000, lines=True, examples=["Merci de me prévenir avant la livraison."])]
"""A paragraph or more that one person writes to another."""


def _read(pattern: str, kind: type[Any], parse: Callable[[str], Any], code: str, hint: Label) -> BeforeValidator:
    found = re.compile(pattern)

    def read(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        try:
            if isinstance(value, str) and found.fullmatch(value):
                return parse(value)
        except (ValueError, OverflowError):
            pass
        raise unwanted(code, hint)

    return BeforeValidator(read)


def _document(example: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **more, "examples": [example]})


def _parse_instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


Instant = Annotated[
    datetime,
    _read(
        _INSTANT,
        datetime,
        _parse_instant,
        "invalid_instant",
        Label("Envoyez un instant RFC 3339 avec son fuseau.", "Send an RFC 3339 time with its zone."),
    ),
    PlainSerializer(show_instant, return_type=str),
    _document("2026-11-21T09:30:00Z", format="date-time", maxLength=32),
]
"""RFC 3339; shown in UTC with ``Z``."""

Day = Annotated[
    date,
    _read(
        _DAY,
        date,
        date.fromisoformat,
        "invalid_day",
        Label("Envoyez un jour, écrit AAAA-MM-JJ.", "Send a day as YYYY-MM-DD."),
    ),
    _document("2026-11-21", format="date", maxLength=10),
]

Duration = Annotated[
    timedelta,
    _read(
        _DURATION,
        timedelta,
        parse_duration,
        "invalid_duration",
        Label("Envoyez une durée ISO 8601, comme P7D.", "Send an ISO 8601 duration, such as P7D."),
    ),
    PlainSerializer(show_duration, return_type=str),
    _document("P7D", format="duration", maxLength=24),
]
"""ISO 8601 days, hours, minutes and seconds."""


Currency = Annotated[
    str,
    Codes(
        "Currency",
        "An ISO 4217 code of money.",
        lambda: CURRENCIES,
        ("invalid_currency", Label("Envoyez un code ISO 4217, comme EUR.", "Send an ISO 4217 code, such as EUR.")),
    ),
]


def _read_digits(value: Any) -> Any:
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise unwanted("int_parsing", Label("Envoyez un nombre entier en chiffres.", "Send a whole number in digits."))
    return value


def _read_flag(value: Any) -> bool:
    if value in ("true", "false") or isinstance(value, bool):
        return value in ("true", True)
    raise unwanted("bool_parsing", Label("Envoyez true ou false.", "Send true or false."))


_MOST_COUNTED = 2**31 - 1
Count = Annotated[int, Field(ge=0, le=_MOST_COUNTED)]
"""How many there are of something."""

Ordinal = Annotated[int, Field(ge=1, le=_MOST_COUNTED)]
"""What counts from one: versions, messages, bytes of what isn't empty."""

WholeNumber = Annotated[int, Field(ge=-(2**63), le=2**63 - 1), BeforeValidator(_read_digits)]
"""For queries and paths, where numbers come as text: digits and nothing else."""

Flag = Annotated[bool, BeforeValidator(_read_flag)]
"""For queries: ``true`` or ``false`` and nothing else."""
