"""HEAD on whatever can be read: as GET, without the body."""

import asyncio
from collections.abc import Mapping

import httpx
import pytest

from tests.security.requests import QUERIES, operations, path_of
from tests.security.rules import RULES
from tests.security.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")
_EACH_ITS_OWN = {"date", "x-request-id", "transfer-encoding"}
_ELSEWHERE = ("/docs", "/docs/problems", "/docs/problems/not_found", "/openapi.json")
_CHANGING = {"get_clock", "get_readiness", "get_metrics", "list_staff_cases", "get_staff_queue"}
"""What may be another at each request: only their status and type are held against each other."""


def headers_of(answer: httpx.Response, operation: str) -> Mapping[str, str]:
    """The headers that a HEAD must have, too."""
    own = {*_EACH_ITS_OWN, *(("content-length", "etag") if operation in _CHANGING else ())}
    return {name: value for name, value in answer.headers.items() if name not in own}


async def test_a_head_is_the_get_without_its_body(town: Town) -> None:
    asked = 0
    for rule in RULES:
        method, template, _ = operations(town.document)[rule.operation]
        if method != "GET" or rule.operation == "stream_events":
            continue
        things = town.things.get(rule.about, {})
        query = QUERIES.get(rule.name, {}) | {name: value for name, value in things.items() if name not in template}
        path = path_of(template, things)
        for role in (rule.roles("ok")[:1], rule.roles("404")[:1], rule.roles("401")[:1]):
            client = town.client(role[0] if role else "anonymous")
            got, told = await client.get(path, params=query), await client.head(path, params=query)
            assert told.status_code == got.status_code, (rule, told.status_code)
            assert told.content == b""
            assert headers_of(told, rule.operation) == headers_of(got, rule.operation), rule
            asked += 1
    assert asked > 100


@pytest.mark.parametrize("path", _ELSEWHERE)
async def test_the_documents_have_a_head(town: Town, path: str) -> None:
    got, told = await town.anonymous.get(path), await town.anonymous.head(path)
    assert (told.status_code, told.content) == (got.status_code, b"")
    assert headers_of(told, path) == headers_of(got, path)


async def test_the_head_of_a_stream_ends(town: Town) -> None:
    async with asyncio.timeout(5):
        told = await town.client("buyer").head("/v1/events/stream")
    assert told.status_code == 200
    assert told.headers["content-type"].startswith("text/event-stream")


async def test_what_is_not_read_has_no_head(town: Town) -> None:
    told = await town.client("buyer").head("/v1/events/stream/tickets")
    assert (told.status_code, told.headers["allow"]) == (405, "POST")
    refused = await town.client("buyer").put("/v1/events")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
