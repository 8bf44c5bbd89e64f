"""The guides as pages: each is found, and each of its links leads to a page of this server."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from orderhub.api.site.guides import texts
from orderhub.api.site.markdown import to_html

Shell = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
async def reader(shell: Shell) -> AsyncIterator[httpx.AsyncClient]:
    async with shell() as found:
        yield found


async def test_every_guide_is_listed_and_its_links_lead_somewhere(reader: httpx.AsyncClient) -> None:
    index = (await reader.get("/docs/guides")).text
    assert len(texts()) > 8
    for name in texts():
        assert f'<a href="/docs/guides/{name}">' in index
        page = await reader.get(f"/docs/guides/{name}")
        assert page.status_code == 200
        for link in re.findall(r'href="([^"]+)"', page.text):
            assert link.startswith(("/", "https://", "#")), (name, link)
            if link.startswith("/docs"):
                assert (await reader.get(link)).status_code == 200, (name, link)
    assert (await reader.get("/docs/guides/nothing")).status_code == 404
    assert (await reader.get("/docs/guides/..%2Fproblems")).status_code == 404


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("../problems.md", "/hub/docs/problems"),
        ("../problems.md#not_found", "/hub/docs/problems/not_found"),
        ("../processes/service.md", "/hub/v1/processes/service"),
        ("paging.md", "/hub/docs/guides/paging"),
        ("./paging.md#by-cursor", "/hub/docs/guides/paging"),
        ("/docs", "/hub/docs"),
        ("https://www.rfc-editor.org/rfc/rfc9457", "https://www.rfc-editor.org/rfc/rfc9457"),
    ],
)
def test_a_link_between_the_texts_leads_to_a_page(link: str, page: str) -> None:
    assert f'<a href="{page}">x</a>' in to_html(f"[x]({link})", "/hub")


def test_a_table_is_one_and_html_is_shown_as_it_is_written() -> None:
    shown = to_html("| a | b |\n|---|---|\n| 1 | <b>2</b> |\n\n<script>3</script>")
    assert "<td>1</td>" in shown
    assert "<b>" not in shown
    assert "<script>" not in shown
