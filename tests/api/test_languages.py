"""A refusal speaks the reader's language throughout: its detail, each place, and why an action isn't possible."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

import httpx
import pytest
from pydantic_core._pydantic_core import list_all_errors

import orderhub
from orderhub.api.validation import BOUNDED, PLAIN, summary, wanted
from orderhub.domain.orders.guards import said_with_it
from orderhub.domain.process import Guard
from orderhub.domain.processes import PROCESSES
from orderhub.kit.errors import DomainError
from orderhub.kit.text import Label, Language

_SOURCE: Final = Path(orderhub.__file__).parent
_OF_PYTHON: Final = frozenset(
    {
        "no_such_attribute",
        "json_invalid",
        "json_type",
        "needs_python_object",
        "recursion_loop",
        "recursion_depth_exceeded",
        "frozen_field",
        "frozen_instance",
        "invalid_key",
        "get_attribute_error",
        "dataclass_exact_type",
        "named_tuple_type",
        "default_factory_not_called",
        "iteration_error",
        "frozen_dict_type",
        "ordered_dict_type",
        "counter_type",
        "deque_type",
        "set_item_not_hashable",
        "bytes_type",
        "bytes_invalid_encoding",
        "value_error",
        "assertion_error",
        "missing_sentinel_error",
        "ellipsis_error",
        "date_past",
        "date_future",
        "datetime_object_invalid",
        "datetime_past",
        "datetime_future",
        "timezone_naive",
        "timezone_offset",
        "is_instance_of",
        "is_subclass_of",
        "callable_type",
        "arguments_type",
        "missing_argument",
        "unexpected_keyword_argument",
        "missing_keyword_only_argument",
        "unexpected_positional_argument",
        "missing_positional_only_argument",
        "multiple_argument_values",
        "uuid_type",
        "uuid_parsing",
        "uuid_version",
        "decimal_max_digits",
        "decimal_max_places",
        "decimal_whole_digits",
        "fraction_type",
        "fraction_parsing",
        "complex_type",
        "complex_str_parsing",
    }
)
"""Errors of types that no schema of ours has, or that JSON can't bring about."""


def _refusals() -> set[str]:
    """The names of every refusal of the package, as its source has them."""
    found = {DomainError.__name__}
    classes = [node for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    known = 0
    while known != len(found):
        known = len(found)
        found |= {
            node.name for node in classes for base in node.bases if isinstance(base, ast.Name) and base.id in found
        }
    return found


def _trees() -> Iterator[ast.Module]:
    return (ast.parse(path.read_text()) for path in _SOURCE.rglob("*.py"))


def test_no_refusal_is_raised_with_a_text_of_one_language() -> None:
    names = _refusals() | {"FieldError", "invalid_field", "unwanted"}
    first = {"FieldError": 2, "invalid_field": 2, "unwanted": 1, "ProviderRefused": 1}
    wrong: list[str] = []
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                said = node.args[first.get(node.func.id, 0) :][:1]
                wrong += [ast.unparse(node) for each in said if isinstance(each, ast.JoinedStr | ast.Constant)]
    assert [each for each in wrong if not each.startswith(("LimitReachedError", "PriceChangedError"))] == []


def test_every_error_of_pydantic_that_json_can_bring_about_has_words() -> None:
    errors = cast("list[dict[str, Any]]", list_all_errors())
    assert {error["type"] for error in errors} - _OF_PYTHON == (PLAIN.keys() | BOUNDED.keys()) - {"string_sub_type"}


@pytest.mark.parametrize("kind", sorted(BOUNDED))
def test_a_bound_is_said_in_both_languages(kind: str) -> None:
    errors = cast("list[dict[str, Any]]", list_all_errors())
    context = next(error["example_context"] for error in errors if error["type"] == kind)
    said = wanted({"type": kind, "ctx": context})
    assert said.fr != said.en


def test_a_summary_names_what_is_wrong() -> None:
    first = Label("Envoyez un texte.", "Send text.")
    assert summary(["/lines/0/name"], first).en == "Correct lines.0.name: Send text."
    assert summary([""], first).en == "Correct body: Send text."
    assert summary([f"/{n}" for n in range(9)], first).fr.startswith("Corrigez 0, 1, 2, 3, 4 …")
    assert len(summary(["/" + "a" * 5000], first).en) < 200


def _guards() -> Iterator[Guard[Any]]:
    for process in PROCESSES.values():
        for row in process.rows:
            if row.guard is not None:
                yield from (row.guard, *row.guard.parts)


def test_every_condition_that_can_fail_has_a_sentence() -> None:
    can_fail = [guard for guard in _guards() if guard.holds is not said_with_it and guard.code != "reason_missing"]
    assert len(can_fail) > 50
    for guard in can_fail:
        if guard.code != "changes_not_said":
            assert not guard.reason.en.startswith("Wanted: "), guard.code
        assert guard.reason.fr != guard.reason.en, guard.code
        assert guard.reason.fr.endswith("."), guard.code
        assert guard.reason.en.endswith("."), guard.code


_FRENCH = "Ce champ est obligatoire : envoyez-le."
_ENGLISH = "This field is required: send it."


@pytest.mark.parametrize(
    ("language", "detail", "place"),
    [
        (None, f"Corrigez display_name : {_FRENCH}", _FRENCH),
        (Language.FRENCH, f"Corrigez display_name : {_FRENCH}", _FRENCH),
        (Language.ENGLISH, f"Correct display_name: {_ENGLISH}", _ENGLISH),
    ],
)
async def test_a_422_names_the_field_and_says_what_is_wanted(
    client: httpx.AsyncClient, language: str | None, detail: str, place: str
) -> None:
    body = {"email": "awa@example.com", "password": "mangues-du-marche", "country": "FR"}
    headers = {"Accept-Language": language} if language else {}
    answer = await client.post("/v1/accounts", json=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["detail"] == detail
    assert answer.json()["errors"] == [{"pointer": "/display_name", "code": "missing", "detail": place}]


@pytest.mark.parametrize("language", list(Language))
async def test_a_422_never_shows_a_regular_expression(client: httpx.AsyncClient, language: Language) -> None:
    body = {
        "email": "awa",
        "password": "x",
        "display_name": "\u202e",
        "country": "france",
        "time_zone": "?",
        "handle": "É",
    }
    answer = await client.post("/v1/accounts", json=body, headers={"Accept-Language": language.value})
    assert answer.status_code == 422
    assert not [sign for sign in ("^", "[", "\\d", "{2}") if sign in answer.json()["detail"]]
    for place in answer.json()["errors"]:
        assert not [sign for sign in ("^", "[", "\\", "{") if sign in place["detail"]], place


async def test_what_the_domain_refuses_is_said_in_the_readers_language(client: httpx.AsyncClient) -> None:
    form = {"username": "nobody@example.com", "password": "mangues-du-marche"}
    said = [
        (await client.post("/v1/auth/token", data=form, headers={"Accept-Language": language})).json()["detail"]
        for language in ("fr", "en")
    ]
    assert said[0].startswith("Vérifiez les deux")
    assert said[1].startswith("Check both")
