"""Each linter runs, and each can fail; what they need and a machine lacks is said as `make check` says it."""

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from checks.findings import Finding
from checks.lint_openapi import NODE, wanting
from checks.linters import HERE, LINTERS
from clients.machine import JAVA, NPM, missing, set_up_npm, set_up_python
from orderhub.api.openapi.served import WRITTEN

ROOT: Final = Path(__file__).resolve().parents[2]
ORDERS: Final = "/v1/orders"


def linted_with(programs: Path) -> subprocess.CompletedProcess[str]:
    """What the command says on a machine whose programs are those of a folder."""
    return subprocess.run(
        [sys.executable, "-m", "checks.lint_openapi"],
        cwd=ROOT,
        env={**os.environ, "PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_machine_without_node_is_told_what_to_install(tmp_path: Path) -> None:
    done = linted_with(tmp_path)

    assert done.returncode == 1
    assert done.stderr == wanting([NODE, NPM, JAVA])
    assert done.stderr.endswith("apt-get install --no-install-recommends nodejs npm default-jre-headless\n")


def test_a_node_that_is_too_old_is_missing(tmp_path: Path) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v18.17.1\n")
    node.chmod(0o755)
    done = linted_with(tmp_path)

    assert done.returncode == 1
    assert "node, 18.18 or later" in done.stderr


def without_a_summary(document: dict[str, Any]) -> None:
    del document["paths"][ORDERS]["get"]["summary"]


def with_an_example_of_another_type(document: dict[str, Any]) -> None:
    limit = next(each for each in document["paths"][ORDERS]["get"]["parameters"] if each["name"] == "limit")
    limit["example"] = "twenty"


def without_a_schema(document: dict[str, Any]) -> None:
    del document["components"]["schemas"]["OrderOut"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("linter", "spoil", "rule"),
    [
        ("redocly", without_a_summary, "operation-summary"),
        ("spectral", with_an_example_of_another_type, "oas3-valid-media-example"),
        ("openapi-generator", without_a_schema, "validate"),
    ],
)
def test_each_linter_finds_what_is_spoiled(
    tmp_path: Path, linter: str, spoil: Callable[[dict[str, Any]], None], rule: str
) -> None:
    lacking = missing((NODE, NPM, JAVA))
    if lacking:
        pytest.skip(wanting(lacking))
    set_up_npm(HERE)
    set_up_python()
    document: dict[str, Any] = json.loads(WRITTEN.read_text())
    spoiled = copy.deepcopy(document)
    spoil(spoiled)
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(spoiled))

    sound, found = LINTERS[linter](WRITTEN), LINTERS[linter](path)

    assert rule not in rules(sound)
    assert rule in rules(found)


def rules(findings: list[Finding]) -> set[str]:
    """The rules that were broken, but for what an exception covers."""
    return {finding.rule for finding in findings if "stream" not in finding.at}
