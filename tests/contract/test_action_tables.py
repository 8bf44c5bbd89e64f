"""The operations that take a row begin with the rows: action, who, from, to, fields."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.process import PARTIES, STAFF, Target
from orderhub.domain.processes import PROCESSES

_DOCUMENT: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "openapi" / "openapi.json").read_text("utf-8")
)
_OPERATIONS: Final = {entry["operationId"]: entry for item in _DOCUMENT["paths"].values() for entry in item.values()}
_TABLES: Final = [
    *(("act_on_order", kind) for kind in KINDS),
    ("act_on_quote", "quote"),
    ("act_on_payment", "payment"),
    ("act_on_refund", "refund"),
]


def lines_of(operation: str, process: str) -> list[list[str]]:
    """The cells of an operation's table of one process."""
    text = _OPERATIONS[operation]["description"].partition(f"[`{process}`]")[2].partition("**The rows of")[0]
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in rows]


def codes(cell: str) -> set[str]:
    """What is written as code in a cell."""
    return set(re.findall(r"`([a-z_]+)`", cell))


@pytest.mark.parametrize(("operation", "process"), _TABLES)
def test_the_table_has_the_rows_that_people_take(operation: str, process: str) -> None:
    table = PROCESSES[process]
    said = {
        (action, by, start, to)
        for actions, who, starts, targets, _ in lines_of(operation, process)
        for action in codes(actions)
        for by in who.split(", ")
        for start in codes(starts)
        for to in ({start} if targets == "same" else codes(targets) or {"resumed"})
    }
    body = _OPERATIONS[operation]["requestBody"]["content"]["application/json"]["schema"]
    while "$ref" in body:
        body = _DOCUMENT["components"]["schemas"][body["$ref"].rpartition("/")[2]]
    rows = {
        (row.action, by.value, row.start.code, to)
        for row in table.rows
        for by in row.by & (PARTIES | STAFF)
        if row.start is not None and row.action in body["discriminator"]["mapping"]
        for to in (["resumed"] if row.to is Target.RESUME else [status.code for status in table.targets(row)])
    }
    assert said == rows
    assert said


def test_every_action_that_can_be_sent_is_in_a_table() -> None:
    for operation in {operation for operation, _ in _TABLES}:
        tables = [lines_of(name, process) for name, process in _TABLES if name == operation]
        listed = {code for table in tables for line in table for code in codes(line[0])}
        examples = _OPERATIONS[operation]["requestBody"]["content"]["application/json"]["examples"]
        assert set(examples) <= listed, operation


def test_a_field_is_said_as_the_body_has_it() -> None:
    fields = {action: line[4] for line in lines_of("act_on_order", "service") for action in codes(line[0])}
    assert fields["rule_split"] == "**`decision`**, **`amount`**"
    assert fields["deliver"] == "`message`, `files`"
    assert fields["accept"] == ""
