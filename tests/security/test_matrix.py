"""Who may do what: every operation of the document, every role; own, foreign and absent objects.

The expectations are the table in ``rules.py``. Refusals are played first, and leave no trace.
"""

from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import text

from tests.security.requests import operations, send, without
from tests.security.rules import ROLES, RULES, Rule
from tests.security.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")


def document_of(answer: httpx.Response) -> Any:
    """All that a refusal says, but for the request's own id."""
    return {name: value for name, value in answer.json().items() if name != "request_id"}


def headers_of(answer: httpx.Response) -> dict[str, str]:
    """The headers of a refusal, but for what differs between any two answers."""
    return {name: value for name, value in answer.headers.items() if name not in {"date", "x-request-id"}}


async def contents(town: Town) -> dict[str, Any]:
    """A hash of every table's rows."""
    async with town.world.parts.database.session() as session:
        names = await session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        return {
            name: await session.scalar(text(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} AS t"))
            for name in names
        }


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def before(town: Town) -> dict[str, Any]:
    """Every table as it was before the first refusal."""
    return await contents(town)


async def test_the_table_has_every_operation(town: Town) -> None:
    known = operations(town.document)
    assert {rule.operation for rule in RULES} == known.keys()
    for rule in RULES:
        _, path, entry = known[rule.operation]
        parameters = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
        assert bool(parameters) == bool(rule.about), rule
        assert entry["x-permission"] == "public" or rule.answers["anonymous"] == "401", rule
        if entry["x-permission"].startswith("staff:"):
            staff = set(entry["x-permission"].removeprefix("staff:").split(","))
            assert staff == set(rule.roles("ok")), rule


async def test_every_object_of_the_town_is_asked_for(town: Town) -> None:
    in_bodies = {
        "fatous_listing",
        "fatous_order",
        "fatous_offer",
        "item_order",
        "extra",
        "asking",
        "asking_order",
        "brunos_file",
        "outcast",
        "fatous_cart",
        "receipt",
        "purchase_line",
    }
    assert {rule.about for rule in RULES} - {""} == town.things.keys() - in_bodies


@pytest.mark.parametrize("rule", RULES, ids=str)
async def test_refusals(town: Town, before: dict[str, Any], rule: Rule) -> None:
    found = town.things.get(rule.about, {})
    _, path, _ = operations(town.document)[rule.operation]
    for role in ROLES:
        expected = rule.answers[role]
        if expected == "ok":
            continue
        client = town.client(role)
        answer = await send(town, client, rule.name, found)
        assert answer.status_code == int(expected), (role, answer.text)
        if expected != "404":
            continue
        for name in found:
            nothing = await send(town, client, rule.name, without(found, name))
            assert document_of(answer) == document_of(nothing), (role, name, path)
            assert headers_of(answer) == headers_of(nothing), (role, name)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.about], ids=str)
async def test_what_is_absent_is_so_for_everybody(town: Town, rule: Rule) -> None:
    found = town.things[rule.about]
    _, path, _ = operations(town.document)[rule.operation]
    for role in rule.roles("ok"):
        for name in found:
            if f"{{{name}}}" in path and rule.about != "picture":
                answer = await send(town, town.client(role), rule.name, without(found, name))
                assert answer.status_code == 404, (role, name, answer.text)


async def test_refusals_left_no_trace(town: Town, before: dict[str, Any]) -> None:
    after = await contents(town)
    assert [table for table in before if before[table] != after[table]] == []


@pytest.mark.parametrize("rule", RULES, ids=str)
async def test_what_is_allowed(town: Town, rule: Rule) -> None:
    for role in rule.roles("ok"):
        client = town.client(role)
        if rule.operation in {"sign_out", "delete_me"}:
            roles = [role] if role in {"support", "finance", "production", "admin"} else []
            client = (await town.newcomer(*roles)).client
        answer = await send(town, client, rule.name, town.things.get(rule.about, {}))
        assert answer.is_success or answer.status_code == 409, (role, answer.text)
