"""What Pydantic refuses, said as what is wanted instead, in both languages; never a regular expression.

A validator of ours brings its own words (`unwanted`); every other error is one of Pydantic's types, which the tables
below know.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from orderhub.api.schemas.refusing import WANTED
from orderhub.kit.text import Label

_LONGEST_NAME: Final = 80
_MOST_NAMES: Final = 5
_LONGEST_TAG: Final = 40

_TEXT: Final = Label("Envoyez un texte.", "Send text.")
_INTEGER: Final = Label("Envoyez un nombre entier.", "Send a whole number.")
_NUMBER: Final = Label("Envoyez un nombre.", "Send a number.")
_FLAG: Final = Label("Envoyez true ou false.", "Send true or false.")
_OBJECT: Final = Label("Envoyez un objet JSON.", "Send a JSON object.")
_LIST: Final = Label("Envoyez une liste JSON.", "Send a JSON list.")
_DAY: Final = Label("Envoyez un jour, écrit AAAA-MM-JJ.", "Send a day as YYYY-MM-DD.")
_TIME: Final = Label("Envoyez une heure.", "Send a time.")
_INSTANT: Final = Label("Envoyez un instant RFC 3339 avec son fuseau.", "Send an RFC 3339 time with its zone.")
_DURATION: Final = Label("Envoyez une durée ISO 8601, comme P7D.", "Send an ISO 8601 duration, such as P7D.")
_URL: Final = Label("Envoyez l’adresse d’une page web.", "Send the address of a web page.")
_LEAVE_OUT: Final = Label("Ne l’envoyez pas.", "Leave it out.")
_MISSING: Final = Label("Ce champ est obligatoire : envoyez-le.", "This field is required: send it.")
_FORM: Final = Label(
    "Écrivez-le sous la forme que dit la documentation.", "Write it in the form that the document says."
)
OTHERWISE: Final = Label(
    "Cette valeur ne convient pas : voyez la documentation.", "Not a value for this field: see the document."
)

PLAIN: Final[Mapping[str, Label]] = {
    "missing": _MISSING,
    "extra_forbidden": _LEAVE_OUT,
    "none_required": _LEAVE_OUT,
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_sub_type": _TEXT,
    "string_pattern_mismatch": _FORM,
    "string_not_ascii": Label("Envoyez des caractères ASCII seulement.", "Send characters of ASCII alone."),
    "int_type": _INTEGER,
    "int_parsing": _INTEGER,
    "int_parsing_size": _INTEGER,
    "int_from_float": _INTEGER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dataclass_type": _OBJECT,
    "dict_type": _OBJECT,
    "mapping_type": _OBJECT,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "iterable_type": _LIST,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "time_type": _TIME,
    "time_parsing": _TIME,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "timezone_aware": _INSTANT,
    "time_delta_type": _DURATION,
    "time_delta_parsing": _DURATION,
    "url_type": _URL,
    "url_parsing": _URL,
    "url_syntax_violation": _URL,
    "url_scheme": _URL,
}
"""Errors that say the same of every value."""

BOUNDED: Final[Mapping[str, Callable[[Mapping[str, Any]], Label]]] = {
    "greater_than": lambda of: Label(f"Envoyez plus que {of['gt']}.", f"Send more than {of['gt']}."),
    "greater_than_equal": lambda of: Label(f"Envoyez {of['ge']} au moins.", f"Send {of['ge']} or more."),
    "less_than": lambda of: Label(f"Envoyez moins que {of['lt']}.", f"Send less than {of['lt']}."),
    "less_than_equal": lambda of: Label(f"Envoyez {of['le']} au plus.", f"Send {of['le']} or less."),
    "multiple_of": lambda of: Label(
        f"Envoyez un multiple de {of['multiple_of']}.", f"Send a multiple of {of['multiple_of']}."
    ),
    "too_short": lambda of: Label(
        f"Envoyez {of['min_length']} éléments au moins.", f"Send {of['min_length']} items or more."
    ),
    "too_long": lambda of: Label(
        f"Envoyez {of['max_length']} éléments au plus.", f"Send {of['max_length']} items or less."
    ),
    "string_too_short": lambda of: Label(
        f"Envoyez {of['min_length']} caractères au moins.", f"Send {of['min_length']} characters or more."
    ),
    "string_too_long": lambda of: Label(
        f"Envoyez {of['max_length']} caractères au plus.", f"Send {of['max_length']} characters or less."
    ),
    "bytes_too_short": lambda of: Label(
        f"Envoyez {of['min_length']} octets au moins.", f"Send {of['min_length']} bytes or more."
    ),
    "bytes_too_long": lambda of: Label(
        f"Envoyez {of['max_length']} octets au plus.", f"Send {of['max_length']} bytes or less."
    ),
    "url_too_long": lambda of: Label(
        f"Envoyez {of['max_length']} caractères au plus.", f"Send {of['max_length']} characters or less."
    ),
    "enum": lambda of: _one_of(of["expected"]),
    "literal_error": lambda of: _one_of(of["expected"]),
    "union_tag_invalid": lambda of: _one_of(of["expected_tags"]),
    "union_tag_not_found": lambda _: Label(
        "Ce champ est obligatoire : c’est lui qui dit le reste.",
        "This field is required: it decides what else to send.",
    ),
}
"""Errors that name a bound, or what there is to choose from."""


def wanted(error: Mapping[str, Any]) -> Label:
    """What to send in the place of what this error of Pydantic's refuses."""
    context: Mapping[str, Any] = error.get("ctx") or {}
    said = context.get(WANTED)
    if isinstance(said, Label):
        return said
    bounded = BOUNDED.get(error["type"])
    return bounded(context) if bounded else PLAIN.get(error["type"], OTHERWISE)


def summary(pointers: Sequence[str], first: Label) -> Label:
    """One sentence about a request: its wrong fields by name, and what is wanted where there is only one."""
    names = list(dict.fromkeys(_dotted(pointer) for pointer in pointers))
    if len(names) == 1:
        return Label(f"Corrigez {names[0]} : {first.fr}", f"Correct {names[0]}: {first.en}")
    shown = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    return Label(
        f"Corrigez {shown} : « errors » dit ce qui est voulu.", f"Correct {shown}: 'errors' says what is wanted."
    )


def _dotted(pointer: str) -> str:
    """A JSON pointer as people write a path: ``/lines/0/name`` is ``lines.0.name``."""
    name = pointer.removeprefix("/").replace("/", ".").replace("~1", "/").replace("~0", "~")
    return name[:_LONGEST_NAME] or "body"


def _one_of(expected: str) -> Label:
    listed = expected.replace(" or ", ", ")
    return Label(f"Envoyez l’un de {listed}.", f"Send one of {listed}.")
