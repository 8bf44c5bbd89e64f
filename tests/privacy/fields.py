"""The fields of requests that take free text, found in the OpenAPI document: none can be forgotten."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import httpx

LETTERS: Final = "zephyr000"
"""What every free text takes: a handle and the id of a question, too."""
_NOT_TEXT: Final = frozenset(("password", "date", "date-time", "duration", "binary"))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one request: ``POST /v1/orders/{order_id}/transitions deliver /message``."""

    operation: str
    """Method and path."""
    variant: str
    """The ``action`` or ``kind`` of a body that has several forms."""
    pointer: str
    """A JSON pointer, with ``*`` for each element of a list."""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.operation, self.variant, self.pointer)))


class Document:
    """The OpenAPI document, as what fills requests reads it."""

    @classmethod
    async def read(cls, base_url: str) -> Self:
        """The document that a server serves."""
        async with httpx.AsyncClient(base_url=base_url, trust_env=False) as reader:
            return cls((await reader.get("/openapi.json")).json())

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._schemas: Mapping[str, Any] = document["components"]["schemas"]
        self._paths: Mapping[str, Any] = document["paths"]

    def body(self, operation: str) -> Any:
        """The schema of a request's body; None where it has none of JSON."""
        method, path = operation.split(" ")
        content = self._paths[path][method.lower()].get("requestBody", {}).get("content", {})
        return content.get("application/json", {}).get("schema")

    def operation_of(self, method: str, path: str) -> str:
        """The operation that serves a path with its parameters filled in."""
        found = [one for one in self._paths if method.lower() in self._paths[one] and _matches(one, path)]
        return f"{method} {min(found, key=lambda one: one.count('{'))}"

    def operations(self) -> Iterator[str]:
        """Every operation that takes JSON."""
        for path, methods in self._paths.items():
            for method in methods:
                if method != "parameters" and self.body(f"{method.upper()} {path}") is not None:
                    yield f"{method.upper()} {path}"

    def reads(self) -> Iterator[str]:
        """Every path that can be read."""
        yield from (path for path, methods in self._paths.items() if "get" in methods)

    def resolve(self, schema: Any) -> Any:
        """What a reference stands for."""
        while "$ref" in schema:
            schema = self._schemas[schema["$ref"].rsplit("/", 1)[-1]]
        return schema

    def forms(self, schema: Any) -> Iterator[tuple[str, Any]]:
        """The variants of a schema with their names; "" where there is one."""
        schema = self.resolve(schema)
        mapping = schema.get("discriminator", {}).get("mapping", {})
        if mapping:
            for name, reference in mapping.items():
                yield from ((form or name, found) for form, found in self.forms({"$ref": reference}))
        elif "anyOf" in schema:
            for one in schema["anyOf"]:
                if one.get("type") != "null":
                    yield from self.forms(one)
        else:
            yield "", schema

    def fields(self) -> Iterator[Field]:
        """Every field that takes text."""
        for operation in self.operations():
            for variant, schema in self.forms(self.body(operation)):
                yield from (Field(operation, variant, pointer) for pointer in self._texts(schema, ""))

    def _texts(self, schema: Any, pointer: str) -> Iterator[str]:
        for _, form in self.forms(schema):
            if takes_text(form):
                yield pointer
            for name, part in form.get("properties", {}).items():
                yield from self._texts(part, f"{pointer}/{name}")
            if "items" in form:
                yield from self._texts(form["items"], f"{pointer}/*")


def takes_text(schema: Mapping[str, Any]) -> bool:
    """Whether anything may be written in a field, and not only codes, ids, dates or numbers."""
    if schema.get("type") != "string" or "enum" in schema or "const" in schema:
        return False
    if schema.get("format") in _NOT_TEXT or schema.get("maxLength", 10_000) < len(LETTERS):
        return False
    example = form_of(schema).format(LETTERS)
    return re.search(schema.get("pattern", ""), example) is not None


def form_of(schema: Mapping[str, Any]) -> str:
    """How letters are written in this field: ``{}``, or within an address."""
    return "{}@example.fr" if schema.get("format") == "email" else "{}"


def _matches(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path) is not None
