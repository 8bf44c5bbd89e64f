"""Edges as migrations write them: read, shown, and found in the scripts."""

from pathlib import Path

import pytest

from orderhub.domain.processes import PROCESSES
from orderhub.infra.edges import edges_in, read_edges, show_edge
from orderhub.infra.migrations import scripts

TEXT = """
item - place awaiting_payment
item awaiting_payment expire cancelled
"""


def test_a_line_is_an_edge_and_back() -> None:
    edges = list(read_edges(TEXT))
    assert edges == [
        ("item", "", "place", "awaiting_payment"),
        ("item", "awaiting_payment", "expire", "cancelled"),
    ]
    assert [show_edge(edge) for edge in edges] == TEXT.strip().splitlines()


@pytest.mark.parametrize("line", ["item place", "item a b c d", "item a'); b c", "Item - place x", "item -- place x"])
def test_what_is_no_edge_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="no edge"):
        list(read_edges(line))


def test_the_scripts_have_them_all() -> None:
    listed = {
        (edge.process, edge.from_status, edge.action, edge.to_status)
        for process in PROCESSES.values()
        for edge in process.edges()
    }
    assert set(edges_in(scripts())) == listed


def test_a_script_without_edges_has_none(tmp_path: Path) -> None:
    (tmp_path / "01_plain.py").write_text('TABLES = """\nCREATE TABLE x ()\n"""\n')
    (tmp_path / "02_more.py").write_text(f'EDGES = """{TEXT}"""\n')
    assert set(edges_in(tmp_path).values()) == {"02_more"}
