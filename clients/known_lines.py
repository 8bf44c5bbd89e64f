"""Lines of the generators that warn of nothing in the document, each with its reason."""

import re
from collections.abc import Mapping
from typing import Final

KNOWN: Final[Mapping[re.Pattern[str], str]] = {
    re.compile(r"OpenAPI 3\.1 support is still in beta"): "openapi-generator says so of itself, whatever the document",
    re.compile(r"ModelUtils - Failed to get the schema name: null"): (
        "openapi-generator looks for the schema of `additionalProperties: false`, which has none; nothing is lost"
    ),
}
