"""Which headers an answer has beside its body, declared by rules: a test holds what is sent against them."""

from copy import deepcopy
from typing import Any, Final

Header = dict[str, Any]

_TEXT: Final = {"type": "string", "maxLength": 500}
_REQUEST_ID: Final[Header] = {
    "description": "The id of this request: name it when you ask for help. Yours, if you sent a sound one.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "required": True,
}
_RATES: Final[dict[str, Header]] = {
    "RateLimit": {
        "description": "How many requests are left, and until when.",
        "schema": _TEXT,
    },
    "RateLimit-Policy": {"description": "How many requests there may be in how many seconds.", "schema": _TEXT},
}
_VERSION: Final[Header] = {
    "description": "The version of what is shown, for `If-Match` of a change.",
    "schema": _TEXT,
    "required": True,
}
_LOCATION: Final[Header] = {
    "description": "Where the new thing is.",
    "schema": {**_TEXT, "format": "uri-reference"},
    "required": True,
}
_REPLAYED: Final[Header] = {
    "description": "`true` where this is the first answer again, for a repeated `Idempotency-Key`.",
    "schema": {"type": "string", "const": "true"},
}
_RETRY: Final[Header] = {
    "description": "Seconds after which to try again.",
    "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86400},
}
DECLARED: Final = frozenset(
    {"x-request-id", "ratelimit", "ratelimit-policy", "etag", "location", "idempotency-replayed", "retry-after"}
)
"""Those that an answer has only where its operation says so."""


def declare_headers(paths: dict[str, Any]) -> None:
    """Give each answer of the document its headers, in place."""
    shown = {_schema(operation, "200") for operation in _reads(paths)} - {""}
    for path, methods in paths.items():
        for method, operation in methods.items():
            versioned = _is_versioned(path, method, paths)
            for status, response in operation["responses"].items():
                found = _headers_of(path, operation, status)
                if status.startswith("2") and versioned:
                    found["ETag"] = _VERSION
                if status == "201" and _schema(operation, status) in shown:
                    found["Location"] = _LOCATION
                response["headers"] = deepcopy(dict(sorted(found.items())) | response.get("headers", {}))


def _headers_of(path: str, operation: dict[str, Any], status: str) -> dict[str, Header]:
    found: dict[str, Header] = {"X-Request-Id": _REQUEST_ID}
    if path.startswith("/v1/"):
        found |= _RATES
    asked = _asked(operation)
    if status in {"429", "503"}:
        found["Retry-After"] = {**_RETRY, "required": True}
    if status == "409" and "Idempotency-Key" in asked:
        found["Retry-After"] = _RETRY
    if status.startswith("2") and "Idempotency-Key" in asked:
        found["Idempotency-Replayed"] = _REPLAYED
    return found


def _reads(paths: dict[str, Any]) -> list[dict[str, Any]]:
    """What reads one thing by its id."""
    return [methods["get"] for path, methods in paths.items() if "get" in methods and path.endswith("_id}")]


def _is_versioned(path: str, method: str, paths: dict[str, Any]) -> bool:
    """Whether an answer has the version that a change of the same thing takes as `If-Match`.

    What ends a thing with its own address has none any more.
    """
    methods = paths[path]
    if method == "delete":
        return "get" not in methods and "If-Match" in _asked(methods[method])
    if "If-Match" in _asked(methods[method]) or path in _VERSIONED:
        return True
    if method == "get":
        changes = [other for name, other in methods.items() if name in {"put", "patch", "delete"}]
        return any("If-Match" in _asked(other) for other in changes)
    return bool(_schema(methods[method], "201")) and any(
        _schema(methods[method], "201") == _schema(other["get"], "200") and _is_versioned(its, "get", paths)
        for its, other in paths.items()
        if "get" in other and its.endswith("_id}")
    )


_VERSIONED: Final = frozenset(
    {
        "/v1/listings/{listing_id}/options",
        "/v1/offers/{offer_id}",
        "/v1/orders/{order_id}",
        "/v1/payments/{payment_id}/proofs",
        "/v1/quotes/{quote_id}",
        "/v1/terms",
    }
)
"""What has the version of a thing that is changed at another address; a proof of payment, that of its order."""


def _asked(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation.get("parameters", ())}


def _schema(operation: dict[str, Any], status: str) -> str:
    """The name of what is answered as JSON."""
    content = operation["responses"].get(status, {}).get("content", {}).get("application/json", {})
    return content.get("schema", {}).get("$ref", "")
