"""Folders of users other than whoever runs the tests."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from orderhub.infra.embedded_postgres.account import ROOT

NORMAL_USER: Final = 65534


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
