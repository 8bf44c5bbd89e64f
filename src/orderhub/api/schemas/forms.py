"""Text of one form, refused with words: whoever mistypes a code is told how to write it, not a regular expression."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@dataclass(frozen=True, slots=True)
class Form:
    """Annotates a ``str``. ``hint`` is a sentence that says how to write it; the document has the pattern besides."""

    pattern: str
    hint: str

    def read(self, value: str) -> str:
        """The text as it is."""
        if re.fullmatch(self.pattern, value) is None:
            raise PydanticCustomError("string_pattern_mismatch", "{hint}", {"hint": self.hint})
        return value

    def __get_pydantic_core_schema__(self, source: type[str], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema) | {"pattern": self.pattern}


def one_of(codes: Iterable[str]) -> Form:
    """Any of these codes."""
    known = list(codes)
    return Form(f"^({'|'.join(map(re.escape, known))})$", f"Send one of {', '.join(known)}.")


CURSOR = Form("^[A-Za-z0-9_-]+$", "Send `next_cursor` of the previous page, unchanged.")
HASH = Form("^[0-9a-f]{64}$", "Send the SHA-256 as 64 hexadecimal digits in small letters.")
COUNTRY = Form("^[A-Z]{2}$", "Send an ISO 3166 code of two capitals, such as FR.")
TOKEN = Form("^[A-Za-z0-9_-]+$", "Send the token as you were given it.")
HANDLE_PREFIX = Form("^[a-z0-9_.]+$", "Send the first small letters, digits, dots or underscores of a handle.")
