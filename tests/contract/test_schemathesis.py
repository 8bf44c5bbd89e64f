"""The document is true: whatever it allows is answered as it says, and whatever it forbids is refused.

schemathesis makes the requests, right and wrong ones, and compares each answer with the document.
Ids that it makes up are replaced by those of the town, so that most requests find something.
"""

import contextlib
import random
from importlib import import_module
from typing import Any, cast

import hypothesis
import hypothesis.errors
import pytest
import schemathesis

from orderhub.api.openapi.headers import DECLARED
from orderhub.bootstrap import build_application
from orderhub.settings import Settings
from tests.contract.served import Served
from tests.security.town import Town, is_id

_STREAMS = "stream_events"
"""Never ends; its answers are tested in tests/api/events."""
_FAREWELLS = {"sign_out", "delete_me", "delete_session"}
"""Called by newcomers, since nobody can call anything afterwards."""
_tool: Any = schemathesis  # its annotations are not complete
_checks: Any = import_module("schemathesis.specs.openapi.checks")
_config: Any = import_module("schemathesis.config")
_EXCLUDED = [
    _checks.allow_header_conformance,
    _checks.unsupported_method,  # GET /accounts/confirm is a GET of the account "confirm", which is absent
    _checks.positive_data_acceptance,  # a 422 is also how the domain refuses; `check_reading` tells the two apart
]
_WITHOUT_KEY = [_checks.negative_data_rejection, _checks.missing_required_header]
"""A dry run leaves nothing, and therefore goes without the key that the operation requires."""
_UPLOAD = "upload_file"
"""Its form has bytes, which the tool, though it made them itself, doesn't take for a string of binary format."""
_LENIENT = "create_listing"
"""Takes a listing that doesn't say its kind for a service, which all of them once were."""
_REFUSED = ["400", "401", "403", "404", "405", "409", "410", "412", "413", "415", "422", "429"]
_BEYOND = {
    "int_type",  # JSON Schema takes 5.0 for an integer; we do not
    "duplicate_day",
    "invalid_email",  # which addresses there are is no pattern
    "invalid_url",  # nor is which links browsers can read
    "direction_override",  # which characters text may have is said in words: patterns trip generators
    "invalid_text",  # likewise
    "nothing_to_see",  # likewise
    "text_length",  # likewise: outer white space doesn't count
    "invalid_day",  # years of ours, where the format takes any
    "invalid_duration",  # days and less, where the format takes years
    "invalid_instant",  # likewise
    "lists_nothing",  # values that are good alone, and list nothing beside each other
    "not_for_staff",  # likewise
    "not_of_kind",  # what only listings of the other kind have: which it is stands in the database
    "listing_twice",  # each once, which generators make sets of that have no order
}
"""What reading refuses although JSON Schema can't say it."""
_READING = "Corrigez "
"""How a refusal begins that comes from reading the request, before the domain was asked."""
_PARTIES = {"act_on_refund": ("finance",), "reply_to_review": ("seller",)}
_WALKS_A_ROUND = 5
_chance = random.Random(2026)  # noqa: S311 - the same choices in each run


@_tool.serializer("message/rfc822")
def mail(_: Any, body: Any) -> bytes:
    """A mail is sent as it stands."""
    return body if isinstance(body, bytes) else str(body).encode(errors="surrogatepass")


def _schema(**generation: Any) -> Any:
    application = build_application(
        Settings.model_validate({"database": {"url": "postgresql://nobody@127.0.0.1:1/nothing"}})
    )
    config = _config.SchemathesisConfig.from_dict(
        {
            "generation": {"deterministic": True, **generation},
            "phases": {"coverage": {"unexpected-methods": []}},
            "checks": {"negative_data_rejection": {"expected-statuses": _REFUSED}},
        }
    )
    loaded = _tool.openapi.from_dict(application.openapi(), config=config)
    return loaded.exclude(operation_id=_STREAMS)


QUICK = _schema(**{"max-examples": 1})
EXHAUSTIVE = _schema(**{"max-examples": 60})


def caller(served: Served, operation: dict[str, Any]) -> Any:
    """Somebody who may call this operation."""
    town = served.town
    if operation["operationId"] in _FAREWELLS:
        return served.run(town.newcomer())
    if operation["x-permission"].startswith("staff"):
        return town.people[operation["x-permission"].removeprefix("staff:").split(",")[0]]
    return town.people[_chance.choice(_PARTIES.get(operation["operationId"], ("buyer", "seller")))]


def with_ids_of(town: Town, part: Any) -> Any:
    """The same with each id replaced by one of the town, where it has one of this kind."""
    match part:
        case str() if is_id(part):
            kind = part.partition("_")[0] + "_"
            known = [value for thing in town.things.values() for value in thing.values() if value.startswith(kind)]
            return _chance.choice(known or [part])
        case dict():
            return {name: with_ids_of(town, inner) for name, inner in cast("dict[str, Any]", part).items()}
        case list():
            return [with_ids_of(town, inner) for inner in cast("list[Any]", part)]
        case _:
            return part


