"""Opens the reference in Chromium, without a network: looks at what stands there, then clicks through it."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from rich.console import Console

from checks.served_hub import served

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_WITHIN: Final = 120
"""Seconds for a page, on a machine that does other things as well."""
_CLICKING: Final = 600
_DRIVER: Final = Path(__file__).parent / "browser"
"""What clicks: a script for node, and the library that it needs."""
_EXPECTED: Final = {
    "/": ("Awa Diallo · buys", "Find an operation", "Place orders, act on them"),
    "/docs#/orders/act_on_order": ("The example is sent as Awa Diallo.", "Sign in as Awa Diallo", "revision_requested"),
    "/docs#/processes/get_process": ("The example needs nobody to be signed in.",),
    "/docs/guides": ("Signing in",),
    "/v1/processes/service": ("<svg", "revision_requested"),
}
"""What must be there, by the address; the third part of a fragment opens an operation."""
_console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Exit with 1 when something is missing; without Chromium it only says so."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        _console.print("Not checked: there is no Chromium here (apt-get install chromium).")
        return 0
    missing = 0
    with served() as hub:
        for path, wanted in _EXPECTED.items():
            shown = _shown(program, hub.url + path)
            lacking = [words for words in wanted if words not in shown]
            missing += len(lacking)
            _console.print(f"{'[red]lacks ' + ', '.join(lacking) if lacking else '[green]ok'}[/]  {path}")
        clicked = _clicked(program, hub.url)
    return 0 if clicked and not missing else 1


def _clicked(program: str, url: str) -> bool:
    """Whether everything works that is clicked; without node it only says so."""
    if shutil.which("npm") is None:
        _console.print("Not clicked: there is no npm here (apt-get install nodejs npm).")
        return True
    for command in (["npm", "ci", "--ignore-scripts", "--silent"], ["node", "clicks.mjs", url, program]):
        done = subprocess.run(command, cwd=_DRIVER, timeout=_CLICKING, check=False)  # noqa: S603 - our own commands
        if done.returncode:
            return False
    return True


def _shown(program: str, url: str) -> str:
    """The page after its scripts, as HTML; no name but this machine's is found meanwhile."""
    command = [
        program,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--virtual-time-budget=30000",
        "--dump-dom",
        url,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_WITHIN, check=False)  # noqa: S603 - chosen above
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
