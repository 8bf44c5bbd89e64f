"""What the document shows as answered: every success and every problem code has an example, valid and of its form."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from checks.normal_form import START, NormalForm
from checks.record_answers import PROVOKED, record, stale
from checks.shapes import moved_members
from checks.stale_answers import faults_of
from orderhub.api.examples.answers import recorded
from orderhub.api.examples.unprovoked import UNPROVOKED
from orderhub.api.openapi.served import WRITTEN
from orderhub.api.problems import MEDIA_TYPE
from orderhub.api.texts import explanations
from orderhub.commands.document import document
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import new_id, show_id
from tests.contract.test_document import every, validator


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """The document as `orderhub openapi` prints it."""
    return json.loads(document())


def successes(made: Mapping[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each answer of a success: operation, status, media type, its content entry."""
    for name, operation in every(dict(made)):
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                for media, content in response.get("content", {}).items():
                    yield name, status, media, content


def shown(content: Mapping[str, Any]) -> list[Any]:
    """The examples of an answer."""
    named = content.get("examples", {}).values()
    return [content["example"]] if "example" in content else [example["value"] for example in named]


def test_every_refusal_says_more_than_its_title() -> None:
    problems = json.loads(WRITTEN.with_name("answers.json").read_text())["problems"]
    refused = {code: problem for code, problem in problems.items() if problem["status"] < 500}

    assert len(refused) > 50
    assert {code for code, problem in refused.items() if problem["detail"] == f"{problem['title']}."} == set()


def test_every_success_shows_a_real_answer(made: dict[str, Any]) -> None:
    without = {
        (name, status)
        for name, status, media, content in successes(made)
        if media in {"application/json", "text/event-stream"} and not shown(content)
    }
    assert without == set()


def test_every_answer_that_is_shown_is_what_its_schema_says(made: dict[str, Any]) -> None:
    assert stale(WRITTEN.with_name("answers.json"), made) == []
    for name, _, media, content in successes(made):
        if media == "application/json":
            for example in shown(content):
                assert list(validator(made, content["schema"]).iter_errors(example)) == [], name


def test_an_answer_of_another_form_is_found(made: dict[str, Any]) -> None:
    answer = recorded()["answers"]["get_me"][""]
    longer = {"get_me": {"": {**answer, "body": {**answer["body"], "shoe_size": 38}}}}
    shorter = {"get_me": {"": {**answer, "body": {"id": answer["body"]["id"]}}}}
    assert faults_of(made, {"get_me": {"": answer}}) == []
    assert faults_of(made, longer)
    assert faults_of(made, shorter)
    assert moved_members(answer["body"], longer["get_me"][""]["body"]) == ["/ has shoe_size in one answer only"]


def problems_shown(made: Mapping[str, Any]) -> dict[str, Any]:
    """The examples of problem documents by code: those that operations name, and those of the schema itself."""
    named = {code: example["value"] for code, example in made["components"]["examples"].items()}
    others = {example["code"]: example for example in made["components"]["schemas"]["Problem"]["examples"]}
    assert not named.keys() & others.keys()
    return named | others


def test_every_problem_code_has_an_example(made: dict[str, Any]) -> None:
    shown = problems_shown(made)
    assert set(shown) == set(explanations())
    schema = made["components"]["schemas"]["Problem"]
    for code, problem in shown.items():
        assert problem["code"] == code
        assert list(validator(made, schema).iter_errors(problem)) == [], code


def test_every_code_that_an_operation_may_answer_is_named_there(made: dict[str, Any]) -> None:
    for name, operation in every(made):
        scoped = any("ShopKey" in entry for entry in operation["security"])
        keyed = "Idempotency-Key" in {parameter["name"] for parameter in operation.get("parameters", ())}
        assert ("key_scope" in codes_of(operation, "403")) == scoped, name
        assert ("already_done" in codes_of(operation, "409")) == keyed, name


