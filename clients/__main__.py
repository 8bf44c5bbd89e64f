"""Generates clients from the OpenAPI document, compiles them, and runs a whole order with some: make clients.

It goes on past what fails and past what this machine lacks, says both, and writes the table of docs/clients.md.
It ends with 1 when something that can run here fails or warns.
"""

import argparse
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rich.console import Console

from checks.served_hub import served
from clients.client import ROOT, Client
from clients.front_end import FRONT_END
from clients.machine import missing, set_up_npm, set_up_python
from clients.others import OTHERS
from clients.postman import POSTMAN
from clients.python import PYTHON_CLIENTS
from clients.running import Outcome, try_out
from clients.table import PAGE, table, written
from clients.typescript import TYPESCRIPT

CLIENTS: Final[Sequence[Client]] = (*TYPESCRIPT[:2], *PYTHON_CLIENTS, *TYPESCRIPT[2:], *OTHERS, POSTMAN, FRONT_END)
_console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Exit with 1 when something that can run here fails or warns, or when the page is another with ``--check``."""
    wanted = _arguments()
    clients = [client for client in CLIENTS if not wanted.only or client.key in wanted.only]
    _set_up(clients)
    outcomes: list[Outcome] = []
    with _hub(wanted.base_url) as url:
        for client in clients:
            outcome = try_out(client, wanted.document.resolve(), url)
            outcomes.append(outcome)
            _tell(outcome)
    _console.print(f"\n{table(outcomes)}", markup=False)
    stale = not wanted.only and not _lacking(outcomes) and _is_stale(outcomes, check=wanted.check)
    failed = sum(outcome.failed for outcome in outcomes)
    _console.print(f"{len(outcomes) - failed} of {len(outcomes)} clients are as they should be.")
    return 1 if failed or stale else 0


@contextmanager
def _hub(base_url: str | None) -> Generator[str]:
    if base_url is not None:
        yield base_url
        return
    with served() as hub:
        yield hub.url


def _arguments() -> argparse.Namespace:
    keys = [client.key for client in CLIENTS]
    parser = argparse.ArgumentParser(prog="make clients ARGS=…", description="Try the clients of the document.")
    parser.add_argument("--only", nargs="+", choices=keys, metavar="CLIENT", help=f"some of {', '.join(keys)}")
    parser.add_argument("--check", action="store_true", help="compare docs/clients.md instead of writing it")
    parser.add_argument("--base-url", help="a server with the sample data, instead of one of our own")
    parser.add_argument("--document", type=Path, default=ROOT / "openapi" / "openapi.json", help="another document")
    return parser.parse_args()


def _set_up(clients: Sequence[Client]) -> None:
    tools = {tool for client in clients for tool in client.needs}
    if not missing(tool for tool in tools if tool.package in {"nodejs", "npm"}):
        set_up_npm(small=all(client.small for client in clients))
    if any(not client.npm for client in clients):
        set_up_python()


def _tell(outcome: Outcome) -> None:
    style = "red" if outcome.failed else "yellow" if outcome.lacking else "green"
    reached = ", ".join(filter(None, (outcome.generated and "generated", outcome.compiled, outcome.live)))
    _console.print(f"[{style}]{outcome.client.name}[/{style}]", end=" ")
    _console.print(reached, markup=False)
    for line in (*outcome.warnings, *(f"missing: {tool}" for tool in outcome.lacking), outcome.failure):
        if line:
            _console.print(f"  {line}", markup=False)


def _lacking(outcomes: Sequence[Outcome]) -> bool:
    return any(outcome.lacking for outcome in outcomes)


def _is_stale(outcomes: Sequence[Outcome], *, check: bool) -> bool:
    """Write the page's table anew, or only say whether that would change it."""
    page = PAGE.read_text()
    wanted = written(page, table(outcomes))
    if check and page != wanted:
        _console.print("docs/clients.md has another table: make clients writes it.")
        return True
    if page != wanted:
        PAGE.write_text(wanted)
    return False


if __name__ == "__main__":
    sys.exit(main())
