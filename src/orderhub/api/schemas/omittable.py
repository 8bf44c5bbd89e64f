"""What may be left out: the document says its type alone, and an explicit null is refused with words."""

from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from orderhub.api.schemas.refusing import unwanted
from orderhub.kit.text import Label

T = TypeVar("T")


class _LeftOut:
    """Annotates an optional type: None stands for what was left out, and nobody can send it."""

    @staticmethod
    def refuse_null(value: Any) -> Any:
        """The value as it is."""
        if value is None:
            raise unwanted(
                "null_refused",
                Label("Laissez ce champ de côté au lieu d’envoyer null.", "Leave it out instead of sending null."),
            )
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.refuse_null, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        said = handler(schema)
        given = [option for option in said.get("anyOf", ()) if option.get("type") != "null"]
        return given[0] if len(given) == 1 else {**said, "anyOf": given}


Omittable = Annotated[T | None, _LeftOut()]
"""``name: Omittable[Name] = None``. Bounds belong inside: ``Omittable[Annotated[str, Field(max_length=40)]]``.

Where null itself says something, as in an edit that clears a field, ``Name | None`` is the type.
"""
