"""The OpenAPI document: whole, in one style, and true to the routes."""

from collections.abc import Iterator
from inspect import isasyncgenfunction, iscoroutinefunction
from typing import Annotated, Any, cast, get_args, get_origin

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic.fields import FieldInfo

from orderhub.api.permissions import PUBLIC, UndeclaredPermissionError, permission_of
from orderhub.api.routing import Operation, operations
from orderhub.api.schemas.base import Input, Name
from orderhub.bootstrap import build_application
from orderhub.settings import Settings


@pytest.fixture(scope="module")
def built() -> tuple[dict[str, Any], list[Operation]]:
    application = build_application(
        Settings.model_validate({"database": {"url": "postgresql://nobody@127.0.0.1:1/nothing"}})
    )
    return application.openapi(), list(operations(application.routes))


@pytest.fixture
def document(built: tuple[dict[str, Any], list[Operation]]) -> dict[str, Any]:
    return built[0]


@pytest.fixture
def routes(built: tuple[dict[str, Any], list[Operation]]) -> list[Operation]:
    return built[1]


def every(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_introduces_itself(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["servers"][0]["url"]
    assert document["info"]["license"]["identifier"] == "Apache-2.0"
    assert document["info"]["contact"]["email"]


def test_every_route_declares_exactly_one_permission(routes: list[Operation]) -> None:
    assert len(routes) > 50
    for operation in routes:
        assert permission_of(operation.route.dependant)


def test_a_route_without_a_permission_is_found() -> None:
    async def forgotten() -> None:
        """Ask for nothing."""

    with pytest.raises(UndeclaredPermissionError):
        permission_of(APIRoute("/forgotten", forgotten).dependant)


def test_nothing_runs_in_a_thread(routes: list[Operation]) -> None:
    """A synchronous dependency costs 90 µs, an asynchronous one 5."""
    slow = sorted(
        {getattr(call, "__qualname__", repr(call)) for route in routes for call in synchronous(route.route.dependant)}
    )
    assert slow == []


def synchronous(dependant: Dependant) -> Iterator[Any]:
    call = dependant.call
    if not any(kind(call) or kind(type(call).__call__) for kind in (iscoroutinefunction, isasyncgenfunction)):
        yield call
    for inner in dependant.dependencies:
        yield from synchronous(inner)


def test_operation_ids_are_the_names_of_the_functions(document: dict[str, Any], routes: list[Operation]) -> None:
    names = {(operation.path, operation.method.lower()): operation.endpoint.__name__ for operation in routes}
    found = [operation["operationId"] for *_, operation in every(document)]
    assert len(found) == len(set(found))
    for path, method, operation in every(document):
        assert operation["operationId"] == names[path, method]


def test_every_operation_has_a_summary_and_a_description(document: dict[str, Any]) -> None:
    for path, method, operation in every(document):
        assert operation["summary"], (path, method)
        assert operation["description"], (path, method)


PEOPLE = "OAuth2PasswordBearer"


def test_security_is_said_of_each_operation(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    for path, method, operation in every(document):
        if operation["x-permission"] == PUBLIC:
            assert operation["security"] in ([], [{}, {PEOPLE: []}]), (path, method)
        else:
            people, *shops = [name for entry in operation["security"] for name in entry]
            assert people == PEOPLE
            assert shops in ([], ["ShopKey"], ["ShopKey", "StreamTicket"])
            assert {people, *shops} <= set(schemes)
            assert "401" in operation["responses"], (path, method)


WITHOUT_KEY = {
    "create_shop_key": "its secret is shown once",
    "rotate_shop_key": "likewise",
    "sign_out": "signing out twice is signing out",
    "create_stream_ticket": "a ticket is shown once, and a second one does no harm",
}


def test_every_post_of_who_is_signed_in_accepts_an_idempotency_key(document: dict[str, Any]) -> None:
    deaf = {
        operation["operationId"]
        for _, method, operation in every(document)
        if method == "post" and operation["x-permission"] != PUBLIC and "Idempotency-Key" not in names(operation)
    }
    assert deaf == set(WITHOUT_KEY)


def test_a_key_is_required_where_the_hub_refuses_without(document: dict[str, Any]) -> None:
    demanding = {
        operation["operationId"]
        for *_, operation in every(document)
        for parameter in operation.get("parameters", ())
        if parameter["name"] == "Idempotency-Key" and parameter["required"]
    }
    assert {"place_order", "act_on_order", "act_on_quote", "create_payment", "submit_proof"} <= demanding
    refusing = {
        operation["operationId"]
        for *_, operation in every(document)
        if "idempotency_key_required" in str(operation["responses"].get("400"))
    }
    assert refusing <= demanding


def test_no_header_is_spelled_in_small_letters(document: dict[str, Any]) -> None:
    headers = {p["name"] for *_, entry in every(document) for p in entry.get("parameters", ()) if p["in"] == "header"}
    assert headers == {"Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID"}


def names(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation.get("parameters", ())}


def test_refusals_are_problem_documents(document: dict[str, Any]) -> None:
    for path, method, operation in every(document):
        for status, response in operation["responses"].items():
            if status[0] in "45":
                assert list(response["content"]) == ["application/problem+json"], (path, method, status)
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_what_every_operation_of_a_sort_refuses_is_declared(document: dict[str, Any]) -> None:
    for path, method, operation in every(document):
        declared = operation["responses"].keys()
        if path.startswith("/v1/"):
            assert {"422", "429"} <= declared, (path, method)
        if "requestBody" in operation:
            assert {"400", "413", "415"} <= declared, (path, method)
        if "{" in path:
            assert "404" in declared, (path, method)
        if operation["x-permission"].startswith("staff"):
            assert "403" in declared, (path, method)


def test_references_lead_somewhere(document: dict[str, Any]) -> None:
    for reference in references(document):
        root, components, sort, name = reference.split("/")
        assert (root, components) == ("#", "components")
        assert name in document["components"][sort]


def references(part: Any) -> Iterator[str]:
    match part:
        case dict():
            for name, inner in cast("dict[str, Any]", part).items():
                if name == "$ref":
                    yield inner
                else:
                    yield from references(inner)
        case list():
            for inner in cast("list[Any]", part):
                yield from references(inner)
        case _:
            return


def test_there_are_no_webhooks_before_any_is_sent(document: dict[str, Any]) -> None:
    assert "webhooks" not in document


_NAMING = {"name", "title", "label", "display_name", "company", "city", "line1", "line2", "choices"}


def test_what_is_named_or_titled_can_be_seen() -> None:
    """Every text of a body by which people know a person, a place or a thing is a `Name`."""
    named = [
        (body, name)
        for body in inputs()
        if body.__module__.startswith("orderhub.")
        for name in body.model_fields
        if name in _NAMING
    ]
    assert len(named) > 15
    assert [f"{body.__name__}.{name}" for body, name in named if not is_name(body.model_fields[name])] == []


def inputs(kind: type[Input] = Input) -> Iterator[type[Input]]:
    for body in kind.__subclasses__():
        yield body
        yield from inputs(body)


def is_name(part: Any) -> bool:
    """Whether every text that a field may be is a `Name`."""
    if isinstance(part, FieldInfo):
        return any(isinstance(rule, Name) for rule in part.metadata) or is_name(part.annotation)
    if get_origin(part) is Annotated and any(isinstance(rule, Name) for rule in part.__metadata__):
        return True
    return any(is_name(inner) for inner in get_args(part))


def test_a_person_has_one_form(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    names = ("id", "handle", "display_name")
    person = {name: schemas["PersonOut"]["properties"][name] for name in names}
    shown = {
        title: {name: schema["properties"][name] for name in names}
        for title, schema in schemas.items()
        if set(names) <= schema.get("properties", {}).keys()
    }
    assert len(shown) > 3
    assert {title: form for title, form in shown.items() if form != person} == {}
