"""What the command line prints about the product: help, transition tables, the OpenAPI document."""

import json
import tomllib
from pathlib import Path

import pytest

from orderhub.commands.choices import Role
from orderhub.commands.document import differences
from orderhub.demo import KINDS
from orderhub.domain.accounts.models import StaffRole
from orderhub.domain.orders.kinds import KINDS as ORDER_KINDS
from orderhub.domain.processes import PROCESSES
from tests.cli.running import Orderhub

ROOT = Path(__file__).parents[2]
COMMANDS = (
    *("serve", "api", "worker", "demo", "migrate", "seed", "backup", "restore"),
    *("staff", "ledger", "processes", "openapi", "settings"),
)


def test_help_names_every_command(orderhub: Orderhub) -> None:
    said = orderhub("--help").said
    assert [command for command in COMMANDS if f" {command} " not in said] == []


def test_help_of_the_demo_names_every_ending(orderhub: Orderhub) -> None:
    said = " ".join(orderhub("demo", "--help").said.replace("│", " ").split())
    assert [name for kind in KINDS.values() for name in kind.endings if name not in said] == []


def test_a_command_that_does_not_exist_is_an_error(orderhub: Orderhub) -> None:
    answer = orderhub("sevre")
    assert (answer.status, "No such command 'sevre'" in answer.complained) == (2, True)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_table_has_a_line_for_every_row(orderhub: Orderhub, name: str) -> None:
    said = orderhub("processes", name).said
    cells = [line.split() for line in said.splitlines()]
    for row in PROCESSES[name].rows:
        start = row.start.code if row.start else "—"
        assert [start, row.action] in [line[:2] for line in cells]
    assert len(cells) == len(PROCESSES[name].rows) + len(PROCESSES[name].statuses) + 7
    assert "\x1b" not in said


def test_a_row_reads_like_a_timetable(orderhub: Orderhub) -> None:
    said = orderhub("processes", "service", "--language", "fr").said
    auto_approve = next(line for line in said.splitlines() if " auto_approve " in line)
    assert auto_approve.split() == ["delivered", "auto_approve", "clock", "completed", "release", "approval"]
    assert "Terminée" in said


def test_the_diagram_draws_every_process(orderhub: Orderhub) -> None:
    said = orderhub("processes", "--format", "mermaid").said
    assert said.count("stateDiagram-v2") == len(PROCESSES)
    assert "delivered --> completed: approve, auto_approve" in said


def test_migrations_have_every_edge_of_every_table(orderhub: Orderhub) -> None:
    answer = orderhub("processes", "--edges")
    assert (answer.status, answer.said) == (0, "")


def test_a_process_that_does_not_exist_is_named(orderhub: Orderhub) -> None:
    answer = orderhub("processes", "barter")
    assert answer.status == 1
    assert "'barter'" in answer.complained
    assert next(iter(ORDER_KINDS)) in answer.complained


def test_the_document_is_that_of_no_setting_at_all(orderhub: Orderhub, tmp_path: Path) -> None:
    said = orderhub("openapi", mode="production", server_public_url="https://hub.example.fr").said
    document = json.loads(said)
    assert document["openapi"].startswith("3.1")
    assert document["servers"][0]["url"] == "http://127.0.0.1:8000"

    (tmp_path / "openapi.json").write_text(said)
    assert orderhub("openapi", "openapi.json", "--check").status == 0
    del document["paths"]["/v1/me"]["get"]
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    answer = orderhub("openapi", "openapi.json", "--check")
    assert answer.status == 1
    assert "/paths/~1v1~1me/get" in answer.complained


def test_differences_are_named_where_they_begin() -> None:
    written = {"paths": {"/a": {"get": 1, "put": 2}}, "tags": [1]}
    made = {"paths": {"/a": {"get": 1, "put": 3}, "/b": {}}, "tags": [1]}
    assert differences(written, made) == ["/paths/~1a/put", "/paths/~1b"]
    assert differences(made, made) == []


def test_the_roles_of_the_command_line_are_those_of_the_domain() -> None:
    assert {role.value for role in Role} == {role.value for role in StaffRole}


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (ROOT / "docs" / "decisions" / "dependencies.md").read_text()
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert [name for name in wanted if f"`{name}`" not in page] == []
