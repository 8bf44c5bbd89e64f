"""The document is true: whatever it allows is answered as it says, and whatever it forbids is refused.

schemathesis makes the requests, right and wrong ones, and compares each answer with the document.
Ids that it makes up are replaced by those of the town, so that most requests find something.
"""

import itertools
from typing import Any, cast

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    positive_data_acceptance,
    unsupported_method,
)
from tests.contract.served import Served
from tests.security.town import Town, is_id

from orderhub.bootstrap import build_application
from orderhub.settings import Settings

_STREAMS = "stream_events"
"""Never ends; its answers are tested in tests/api/events."""
_FAREWELLS = {"sign_out", "delete_me", "delete_session"}
"""Called by newcomers, since nobody can call anything afterwards."""
_EXCLUDED = [
    allow_header_conformance,
    unsupported_method,  # GET /accounts/confirm is a GET of the account "confirm", which is absent
    positive_data_acceptance,  # a 422 is also how the domain refuses; `check_reading` tells the two apart
]
_READING = "Correct the places listed in 'errors'"
"""How a refusal begins that comes from reading the request, before the domain was asked."""
_turns = itertools.count()


def _schema(**generation: Any) -> Any:
    application = build_application(
        Settings.model_validate({"database": {"url": "postgresql://nobody@127.0.0.1:1/nothing"}})
    )
    config = SchemathesisConfig.from_dict({"generation": {"deterministic": True, **generation}})
    loaded = schemathesis.openapi.from_dict(application.openapi(), config=config)
    return loaded.exclude(operation_id=_STREAMS)


QUICK = _schema(**{"max-examples": 5})


def caller(served: Served, operation: dict[str, Any]) -> Any:
    """Somebody who may call this operation; people take turns."""
    town = served.town
    if operation["operationId"] in _FAREWELLS:
        return served.run(town.newcomer())
    if operation["x-permission"].startswith("staff"):
        return town.people[operation["x-permission"].removeprefix("staff:").split(",")[0]]
    return town.people[("buyer", "seller")[next(_turns) % 2]]


def with_ids_of(town: Town, part: Any) -> Any:
    """The same with each id replaced by one of the town, where it has one of this kind."""
    match part:
        case str() if is_id(part):
            kind = part.partition("_")[0]
            known = [value for thing in town.things.values() for value in thing.values() if value.startswith(f"{kind}_")]
            return known[next(_turns) % len(known)] if known else part
        case dict():
            return {name: with_ids_of(town, inner) for name, inner in cast("dict[str, Any]", part).items()}
        case list():
            return [with_ids_of(town, inner) for inner in cast("list[Any]", part)]
        case _:
            return part


def call(case: Any, served: Served) -> None:
    """Send one request to the town and hold its answer against the document."""
    operation = case.operation.definition.raw
    town = served.town
    case.path_parameters = with_ids_of(town, case.path_parameters)
    case.query = with_ids_of(town, case.query)
    case.body = with_ids_of(town, case.body)
    if operation["operationId"] == "advance_clock" and isinstance(case.body, dict) and "by" in case.body:
        case.body["by"] = "PT1M"
    headers = dict(caller(served, operation).client.headers)
    response = case.call(base_url=town.world.base_url, headers={"Authorization": headers["authorization"]})
    case.validate_response(response, excluded_checks=_EXCLUDED)
    check_reading(case, response)


def check_reading(case: Any, response: Any) -> None:
    """What the document allows is readable, whatever the domain then says to it."""
    if case.meta.generation.mode is GenerationMode.POSITIVE and response.status_code in {400, 415, 422}:
        refusal = response.json()
        assert not refusal["detail"].startswith(_READING), f"{refusal['errors']} of {case.as_curl_command()}"


@QUICK.parametrize()
def test_every_operation(case: Any, served: Served) -> None:
    call(case, served)
