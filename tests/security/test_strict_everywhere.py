"""Every body and every query parameter of the document is read strictly; what is nearly right is refused.

Wrong values are put into right requests, one at a time: the answer is a refusal of reading, never a
fault and never a success.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any, cast

import pytest

from orderhub.kit.ids import new_id
from tests.security.requests import BODIES, operations, path_of
from tests.security.rules import RULES
from tests.security.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

_NOT_INTEGERS = (True, 5.0, 1e3, "5", 2**63, -(2**63) - 1, [5], {"value": 5})
_NOT_TEXT = (5, True, ["x"], "a\x00b", "a\ud800", "x" * 200_000)
_NOT_TRUTHS = (1, "true", [True])
_SERVERS_OWN = ("id", "account_id", "seller_id", "roles", "status", "version", "held", "created_at", "confirmed_at")


def leaves(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value of a body with its place."""
    match body:
        case dict():
            for name, inner in cast("dict[str, Any]", body).items():
                yield from leaves(inner, (*path, name))
        case list():
            for place, inner in enumerate(cast("list[Any]", body)):
                yield from leaves(inner, (*path, place))
        case _:
            yield path, body


def spoilt(body: Any) -> Iterator[tuple[str, Any]]:
    """Bodies with one thing wrong in each."""
    for path, value in leaves(body):
        wrong = _NOT_TRUTHS if isinstance(value, bool) else _NOT_INTEGERS if isinstance(value, int) else _NOT_TEXT
        for instead in wrong:
            changed = copy.deepcopy(body)
            inner = changed
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = instead
            yield f"{path} = {str(instead)[:20]!r}", changed
    for name in _SERVERS_OWN:
        if name not in body:
            yield f"with {name}", {**body, name: "x"}
    yield "as a list", [body]
    yield "as text", "x"
    yield "null", None


BODIES_OF = sorted({rule.name for rule in RULES if rule.name in BODIES or rule.operation in BODIES})


@pytest.mark.parametrize("name", BODIES_OF)
async def test_a_body_with_one_thing_wrong_is_refused(town: Town, name: str) -> None:
    rule = next(rule for rule in RULES if rule.name == name)
    body = BODIES.get(name, BODIES.get(rule.operation))
    method, template, _ = operations(town.document)[rule.operation]
    role = next(iter(rule.roles("ok")))
    path = path_of(template, town.things.get(rule.about, {}))
    for what, wrong in spoilt(body):
        headers = {"Content-Type": "application/json", "Idempotency-Key": new_id().hex}
        answer = await town.client(role).request(method, path, content=json.dumps(wrong), headers=headers)
        assert answer.status_code == 422, (what, answer.status_code, answer.text[:300])
        assert answer.json()["code"], what


QUERY_INTEGERS = ("5.0", "1e3", "+5", " 5", "٥", "0x5", "1_0", "", "NaN", "true", str(2**63), "9" * 400)
QUERY_ANYTHING = ("%00", "%ED%A0%80", "%FF", "x" * 8000, "%F0%9F%A6%84")


async def test_every_query_parameter_is_read_strictly(town: Town) -> None:
    asked = 0
    for rule in RULES:
        method, template, entry = operations(town.document)[rule.operation]
        if method != "GET" or rule.operation == "stream_events" or not rule.roles("ok"):
            continue
        path = path_of(template, town.things.get(rule.about, {}))
        for parameter in entry.get("parameters", ()):
            if parameter["in"] != "query":
                continue
            kinds = {part.get("type") for part in parameter["schema"].get("anyOf", [parameter["schema"]])}
            wrong = QUERY_INTEGERS if "integer" in kinds else ()
            for value in (*wrong, *QUERY_ANYTHING):
                answer = await town.client(rule.roles("ok")[0]).get(f"{path}?{parameter['name']}={value}")
                asked += 1
                place = f"{rule.operation}?{parameter['name']}={value[:20]}: {answer.status_code}"
                assert answer.status_code < 500, place
                assert answer.status_code == 422 or value not in wrong, place
    assert asked > 300


async def test_a_parameter_that_comes_twice_is_no_fault(town: Town) -> None:
    awa = town.client("buyer")
    assert (await awa.get("/v1/orders?limit=5&limit=x")).status_code in {200, 422}
    assert (await awa.get("/v1/orders?role=buyer&role=staff")).status_code in {200, 403, 422}
