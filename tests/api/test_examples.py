"""Every operation has an example that names its caller. That they succeed is shown by ``make check-docs``."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from orderhub.api.examples.documented import SAMPLES
from orderhub.api.examples.sample import Sample
from orderhub.api.schemas.offer_actions import OfferAction
from orderhub.api.schemas.orders.actions import OrderAction
from orderhub.api.schemas.quote_actions import QuoteAction
from orderhub.bootstrap import build_application
from orderhub.domain.samples import PEOPLE
from orderhub.settings import Settings

_CALLERS = {"none", *(person.handle for person in PEOPLE)}


@pytest.fixture
def document(shell_settings: Settings) -> dict[str, Any]:
    return build_application(shell_settings).openapi()


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document["paths"].values():
        yield from item.values()


def _named(entry: dict[str, Any]) -> dict[str, Any]:
    contents: dict[str, dict[str, Any]] = entry.get("requestBody", {}).get("content", {})
    return {name: example for content in contents.values() for name, example in content.get("examples", {}).items()}


def test_every_operation_has_an_example_and_its_caller(document: dict[str, Any]) -> None:
    known = {entry["operationId"] for entry in _operations(document)}
    assert known == set(SAMPLES)
    for entry in _operations(document):
        callers = [example["x-sample-caller"] for example in _named(entry).values()] or [entry["x-sample-caller"]]
        assert set(callers) <= _CALLERS, entry["operationId"]
        assert ("none" in callers) <= (entry["x-permission"] == "public"), entry["operationId"]


def test_every_required_value_has_an_example(document: dict[str, Any]) -> None:
    for entry in _operations(document):
        for parameter in entry.get("parameters", ()):
            if parameter.get("required"):
                assert "example" in parameter or "examples" in parameter, (entry["operationId"], parameter["name"])
        for content in entry.get("requestBody", {}).get("content", {}).values():
            assert "example" in content or "examples" in content, entry["operationId"]


@pytest.mark.parametrize(
    ("operation", "bodies"),
    [("act_on_order", OrderAction), ("act_on_quote", QuoteAction), ("act_on_offer", OfferAction)],
)
def test_every_action_has_an_example_of_its_own(operation: str, bodies: Any) -> None:
    (union, _) = get_args(bodies.__value__)
    actions = {action for body in get_args(union) for action in get_args(body.model_fields["action"].annotation)}
    examples = SAMPLES[operation]
    assert not isinstance(examples, Sample)
    assert set(examples) == actions
    assert all(sample.body["action"] == name for name, sample in examples.items())


def test_operations_stand_in_the_order_of_the_examples(document: dict[str, Any]) -> None:
    firsts = [next(iter(item.values()))["operationId"] for item in document["paths"].values()]
    assert firsts == sorted(firsts, key=list(SAMPLES).index)
