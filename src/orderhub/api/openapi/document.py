"""The OpenAPI 3.1 document: what FastAPI finds, made whole.

FastAPI knows parameters, bodies and answers. Added here: every 4xx that a route of its sort answers,
as problem documents; the security of each operation, ``[]`` where it is public; its permission
(``x-permission``); tags, servers and licence.
"""

from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from orderhub import __version__
from orderhub.api.caching import document_caching
from orderhub.api.examples.answers import add_answers, problem_examples, show_the_others
from orderhub.api.examples.documented import add_samples
from orderhub.api.idempotency import requires_key
from orderhub.api.key_scopes import scope_of
from orderhub.api.openapi.actions import say_actions
from orderhub.api.openapi.headers import declare_headers
from orderhub.api.openapi.names import rename_schemas
from orderhub.api.openapi.numbers import say_numbers
from orderhub.api.openapi.plain import drop_list_defaults, say_streams
from orderhub.api.openapi.said import type_said
from orderhub.api.openapi.tags import TAGS, tag_of
from orderhub.api.openapi.words import say_words
from orderhub.api.permissions import PUBLIC, permission_of
from orderhub.api.problems import Problem, describe, name_refusal
from orderhub.api.queries import documented, models_of
from orderhub.api.routing import Operation, operations
from orderhub.domain.shops.errors import KeyScopeError
from orderhub.infra.idempotency import AlreadyDoneError
from orderhub.settings import Mode, Settings

_SCHEME: Final = "OAuth2PasswordBearer"
_KEY_SCHEME: Final = "ShopKey"
_TICKET_SCHEME: Final = "StreamTicket"
_REF: Final = "#/components/schemas/{model}"
_WITH_BODY: Final = (400, 408, 413, 415)


def about(settings: Settings) -> dict[str, Any]:
    """What FastAPI is told about the document as a whole."""
    return {
        "title": "OrderHub",
        "version": __version__,
        "summary": "Takes orders and holds the money until the buyer has what was promised.",
        "description": _DESCRIPTION,
        "contact": {"name": settings.house.name, "email": settings.house.support_email},
        "license_info": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        "servers": [
            {
                "url": settings.server.public_url,
                "description": f"{settings.house.name}, {_MODES[settings.mode]}",
                "x-internal": False,
            }
        ],
        "openapi_tags": [{"name": name, "description": text} for name, text in TAGS.items()],
    }


def install(app: FastAPI) -> None:
    """Let ``app.openapi()`` give the whole document, made once."""
    made: dict[str, Any] = {}

    def document() -> dict[str, Any]:
        if not made:
            made.update(_document(app))
        return made

    app.openapi = document


def _document(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        contact=app.contact,
        license_info=app.license_info,
        servers=app.servers,
        tags=app.openapi_tags,
        routes=app.routes,
    )
    _, problem = models_json_schema([(Problem, "serialization")], ref_template=_REF)
    components = found.setdefault("components", {}).setdefault("schemas", {})
    components.update(problem["$defs"])
    found_operations = list(operations(app.routes))
    for operation in found_operations:
        for model in models_of(operation.route.dependant):
            parameters, schemas = documented(model)
            found["paths"][operation.path][operation.method.lower()].setdefault("parameters", []).extend(parameters)
            components.update(schemas)
    for unused in ("HTTPValidationError", "ValidationError"):
        components.pop(unused, None)
    found["paths"] = add_samples(found["paths"])
    for operation in found_operations:
        entry = found["paths"].get(operation.path, {}).get(operation.method.lower())
        if entry is not None:
            _complete(entry, operation)
    found["components"]["securitySchemes"] |= {_KEY_SCHEME: _KEYS, _TICKET_SCHEME: _TICKETS}
    say_numbers(found)
    rename_schemas(found)
    say_actions(found)
    drop_list_defaults(found["components"]["schemas"])
    drop_list_defaults(
        [operation.get("parameters", []) for item in found["paths"].values() for operation in item.values()]
    )
    say_streams(found["paths"], _REF.format(model="Event"))
    declare_headers(found["paths"])
    say_words(found)
    for schema in found["components"]["schemas"].values():
        for example in schema.get("examples", ()):
            _say_nulls(example, schema, found["components"]["schemas"])
    type_said(found)
    add_answers(found["paths"])
    found["components"]["examples"] = problem_examples()
    show_the_others(found)
    return found


