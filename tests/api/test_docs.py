"""The documentation: works without a network, and has a page for every problem code."""

import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from pkgutil import iter_modules

import httpx
import pytest

from orderhub.api import routers
from orderhub.api.openapi.served import WRITTEN
from orderhub.api.problems import status_of
from orderhub.api.site.problems import refusals
from orderhub.api.texts import explanations
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
    loaded = re.findall(r'<(?:script src|link rel="\w+" href)="([^"]+)"', page.text)
    assert len(loaded) == 6
    for path in loaded:
        answer = await client.get(path)
        assert answer.status_code == 200
        assert answer.content
        ours = path.rpartition("/")[2] in {"reference.js", "reference.css", "pages.css"}
        assert not ours or "://" not in answer.text
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "http" not in policy
    assert "<script>" not in page.text


async def test_whoever_comes_without_a_path_is_led_to_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (307, "/docs")


async def test_every_page_leads_to_every_other(client: httpx.AsyncClient) -> None:
    browser = {"Accept": "text/html,*/*;q=0.8"}
    for path in ("/docs", "/docs/guides", "/docs/problems", "/docs/problems/not_found", "/v1/processes"):
        page = await client.get(path, headers=browser)
        assert page.headers["Content-Type"].startswith("text/html"), path
        links = re.findall(r'<a href="([^"]+)"', page.text)
        assert {"/docs", "/docs/guides", "/docs/problems", "/v1/processes"} <= set(links), path
        for link in {each.partition("#")[0] for each in links} - {"/docs"}:
            if "/v1/processes/" not in link:  # they read the policy: tests/api/site/test_tables.py
                assert (await client.get(link, headers=browser)).status_code == 200, link


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_page_speaks_the_readers_language(client: httpx.AsyncClient, language: str) -> None:
    page = await client.get("/docs/problems/not_found", headers={"Accept-Language": language})
    assert f'<html lang="{language}">' in page.text
    assert page.headers["Content-Language"] == language
    assert "Accept-Language" in page.headers["Vary"]
    assert ("Tables" in page.text, "The API" in page.text) == (True, language == "en")
    title = refusals()["not_found"].title
    assert (title.fr if language == "fr" else title.en) in page.text


async def test_the_document_names_the_deployment_and_is_the_file_that_was_written(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert [server["url"] for server in document["servers"]] == ["http://127.0.0.1:8000"]
    assert document["paths"] == json.loads(WRITTEN.read_text())["paths"]


async def test_the_document_comes_compressed_and_once(client: httpx.AsyncClient) -> None:
    found: list[httpx.Response] = []
    for coding in ("gzip, br", "gzip;q=0", "identity"):
        answer = await client.get("/openapi.json", headers={"Accept-Encoding": coding})
        found.append(answer)
        assert "Accept-Encoding" in answer.headers["Vary"]
        again = {"Accept-Encoding": coding, "If-None-Match": f'"other", W/{answer.headers["ETag"]}'}
        kept = await client.get("/openapi.json", headers=again)
        assert (kept.status_code, kept.content, kept.headers["ETag"]) == (304, b"", answer.headers["ETag"])
        head = await client.head("/openapi.json", headers={"Accept-Encoding": coding})
        assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])
    zipped, plain, same = found
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert int(zipped.headers["Content-Length"]) * 5 < len(zipped.content)
    assert zipped.content == plain.content == same.content
    assert zipped.headers["ETag"] != plain.headers["ETag"] == same.headers["ETag"]


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
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert (await client.get("/docs/problems/no_such_code")).status_code == 404


def ours(family: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for error in family.__subclasses__():
        if error.__module__.startswith(OURS):
            yield error
        yield from ours(error)


def test_every_code_is_explained_and_nothing_else_is() -> None:
    for module in iter_modules(routers.__path__, f"{routers.__name__}."):
        import_module(module.name)  # a refusal is known once its module is
    assert {error.code for error in ours()} == set(explanations())


def test_a_code_has_one_status_and_both_titles() -> None:
    statuses: dict[str, set[int]] = defaultdict(set)
    for error in ours():
        assert re.fullmatch("[a-z][a-z0-9_]*", error.code)
        assert error.title.fr
        assert error.title.en
        statuses[error.code].add(status_of(error))
    assert {code for code, found in statuses.items() if len(found) > 1} == set()
