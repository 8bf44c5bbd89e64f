"""Folders of users other than whoever runs the tests."""

import os
import shutil
import stat
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from orderhub.infra.embedded_postgres.account import ROOT

NORMAL_USER: Final = 65534


def require_open_checkout() -> None:
    """Skip where root has the product in a folder of their own: no normal user can run it from there."""
    closed = [str(folder) for folder in Path(__file__).parents if not folder.stat().st_mode & stat.S_IXOTH]
    if os.geteuid() == ROOT and closed:
        pytest.skip(f"nobody but root reaches {closed[-1]}")


@contextmanager
def normal_users_folder() -> Generator[Path]:
    """A folder of a normal user, which the tests' own folder of root isn't; removed at the end."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == ROOT:
        os.chown(folder, NORMAL_USER, NORMAL_USER)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