def codes_of(operation: Mapping[str, Any], status: str) -> set[str]:
    """The problem codes that an operation names for a status."""
    content = operation["responses"].get(status, {}).get("content", {})
    return set(content.get(MEDIA_TYPE, {}).get("examples", {}))


def test_every_refusal_is_a_recorded_answer(made: dict[str, Any]) -> None:
    """A new code is provoked too: ``orderhub/api/examples/refusals.py`` says how."""
    real = recorded()["problems"]
    assert set(explanations()) - set(UNPROVOKED) == set(real) == set(PROVOKED)
    for code, problem in real.items():
        assert problems_shown(made)[code] == problem


def test_what_nobody_is_answered_with_is_little(made: dict[str, Any]) -> None:
    assert set(UNPROVOKED) == {
        "email_taken",
        "gone",
        "internal_error",
        "mail_refused",
        "mail_unavailable",
        "whatsapp_refused",
        "whatsapp_unavailable",
    }
    assert not UNPROVOKED.keys() & made["components"]["examples"].keys()
    assert all(each.reason and each.error.code == code for code, each in UNPROVOKED.items())


def test_every_refusal_shows_its_codes(made: dict[str, Any]) -> None:
    for name, operation in every(made):
        for status, response in operation["responses"].items():
            if status.startswith(("4", "5")):
                examples = response["content"][MEDIA_TYPE]["examples"]
                for code, reference in examples.items():
                    assert f"`{code}`" in response["description"], (name, status)
                    found = made["components"]["examples"][reference["$ref"].rpartition("/")[2]]
                    assert str(found["value"]["status"]) == status, (name, code)


def test_what_is_new_each_time_is_the_same_in_normal_form() -> None:
    def answer(form: NormalForm) -> Any:
        made_id, now = show_id("ord", new_id()), form.began
        return form.body(
            "place_order",
            {
                "id": made_id,
                "url": f"{form.hub}/v1/orders/{made_id}",
                "placed_at": show_instant(START + timedelta(seconds=7.25)),
                "expires_at": show_instant(now + timedelta(days=30, seconds=2)),
                "day": "2036-12-01T00:00:00Z",
                "listing": "lst_01jgfjjz6je00800000000006j",
            },
        )

    first = answer(NormalForm("http://127.0.0.1:41234", "http://127.0.0.1:41235"))
    again = answer(NormalForm("http://127.0.0.1:51234", "http://127.0.0.1:51235"))
    assert first == again
    assert first["url"] == f"http://127.0.0.1:8000/v1/orders/{first['id']}"
    assert first["placed_at"] == "2026-03-02T09:00:00Z"
    assert first["expires_at"] == "2026-04-01T09:00:00Z"
    assert first["day"] == "2036-12-01T00:00:00Z"
    assert first["listing"] == "lst_01jgfjjz6je00800000000006j"


@pytest.mark.parametrize(
    ("left", "said"), [(1, 1), (5, 5), (37, 60), (60, 60), (61, 900), (899, 900), (40_000, 54_000)]
)
def test_a_wait_is_said_as_it_is_at_most(left: int, said: int) -> None:
    problem = {"detail": f"At most 300 requests a minute. Wait {left} seconds.", "retry_after": left}
    found = NormalForm("", "").problem("refused", problem)
    assert found == {"detail": f"At most 300 requests a minute. Wait {said} seconds.", "retry_after": said}


def test_two_new_things_stay_two() -> None:
    form = NormalForm("http://127.0.0.1:41234", "http://127.0.0.1:41235")
    one, other = show_id("ord", new_id()), show_id("ord", new_id())
    first, second, third = form.body("list_orders", [one, other, one])
    assert first == third != second


@pytest.mark.slow
@pytest.mark.usefixtures("without_settings")
def test_a_recording_is_the_one_that_is_committed() -> None:
    assert record() == recorded()


@pytest.fixture
def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `make` calls it: no setting of the tests' environment."""
    for name in ("ORDERHUB_DATABASE_URL", "ORDERHUB_SERVER_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
