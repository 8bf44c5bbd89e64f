"""The parts of the document: each schema in it, with the place where it stands."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from orderhub.bootstrap import build_application
from orderhub.settings import Settings

Schema = Mapping[str, Any]


@cache
def whole_document() -> Mapping[str, Any]:
    """The document of a development deployment."""
    settings = Settings.model_validate({"database": {"url": "postgresql://nobody@127.0.0.1:1/nothing"}})
    return build_application(settings).openapi()


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each operation: path, method, what is said of it."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def schemas_of(document: Mapping[str, Any]) -> Iterator[tuple[str, Schema]]:
    """Every schema: components, parameters, headers, bodies and answers, and the parts of each."""
    for name, schema in document["components"]["schemas"].items():
        yield from _within(name, schema)
    for _, _, operation in operations(document):
        yield from _of_operation(operation)


def _of_operation(operation: Mapping[str, Any]) -> Iterator[tuple[str, Schema]]:
    name = operation["operationId"]
    for parameter in operation.get("parameters", ()):
        yield from _within(f"{name} {parameter['name']}", parameter["schema"])
    yield from _of_content(f"{name} body", operation.get("requestBody", {}))
    for status, response in operation["responses"].items():
        yield from _of_content(f"{name} {status}", response)
        for header, about in response.get("headers", {}).items():
            yield from _within(f"{name} {status} {header}", about["schema"])


def _of_content(place: str, whole: Mapping[str, Any]) -> Iterator[tuple[str, Schema]]:
    for media, content in whole.get("content", {}).items():
        yield from _within(f"{place} {media}", content.get("schema", {}))


def _within(place: str, schema: Any) -> Iterator[tuple[str, Schema]]:
    """A schema and its parts; `true` and `false` have none."""
    if not isinstance(schema, dict):
        return
    whole = cast("dict[str, Any]", schema)
    yield place, whole
    for name, inner in whole.get("properties", {}).items():
        yield from _within(f"{place}.{name}", inner)
    for name in ("items", "additionalProperties"):
        yield from _within(f"{place}.{name}", whole.get(name))
    for name in ("anyOf", "oneOf", "allOf"):
        for inner in whole.get(name, ()):
            yield from _within(place, inner)