def path_to_a_thing(town: Town, parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters that lead to something in the town, where those made up might lead to anything."""
    if not parameters or not all(is_id(value) for value in parameters.values()):
        return parameters
    return _chance.choice([thing for thing in town.things.values() if thing.keys() == parameters.keys()])


def fit(case: Any, town: Town) -> None:
    """Let a request made up find something in the town."""
    case.path_parameters = path_to_a_thing(town, case.path_parameters)
    case.query = with_ids_of(town, case.query)
    case.body = with_ids_of(town, case.body)
    if case.operation.definition.raw["operationId"] == "advance_clock" and "'by'" in str(case.body):
        case.body = {"by": "PT1M"}


def authorised(case: Any, served: Served) -> dict[str, Any]:
    """Where to call, and as whom."""
    person = caller(served, case.operation.definition.raw)
    headers = {"Authorization": person.client.headers["authorization"]}
    return {"base_url": served.town.world.base_url, "headers": headers}


def has_kind(body: Any) -> bool:
    """Whether a body says its kind; what is no object says none, and is refused for that."""
    return "kind" in cast("dict[str, Any]", body) if isinstance(body, dict) else True


def check(case: Any, response: Any) -> None:
    """Hold an answer against the document."""
    unheard = "If-None-Match" in str(case.headers)  # a condition that can't be read is none (RFC 9110, 13.1.2)
    operation = case.operation.definition.raw["operationId"]
    is_taken = operation == _UPLOAD or (operation == _LENIENT and not has_kind(case.body))
    excluded = [
        *_EXCLUDED,
        *([_checks.negative_data_rejection] if unheard or is_taken else ()),
        *(_WITHOUT_KEY if "dry_run" in str(case.query) else ()),
    ]
    case.validate_response(response, excluded_checks=excluded)
    check_headers(case, response)
    check_reading(case, response)


def check_headers(case: Any, response: Any) -> None:
    """The headers that the document knows come where it says so, and nowhere else."""
    responses = case.operation.definition.raw["responses"]
    if str(response.status_code) not in responses:
        return  # refused before an operation is found
    declared = responses[str(response.status_code)]["headers"]
    sent = {name.lower() for name in response.headers} & DECLARED
    name = f"{case.operation.definition.raw['operationId']} {response.status_code}"
    assert sent <= {header.lower() for header in declared}, name
    assert {header.lower() for header, said in declared.items() if said.get("required")} <= sent, name


def check_reading(case: Any, response: Any) -> None:
    """What the document allows is readable, whatever the domain then says to it."""
    if case.meta.generation.mode is _tool.GenerationMode.POSITIVE and response.status_code in {400, 415, 422}:
        refusal = response.json()
        places = [place for place in refusal.get("errors", ()) if place["code"] not in _BEYOND]
        assert not (places and refusal["detail"].startswith(_READING)), f"{places} of {case.as_curl_command()}"


@QUICK.parametrize()
def test_every_operation(case: Any, served: Served) -> None:
    fit(case, served.town)
    check(case, case.call(**authorised(case, served)))


@pytest.mark.slow
@EXHAUSTIVE.parametrize()
def test_every_operation_exhaustively(case: Any, served: Served) -> None:
    fit(case, served.town)
    check(case, case.call(**authorised(case, served)))


def walk(served: Served, *, walks: int, steps: int) -> None:
    """Follow from one answer to the next request that it leads to.

    What the town remembers of one walk makes the next one differ; Hypothesis then gives up a round.
    """
    wrong: list[BaseException] = []

    class Walk(QUICK.as_state_machine()):
        def before_call(self, case: Any) -> None:
            if case.operation.definition.raw["operationId"] == "advance_clock":
                case.body = {"by": "PT1M"}

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return authorised(case, served)

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            try:
                check(case, response)
            except BaseException as error:
                wrong.append(error)
                raise

    settings = hypothesis.settings(
        max_examples=_WALKS_A_ROUND,
        stateful_step_count=steps,
        phases=[hypothesis.Phase.generate],
        deadline=None,
        database=None,
    )
    for _ in range(walks // _WALKS_A_ROUND):
        with contextlib.suppress(hypothesis.errors.Flaky):
            Walk.run(settings=settings)
        if wrong:
            raise wrong[0]


def test_what_one_answer_leads_to(served: Served) -> None:
    walk(served, walks=5, steps=6)


@pytest.mark.slow
def test_what_one_answer_leads_to_exhaustively(served: Served) -> None:
    walk(served, walks=60, steps=20)
