"""Lints the OpenAPI document: redocly, spectral with OWASP's rules, and openapi-generator's own validation.

Nothing but exceptions of ``checks/openapi/exceptions.toml`` may be found, no warning either, and each exception must
still be needed. What a linter needs and this machine lacks is named, with the Debian package that brings it.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from checks.findings import Finding, read_exceptions, remaining
from checks.linters import HERE, LINTERS, LinterError
from clients.client import Tool
from clients.machine import JAVA, NPM, missing, set_up_npm, set_up_python
from orderhub.api.openapi.served import WRITTEN

NODE: Final = Tool("node", "nodejs", note=", 18.18 or later", at_least=(18, 18))
EXCEPTIONS: Final = HERE / "exceptions.toml"
_MOST_SHOWN: Final = 50


def main() -> int:
    """Exit with 1 when something is found, when an exception is stale, or when a linter can't run."""
    parser = argparse.ArgumentParser(description="Lint the OpenAPI document.")
    parser.add_argument("document", nargs="?", type=Path, default=WRITTEN, help="another document")
    document: Path = parser.parse_args().document.resolve()
    lacking = missing((NODE, NPM, JAVA))
    if lacking:
        sys.stderr.write(wanting(lacking))
        return 1
    set_up_npm(HERE)
    set_up_python()
    try:
        faults = faults_of(document)
    except LinterError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for fault in faults[:_MOST_SHOWN]:
        sys.stderr.write(f"{fault}\n")
    if faults:
        sys.stderr.write(f"{len(faults)} faults of {document.name}; exceptions stand in {EXCEPTIONS.name}.\n")
        return 1
    sys.stdout.write(f"{document.name} is clean: {', '.join(LINTERS)}.\n")
    return 0


def faults_of(document: Path) -> list[str]:
    """What the linters find beside the exceptions, and the exceptions that are stale. Raises LinterError."""
    found: list[Finding] = [finding for linter in LINTERS.values() for finding in linter(document)]
    return remaining(found, read_exceptions(EXCEPTIONS))


def wanting(tools: Sequence[Tool]) -> str:
    """What a machine lacks, and the command that brings it."""
    names = ", ".join(f"{tool.name}{tool.note}" for tool in tools)
    packages = " ".join(tool.package for tool in tools)
    return f"The document can't be linted without {names}: apt-get install --no-install-recommends {packages}\n"


if __name__ == "__main__":
    sys.exit(main())
