"""Closed sets of codes: each is one component of the document, by a name of the domain, wherever it is used."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from orderhub.api.schemas.refusing import unwanted
from orderhub.kit.text import Label

MOST_NAMED: Final = 30
"""Codes that a refusal lists; a longer set is in the document."""


@dataclass(frozen=True)
class Codes:
    """Annotates a ``str`` that is one of a set. ``codes`` gives the set when it is first needed, in its own order."""

    name: str
    """Of the component; each set has one of its own."""
    meaning: str
    codes: Callable[[], Iterable[str]] = field(repr=False)
    refusal: tuple[str, Label] | None = None
    """The code and the text of what refuses another value, where that isn't the list of the codes."""

    @cached_property
    def all(self) -> tuple[str, ...]:
        """The set, each code once."""
        return tuple(dict.fromkeys(str(code) for code in self.codes()))

    def read(self, value: str) -> str:
        """The code as it is."""
        if value in self.all:
            return value
        if self.refusal is not None:
            raise unwanted(*self.refusal)
        known = ", ".join(self.all if len(self.all) <= MOST_NAMED else (*self.all[:MOST_NAMED], "…"))
        raise unwanted("enum", Label(f"Envoyez l’un de {known}.", f"Send one of {known}."))

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            self.read,
            core_schema.str_schema(strict=True),
            ref=f"{__name__}.{self.name}:0",
            metadata={"pydantic_js_functions": [self._document]},
        )

    def _document(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        found = handler(schema)
        handler.resolve_ref_schema(found).update(
            {"type": "string", "enum": list(self.all), "title": self.name, "description": self.meaning}
        )
        return found
