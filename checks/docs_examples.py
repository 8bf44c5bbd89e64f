"""Sends each documented example once, in the order of the OpenAPI document, and wants 2xx for all.

Everything is read from ``/openapi.json`` alone (``documented_examples.py``). What is answered must have the members of
the recorded answer, too, which the document shows. Without ``--base-url`` it serves a freshly seeded OrderHub on a free
port, in a temporary folder; and another one, for the blocks of the README and of the guides.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import httpx
from rich.console import Console
from rich.markup import escape

from checks.documented_examples import Sent, send_all
from checks.documented_setups import People
from checks.normal_form import NormalForm
from checks.quiet import watched
from checks.served_hub import Hub, served
from checks.shapes import moved_members
from checks.shell_blocks import DOCS, faults_of, guides
from orderhub.api.examples.answers import recorded

_SHOWN: Final = 600
_console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Exit with 1 when an example does not succeed, or is answered in another form."""
    wanted = _arguments()
    if wanted.base_url is not None:
        return _report(_send_all(wanted.base_url, wanted.data_dir))
    with served() as hub, watched(hub.database_url) as worker:
        status = _report(_send_all(hub.url, hub.data, worker.settle))
    with served() as hub:
        return max(status, _report_pages(hub))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Send each documented example once.")
    parser.add_argument("--base-url", help="a freshly seeded server to send them to, instead of one of our own")
    parser.add_argument("--data-dir", type=Path, help="that server's data folder, which holds its secrets")
    return parser.parse_args()


def _send_all(url: str, data: Path | None, settle: Callable[[], None] | None = None) -> list[Sent]:
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        return list(send_all(client, People(client, data), settle))


def _report(sent: list[Sent]) -> int:
    for one in sent:
        example = one.example
        name = f"{example.operation} ({example.name})" if example.name else example.operation
        style = "green" if one.ok else "red"
        line = f"{one.status}  {example.caller:<8} {one.seconds * 1000:6.0f} ms  {example.method:<6} {example.path}"
        _console.print(f"[{style}]{line}[/{style}]  [dim]{name}[/dim]")
    failed = [one for one in sent if not one.ok]
    for one in failed[:5]:
        _console.print(f"\n{one.example.operation} {one.example.name}: {one.status}\n{one.text[:_SHOWN]}", markup=False)
    moved = [place for one in sent if one.ok for place in _moved(one)]
    for place in moved:
        _console.print(f"[red]{place}[/red]")
    if moved:
        _console.print("The document shows other answers: run `make openapi-answers openapi`.", markup=False)
    _console.print(f"\n{len(sent) - len(failed)} of {len(sent)} documented examples succeed.", markup=False)
    return 1 if failed or moved or not sent else 0


def _report_pages(hub: Hub) -> int:
    """Run what the README and the guides say, in the order in which they are read."""
    pages = (DOCS.parent / "README.md", *guides())
    faults = [fault for page in pages for fault in faults_of(page, hub.url, hub.data.parent)]
    for fault in faults:
        _console.print(f"[red]{escape(fault)}[/red]")
    _console.print(f"\n{len(pages)} pages were run, with {len(faults)} faults.", markup=False)
    return 1 if faults else 0


def _moved(one: Sent) -> list[str]:
    """Where an answer's members are not those of the recorded one."""
    example = one.example
    known = recorded()["answers"].get(example.operation, {}).get(example.name)
    if known is None:
        return [f"{example.operation} {example.name}: no answer is recorded"]
    if one.body is None or example.streams:
        return []
    found = NormalForm("", "").body("", one.body)
    return [f"{example.operation} {example.name}: {place}" for place in moved_members(known.get("body"), found)]


if __name__ == "__main__":
    sys.exit(main())
