"""Folders that the embedded PostgreSQL is started in."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from orderhub.infra.embedded_postgres import start
from orderhub.infra.embedded_postgres.postmaster import find_postmaster
from tests.making.folders import normal_users_folder


@pytest.fixture(scope="session")
def served_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder as a first start and a stop leave it; copying it saves half a second a test."""
    folder = tmp_path_factory.mktemp("served_before") / "orderhub"
    start(folder, durable=False).stop()
    return folder


@pytest.fixture
def data_dir(new_dir: Path, served_before: Path) -> Path:
    subprocess.run(["/bin/cp", "-a", served_before, new_dir], check=True)  # noqa: S603
    return new_dir


@pytest.fixture
def new_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "orderhub"
    yield folder
    if left_over := find_postmaster(folder / "cluster"):
        left_over.stop()


@pytest.fixture
def normal_users_dir() -> Iterator[Path]:
    """A folder of a normal user, and no server that goes on in it."""
    with normal_users_folder() as folder:
        yield folder
        if left_over := find_postmaster(folder / "orderhub" / "cluster"):
            left_over.stop()
