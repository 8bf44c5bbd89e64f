"""The documentation says what the rows say."""

from pathlib import Path

import pytest

from orderhub.domain.processes import PROCESSES, markdown, mermaid

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PROCESSES)
def test_each_table_has_its_page(name: str) -> None:
    assert (ROOT / "docs" / "processes" / f"{name}.md").read_text() == markdown(PROCESSES[name])


def test_the_readme_draws_the_service_table() -> None:
    assert f"```mermaid\n{mermaid(PROCESSES['service'])}```" in (ROOT / "README.md").read_text()
