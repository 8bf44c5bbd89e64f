"""The documentation says what the rows say."""

import re
from pathlib import Path

import pytest

from orderhub.domain.processes import PROCESSES, markdown, mermaid

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PROCESSES)
def test_each_table_has_its_page(name: str) -> None:
    assert (ROOT / "docs" / "processes" / f"{name}.md").read_text() == markdown(PROCESSES[name])


def test_the_readme_draws_the_service_table() -> None:
    assert f"```mermaid\n{mermaid(PROCESSES['service'])}```" in (ROOT / "README.md").read_text()


def test_every_page_that_is_cited_is_here() -> None:
    """Code and documentation name pages of this repository, or by an address; nothing that its readers lack."""
    pages = {page.name for page in ROOT.rglob("*.md") if ".venv" not in page.parts}
    read = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").rglob("*.md")]
    cited = {
        (file.relative_to(ROOT), name)
        for file in (*read, *(ROOT / "bench").rglob("*.py"), ROOT / "README.md")
        for name in re.findall(r"(?<![\w/.<>-])[\w./-]*?([\w-]+\.md)\b", file.read_text(encoding="utf-8"))
        if file.name != "test_product_table.py"
    }
    assert len(cited) > len(pages)
    assert {(str(file), name) for file, name in cited if name not in pages} == set()
