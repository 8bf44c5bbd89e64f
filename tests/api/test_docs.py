"""The documentation: works without a network, and has a page for every problem code."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from orderhub.api.problem_pages import explanations, refusals
from orderhub.api.problems import status_of
from orderhub.kit.errors import DomainError

Shell = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]
OURS = "orderhub."


@pytest.fixture
async def client(shell: Shell) -> AsyncIterator[httpx.AsyncClient]:
    async with shell() as found:
        yield found


async def test_the_page_and_all_that_it_loads_come_from_here(client: httpx.AsyncClient) -> None:
    page = await client.get("/docs")
    assert page.status_code == 200
    assert "://" not in page.text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) == 4
    for path in loaded:
        answer = await client.get(path)
        assert answer.status_code == 200
        assert len(answer.content) > 100
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "http" not in policy


async def test_the_starter_asks_nobody_else(client: httpx.AsyncClient) -> None:
    start = (await client.get("/docs/start.js")).text
    assert "validatorUrl: null" in start
    assert "://" not in start


async def test_the_document_is_tried_out_on_the_server_that_gave_it(client: httpx.AsyncClient) -> None:
    servers = (await client.get("/openapi.json")).json()["servers"]
    assert [server["url"] for server in servers] == ["/", "http://127.0.0.1:8000"]


async def test_only_the_vendored_files_are_served(client: httpx.AsyncClient) -> None:
    for name in ("redoc.standalone.js", "..%2Fcore.py", "nothing.js"):
        assert (await client.get(f"/docs/assets/{name}")).status_code == 404


async def test_every_problem_has_a_page(client: httpx.AsyncClient) -> None:
    index = (await client.get("/docs/problems")).text
    for code, error in refusals().items():
        page = await client.get(f"/docs/problems/{code}")
        assert page.status_code == 200
        assert str(status_of(error)) in page.text
        assert f"problems/{code}" in index
        assert not set("`[") & set(page.text), code
    assert (await client.get("/docs/problems/no_such_code")).status_code == 404


def ours(family: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for error in family.__subclasses__():
        if error.__module__.startswith(OURS):
            yield error
        yield from ours(error)


def test_every_code_is_explained_and_nothing_else_is() -> None:
    assert {error.code for error in ours()} == set(explanations())


def test_a_code_has_one_status_and_both_titles() -> None:
    statuses: dict[str, set[int]] = defaultdict(set)
    for error in ours():
        assert re.fullmatch("[a-z][a-z0-9_]*", error.code)
        assert error.title.fr
        assert error.title.en
        statuses[error.code].add(status_of(error))
    assert {code for code, found in statuses.items() if len(found) > 1} == set()
