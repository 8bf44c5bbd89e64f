"""What this machine has, and what is set up from the lock files: npm's packages, and PyPI's beside the product's."""

import hashlib
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from clients.client import HERE, Tool

NODE: Final = Tool("node", "nodejs", note=", 20.19 or later", at_least=(20, 19))
"""As the generators of npm need it."""
NPM: Final = Tool("npm", "npm")
JAVA: Final = Tool("java", "default-jre-headless")
BIN: Final = HERE / "node_modules" / ".bin"
PYTHON: Final = HERE / ".venv" / "bin"


def missing(tools: Iterable[Tool]) -> list[Tool]:
    """Those that are not here."""
    return [tool for tool in tools if not _is_here(tool)]


def _is_here(tool: Tool) -> bool:
    if tool.path is not None:
        return tool.path.exists()
    return shutil.which(tool.name) is not None and (not tool.at_least or _version(tool.name) >= tool.at_least)


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603 - as it is found
    return tuple(int(part) for part in said.strip().removeprefix("v").split(".")[:2])


def set_up_npm(folder: Path = HERE, *, small: bool = False) -> None:
    """Install npm's packages as a folder's lock has them; ``small`` leaves out the development dependencies."""
    mark = folder / "node_modules" / ".orderhub"
    state = _hash(folder / "package-lock.json")
    here = mark.read_text().split() if mark.exists() else []
    if here[:1] == [state] and (small or here[1:] == ["whole"]):
        return
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", *(["--omit=dev"] if small else [])]
    _run(["npm", "ci", *flags], folder)
    mark.write_text(f"{state} {'small' if small else 'whole'}")


def set_up_python() -> None:
    """Install PyPI's packages as they are locked."""
    mark = PYTHON / ".orderhub"
    state = _hash(HERE / "requirements.lock")
    if mark.exists() and mark.read_text() == state:
        return
    venv.create(PYTHON.parent, with_pip=True, clear=True)
    pip = [str(PYTHON / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    _run([*pip, "install", "--quiet", "--require-hashes", "--no-deps", "-r", "requirements.lock"], HERE)
    mark.write_text(state)


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)  # noqa: S603 - our own command
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        message = f"{' '.join(command[:4])} … failed (see above)"
        raise SystemExit(message)
