"""The town that schemathesis calls."""

from collections.abc import Iterator

import pytest

from tests.conftest import Cluster, in_own_loop
from tests.contract.served import Served, serving
from tests.security.town import settings_for


@pytest.fixture(scope="module")
def served(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The town on a database of this module's own."""
    name = in_own_loop(cluster.clone)
    with serving(settings_for(cluster.url(name), tmp_path_factory.mktemp("town"))) as found:
        yield found
    in_own_loop(lambda: cluster.drop(name))
