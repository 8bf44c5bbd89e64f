"""The town that the tests about security share."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.conftest import Cluster, in_own_loop
from tests.security.town import Town, open_town, settings_for


@pytest.fixture(scope="session")
def town_url(cluster: Cluster) -> Iterator[str]:
    """A migrated database for the town alone."""
    name = in_own_loop(cluster.clone)
    yield cluster.url(name)
    in_own_loop(lambda: cluster.drop(name))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def town(town_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The town, in the loop of the run: every test about security shares it."""
    async with open_town(settings_for(town_url, tmp_path_factory.mktemp("town"))) as found:
        yield found
