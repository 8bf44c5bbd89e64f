"""Text of one form, refused with words: whoever mistypes a code is told how to write it, not a regular expression."""

import re
from dataclasses import dataclass

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from orderhub.api.schemas.refusing import unwanted
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Form:
    """Annotates a ``str``. ``hint`` is a sentence that says how to write it; the document has the pattern besides."""

    pattern: str
    hint: Label

    def read(self, value: str) -> str:
        """The text as it is."""
        if re.fullmatch(self.pattern, value) is None:
            raise unwanted("string_pattern_mismatch", self.hint)
        return value

    def __get_pydantic_core_schema__(self, source: type[str], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema) | {"pattern": self.pattern}


CURSOR = Form(
    "^[A-Za-z0-9_-]+$",
    Label(
        "Envoyez sans le changer le `next_cursor` de la page précédente.",
        "Send `next_cursor` of the previous page, unchanged.",
    ),
)
HASH = Form(
    "^[0-9a-f]{64}$",
    Label(
        "Envoyez le SHA-256 en 64 chiffres hexadécimaux minuscules.",
        "Send the SHA-256 as 64 hexadecimal digits in small letters.",
    ),
)
COUNTRY = Form(
    "^[A-Z]{2}$",
    Label(
        "Envoyez un code ISO 3166 de deux majuscules, comme FR.", "Send an ISO 3166 code of two capitals, such as FR."
    ),
)
TOKEN = Form(
    "^[A-Za-z0-9_-]+$", Label("Envoyez le jeton comme il vous a été donné.", "Send the token as you were given it.")
)
HANDLE_PREFIX = Form(
    "^[a-z0-9_.]+$",
    Label(
        "Envoyez les premières minuscules, chiffres, points ou tirets bas d’un identifiant.",
        "Send the first small letters, digits, dots or underscores of a handle.",
    ),
)
