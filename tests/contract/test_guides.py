"""The guides: each is in the index and runs as it stands; ``make check-docs`` runs them all against a hub."""

import re
from pathlib import Path

import pytest

from checks.shell_blocks import DOCS, faults_of, guides, steps_of
from orderhub.adapters.payments.sandbox_server.cards import CARDS
from orderhub.domain.samples import PEOPLE

GUIDES = DOCS / "guides"
ANYWHERE = "http://127.0.0.1:1"


def test_the_index_names_every_guide() -> None:
    assert {path.name for path in guides()} == {path.name for path in GUIDES.glob("*.md")} - {"README.md"}


@pytest.mark.parametrize("path", guides(), ids=lambda path: path.stem)
def test_each_guide_is_short_and_shows_what_is_printed(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("# ")
    assert len(text.splitlines()) < 100
    assert any(step.printed for step in steps_of(text))


def test_the_test_cards_are_named() -> None:
    page = (GUIDES / "test-cards-and-sandbox.md").read_text()
    named = {number.replace(" ", "") for number in re.findall(r"^\| `([\d ]+)` \|", page, re.MULTILINE)}
    assert named == set(CARDS)


def test_who_signs_in_is_of_the_sample_data() -> None:
    named = set(re.findall(r"\b[a-z]+@example\.com", (GUIDES / "signing-in.md").read_text()))
    assert {"awa@example.com", "chloe@example.com"} <= named <= {person.email for person in PEOPLE}


def test_what_a_block_prints_is_compared(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text(
        "# A page\n\n```bash\nNAME=Awa\n```\n\n```bash\necho Bonjour $NAME\n#   Bonjour Awa\necho 7\n#   …\n```\n"
    )
    assert faults_of(page, ANYWHERE, tmp_path) == []
    page.write_text("# A page\n\n```bash\necho Bonjour\n#   Bonsoir\n```\n")
    assert [fault.splitlines()[0] for fault in faults_of(page, ANYWHERE, tmp_path)] == ["page: after"]


def test_a_block_that_ends_the_script_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text("# A page\n\n```bash\nexit 3\n```\n")
    assert len(faults_of(page, ANYWHERE, tmp_path)) == 1
