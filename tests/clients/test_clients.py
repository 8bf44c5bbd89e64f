"""What ``make clients`` tries stands in docs/clients.md, and what it keeps silent about has its reason."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from clients.__main__ import CLIENTS
from clients.client import Client, Place, Step
from clients.known_lines import KNOWN
from clients.running import try_out
from clients.table import PAGE, table, written

_URL: Final = "http://127.0.0.1:1"


def _client(said: str) -> Client:
    """A client whose generator says something, and whose union is the whole document."""

    def generate(place: Place) -> list[Step]:
        return [Step(["cp", place.document, place.out / "union"]), Step(["echo", said])]

    return Client(
        key="of-a-test", name="Of a test", generator="orval", npm=True, generate=generate, union="-", union_file="union"
    )


def test_the_page_has_a_row_for_each_client() -> None:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    made = rows[rows.index("client") + 1 :][: len(CLIENTS)]

    assert made == [client.name for client in CLIENTS]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document with one action."""
    union = {"discriminator": {"mapping": {"dance": "#/components/schemas/DanceAround"}}}
    path = tmp_path / "document.json"
    path.write_text(json.dumps({"components": {"schemas": {"OrderAction": union}}}))
    return path


def test_a_warning_fails_a_client(document: Path) -> None:
    outcome = try_out(_client("[main] WARN Late is left out"), document, _URL)

    assert outcome.generated == "yes"
    assert outcome.warnings == ["[main] WARN Late is left out"]
    assert outcome.failed


def test_a_known_line_does_not(document: Path) -> None:
    outcome = try_out(_client("[main] WARN OpenAPI 3.1 support is still in beta."), document, _URL)

    assert not outcome.failed
    assert all(KNOWN.values())


def test_an_action_that_is_lost_fails_a_client(document: Path) -> None:
    def generate(place: Place) -> list[Step]:
        return [Step(["touch", place.out / "union"])]

    outcome = try_out(replace(_client("nothing"), generate=generate), document, _URL)

    assert "has lost DanceAround" in outcome.failure


def test_what_does_not_end_is_told_with_what_it_said(document: Path) -> None:
    def generate(_: Place) -> list[Step]:
        return [Step(["sh", "-c", "echo order.placed; exec sleep 60"], within=0.5)]

    outcome = try_out(replace(_client("nothing"), generate=generate), document, _URL)

    assert outcome.failure == "sh -c echo order.placed; exec sleep 60 did not end within 0.5 s:\norder.placed\n"


def test_the_table_is_put_between_its_marks(document: Path) -> None:
    outcome = try_out(_client("nothing"), document, _URL)
    page = written(PAGE.read_text(), table([outcome]))

    assert "| Of a test | 7.13.2 | yes | no | 0 | — | - |" in page
    assert written(page, table([outcome])) == page
    assert written(page, table([])).count("| Of a test |") == 0
