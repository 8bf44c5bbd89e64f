"""The transition tables in a browser: rows, statuses and the diagram that they draw, in the reader's language."""

import html
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from orderhub.api.site.page import wants_page
from orderhub.api.site.tables import diagram
from orderhub.domain.events.topics import TOPICS
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.processes import PROCESSES, arrows
from orderhub.kit.text import Language
from tests.contract.truth import faults

_ROOT = Path(__file__).parents[3]
_CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", PROCESSES)
async def test_a_browser_is_shown_every_row(client: httpx.AsyncClient, name: str, language: Language) -> None:
    process = PROCESSES[name]
    page = await client.get(f"/v1/processes/{name}", headers={"Accept": _CHROMIUM, "Accept-Language": language.value})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert {"Accept", "Accept-Language"} <= set(re.split(", *", page.headers["Vary"]))
    assert "<script" not in page.text
    rows = re.search(r"<tbody>\s*(?P<rows>(?:(?!tbody).)*)</tbody>\s*</table>\s*</main>", page.text, re.DOTALL)
    assert rows is not None
    assert rows["rows"].count("<tr>") == sum(len(process.targets(row)) for row in process.rows)
    for row in process.rows:
        assert f"<code>{row.action}</code>" in rows["rows"]
        assert row.guard is None or row.guard.text.within(language) in html.unescape(page.text)
    for status in process.statuses:
        assert status.label.within(language) in html.unescape(page.text)
    assert page.text.count("<svg") == 1


async def test_a_program_is_answered_with_json(client: httpx.AsyncClient) -> None:
    for accept in ("*/*", "application/json", "application/json, text/plain, */*", ""):
        for path in ("/v1/processes", "/v1/processes/quote"):
            answer = await client.get(path, headers={"Accept": accept})
            assert answer.headers["Content-Type"] == "application/json", accept
            assert {"Accept", "Accept-Language"} <= set(re.split(", *", answer.headers["Vary"]))


@pytest.mark.parametrize("name", PROCESSES)
async def test_a_table_has_the_form_that_the_document_says(client: httpx.AsyncClient, name: str) -> None:
    table = (await client.get(f"/v1/processes/{name}")).json()
    assert list(faults("Process", table)) == []
    assert list(faults(f"{name.capitalize()}Process", table)) == []
    rows = [row for row in PROCESSES[name].rows for _ in PROCESSES[name].targets(row)]
    assert [row["guard"] for row in table["transitions"]] == [row.guard and row.guard.code for row in rows]
    topics = {row["topic"] for row in table["transitions"]}
    assert topics <= {None, *TOPICS}
    if name in KINDS:
        assert topics == {"order.placed", "order.transitioned"}
    if name == "quote":
        assert topics == {topic for topic in TOPICS if topic.startswith("quote.")}


async def test_the_form_that_is_asked_for_is_given_to_a_browser_too(client: httpx.AsyncClient) -> None:
    for form, kind in (("json", "application/json"), ("mermaid", "text/vnd.mermaid; charset=utf-8")):
        answer = await client.get(f"/v1/processes/quote?format={form}", headers={"Accept": _CHROMIUM})
        assert answer.headers["Content-Type"] == kind
    assert (await client.get("/v1/processes/nothing", headers={"Accept": _CHROMIUM})).status_code == 404


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (_CHROMIUM, True),
        ("TEXT/HTML", True),
        ("text/html;q=0.5, application/json;q=0.4", True),
        ("text/html;q=0.5, application/json", False),
        ("text/html, application/json", False),
        ("text/html;q=0", False),
        ("text/html;q=x", False),
        ("*/*", False),
        ("", False),
        ("a/b," * 19 + "text/html", True),
        ("a/b," * 20 + "text/html", False),
    ],
)
def test_html_is_for_who_prefers_it(accept: str, *, page: bool) -> None:
    assert wants_page(accept) is page


@pytest.mark.parametrize("name", PROCESSES)
def test_the_diagram_has_an_arrow_for_each_change(name: str) -> None:
    for language in Language:
        drawn = html.unescape(diagram(name, language))
        assert drawn.startswith("<svg ")
        for (start, to), actions in arrows(PROCESSES[name]).items():
            assert f"<title>{start or 'start'}->{to}</title>" in drawn
            for action in actions:
                assert f">{action}</text>" in drawn


def test_the_drawings_are_those_of_the_rows() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, _ROOT / "checks" / "diagrams.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
