"""A database a worker for scenes that need none of their own; and the world of the lives."""

from collections.abc import AsyncIterator, Iterator

import pytest

from orderhub.infra.database import Database
from tests.conftest import Cluster, in_own_loop
from tests.engine import faults
from tests.lives.conftest import awa, bruno, chloe, world

__all__ = ["awa", "bruno", "chloe", "world"]


@pytest.fixture(scope="session")
def faulty_url(cluster: Cluster) -> Iterator[str]:
    """One database a worker in which faults can be switched on."""
    name = in_own_loop(cluster.clone)

    async def prepare() -> None:
        database = Database(cluster.url(name), pool=1)
        await faults.install(database)
        await database.close()

    in_own_loop(prepare)
    yield cluster.url(name)
    in_own_loop(lambda: cluster.drop(name))


@pytest.fixture
async def faulty(faulty_url: str) -> AsyncIterator[Database]:
    """That database, opened."""
    found = Database(faulty_url, pool=2)
    await found.open()
    yield found
    await found.close()


@pytest.fixture(params=[4, pytest.param(40, marks=pytest.mark.slow)])
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a race is run."""
    return request.param
