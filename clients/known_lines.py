"""Lines of the generators that warn of nothing in the document, each with its reason."""

import re
from collections.abc import Mapping
from typing import Final

KNOWN: Final[Mapping[re.Pattern[str], str]] = {
    re.compile(r"OpenAPI 3\.1 support is still in beta"): "openapi-generator says so of itself, whatever the document",
    re.compile(r"ModelUtils - Failed to get the schema name: null"): (
        "openapi-generator looks for the schema of `additionalProperties: false`, which has none; nothing is lost"
    ),
    re.compile(r"\(reserved word\) cannot be used as model name"): (
        "openapi-generator calls a type otherwise where its language has the word; what is sent stays the same"
    ),
    re.compile(r"The media-type 'message/rfc822' for operation '/v1/hooks/mail'"): (
        "mail servers post there; no client in Dart does"
    ),
}
