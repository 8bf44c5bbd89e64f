"""Whoever writes a code wrong is told how it is written, in words: a regular expression helps nobody."""

from collections.abc import Iterator
from typing import Annotated, Any, cast

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from pydantic import TypeAdapter

from orderhub.api.routing import operations
from orderhub.bootstrap import build_application
from orderhub.settings import Settings


def fields(dependant: Dependant) -> Iterator[Any]:
    """Everything that a route and its dependencies read from a request."""
    for name in ("path_params", "query_params", "header_params", "cookie_params", "body_params"):
        yield from getattr(dependant, name)
    for inner in dependant.dependencies:
        yield from fields(inner)


def patterns(schema: Any) -> Iterator[str]:
    """The patterns that Pydantic itself compares with, and would show."""
    match schema:
        case {"type": "str", "pattern": str() as pattern}:
            yield pattern
        case dict():
            for part in cast("dict[str, Any]", schema).values():
                yield from patterns(part)
        case list() | tuple():
            for part in cast("list[Any]", schema):
                yield from patterns(part)
        case _:
            return


def schema_of(field: Any) -> Any:
    """How Pydantic reads it."""
    read: Any = Annotated[field.field_info.annotation, field.field_info]
    return TypeAdapter(read).core_schema


def test_no_operation_shows_a_pattern() -> None:
    settings = Settings.model_validate({"database": {"url": "postgresql://nobody@127.0.0.1:1/nothing"}})
    found = list(operations(build_application(settings).routes))
    read = [(operation.path, field) for operation in found for field in fields(operation.route.dependant)]
    assert len(read) > len(found)
    assert [(path, field.name) for path, field in read if any(patterns(schema_of(field)))] == []


MISMATCH = "string_pattern_mismatch"


@pytest.mark.parametrize(
    ("path", "hint", "code"),
    [
        ("/v1/orders?status=paid", "Envoyez l’un de ", "enum"),
        ("/v1/orders?cursor=é", "Envoyez sans le changer le `next_cursor`", MISMATCH),
        ("/v1/accounts?handle_prefix=É", "Envoyez les premières minuscules", MISMATCH),
        ("/v1/events?after=" + "!" * 43, "Envoyez sans le changer le curseur", MISMATCH),
    ],
)
async def test_a_mistyped_code_is_answered_with_words(awa: httpx.AsyncClient, path: str, hint: str, code: str) -> None:
    answer = await awa.get(path)
    (place,) = answer.json()["errors"]
    assert (answer.status_code, place["code"]) == (422, code)
    assert place["detail"].startswith(hint)
    assert "^" not in answer.text


async def test_a_mistyped_country_is_answered_with_words(app: FastAPI, client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/accounts", json={"country": "france"})
    said = {place["pointer"]: place["detail"] for place in answer.json()["errors"]}
    assert said["/country"] == "Envoyez un code ISO 3166 de deux majuscules, comme FR."