def _complete(entry: dict[str, Any], operation: Operation) -> None:
    permission = permission_of(operation.route.dependant)
    entry["security"] = _security(permission, optional="security" in entry)
    scope = scope_of(operation.route.endpoint)
    if scope is not None:
        entry["security"].append({_KEY_SCHEME: [scope.value]})
    if any(parameter["name"] == "ticket" for parameter in entry.get("parameters", ())):
        entry["security"].append({_TICKET_SCHEME: []})
    entry["x-permission"] = permission
    entry["tags"] = [tag_of(operation.path)]
    if operation.method == "GET":
        document_caching(entry)
    if requires_key(operation.route):
        for parameter in entry.get("parameters", ()):
            parameter["required"] = parameter["required"] or parameter["name"] == "Idempotency-Key"
    responses = entry["responses"]
    responses.pop("422", None) if _is_frameworks(responses.get("422")) else None
    for status in sorted(_implied(entry, operation, permission)):
        responses.setdefault(str(status), describe(status))
    if scope is not None:
        name_refusal(responses, KeyScopeError)
    if "idempotency-key" in _headers(entry):
        name_refusal(responses, AlreadyDoneError)
    entry["responses"] = dict(sorted(responses.items()))


def _security(permission: str, *, optional: bool) -> list[dict[str, list[str]]]:
    """What an operation needs; a public one that shows more to who is signed in may do without."""
    if permission != PUBLIC:
        return [{_SCHEME: []}]
    return [{}, {_SCHEME: []}] if optional else []


def _say_nulls(example: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Give back to an example what it must have and FastAPI left out: it drops every null of the document."""
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    found = options[0] if len(options) == 1 else schema
    found = schemas[found["$ref"].rpartition("/")[2]] if "$ref" in found else found
    if isinstance(example, list):
        for inner in cast("list[Any]", example):
            _say_nulls(inner, found.get("items", {}), schemas)
    elif isinstance(example, dict):
        members = cast("dict[str, Any]", example)
        members.update((name, None) for name in found.get("required", ()) if name not in members)
        for name, inner in members.items():
            _say_nulls(inner, found.get("properties", {}).get(name, {}), schemas)


def _is_frameworks(response: dict[str, Any] | None) -> bool:
    return response is not None and "HTTPValidationError" in str(response)


def _headers(entry: dict[str, Any]) -> set[str]:
    """The headers that an operation asks for."""
    return {parameter["name"].lower() for parameter in entry.get("parameters", ()) if parameter["in"] == "header"}


def _implied(entry: dict[str, Any], operation: Operation, permission: str) -> set[int]:
    """The refusals that every operation of this sort knows."""
    statuses = {422, 429} if operation.path.startswith("/v1/") else set[int]()
    headers = _headers(entry)
    if "requestBody" in entry:
        statuses.update(_WITH_BODY)
    if permission != PUBLIC:
        statuses.add(401)
    if permission.startswith("staff"):
        statuses.add(403)
    if "{" in operation.path:
        statuses.add(404)
    if "if-match" in headers:
        statuses.add(412)
    if "idempotency-key" in headers:
        statuses.update((400, 409))
    return statuses


_MODES: Final = {Mode.DEVELOPMENT: "local development", Mode.PRODUCTION: "production"}
_KEYS: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key of a shop, `ohk_…`, from `POST /v1/shops/{shop_id}/keys`. It acts as the shop, and only "
    "where an operation names a scope that the key has.",
}
_TICKETS: Final = {
    "type": "apiKey",
    "in": "query",
    "name": "ticket",
    "description": "A ticket from `POST /v1/events/stream/tickets`: it opens one stream, within a minute.",
}
_DESCRIPTION: Final = """
Sign in with **Authorize**, then try the operations: the examples succeed against the sample data. How things are done
step by step is in the [guides](/docs/guides); everything that may happen is a row of a [table](/v1/processes).

* Money is `{"amount": 12500, "currency": "EUR"}` in minor units; times are RFC 3339 in UTC; durations ISO 8601.
* Lists take `limit` and `cursor`, and answer `data` and `next_cursor`.
* A refusal is a problem document (RFC 9457); each `code` has a page: [all codes](/docs/problems).
* `Accept-Language: fr` or `en` chooses labels and titles. Every answer carries `X-Request-Id`.
* `Idempotency-Key` makes a repeated POST have one effect; `If-Match` refuses to change what you have not seen.
* HEAD answers wherever GET does.
""".strip()
