"""The table of docs/clients.md, made from what came of each client."""

import json
import re
from collections.abc import Sequence
from typing import Final

from clients.client import HERE, ROOT, Client
from clients.running import Outcome

PAGE: Final = ROOT / "docs" / "clients.md"
_BEGIN, _END = "<!-- made by make clients -->", "<!-- end of what make clients made -->"
_HEAD: Final = (
    "| client | generator | generated | compiled | warnings | whole order live | the union `OrderAction` |\n"
    "|---|---|---|---|---|---|---|\n"
)


def table(outcomes: Sequence[Outcome]) -> str:
    """A row for each."""
    return _HEAD + "".join(_row(outcome) for outcome in outcomes)


def written(page: str, made: str) -> str:
    """The page with that table between its marks."""
    before, rest = page.split(_BEGIN)
    return f"{before}{_BEGIN}\n\n{made}\n{_END}{rest.split(_END)[1]}"


def _row(outcome: Outcome) -> str:
    client = outcome.client
    cells = (
        client.name,
        _version(client),
        outcome.generated or "no",
        outcome.compiled or "no",
        str(len(outcome.warnings)),
        outcome.live or "no",
        client.union,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _version(client: Client) -> str:
    if client.npm:
        package = json.loads((HERE / "package.json").read_text())
        return {**package["dependencies"], **package["devDependencies"]}[client.generator]
    found = re.search(rf"^{re.escape(client.generator)}==(\S+)", (HERE / "requirements.lock").read_text(), re.MULTILINE)
    return found[1] if found else "?"
