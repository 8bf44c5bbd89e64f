"""The document, and the town that schemathesis calls."""

from collections.abc import Iterator
from typing import Any

import pytest

from orderhub.bootstrap import build_application
from orderhub.settings import Settings
from tests.conftest import Cluster, in_own_loop
from tests.contract.served import Served, serving
from tests.security.town import settings_for


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The document of a development deployment."""
    settings = Settings.model_validate({"database": {"url": "postgresql://nobody@127.0.0.1:1/nothing"}})
    return build_application(settings).openapi()


@pytest.fixture(scope="session")
def schemas(document: dict[str, Any]) -> dict[str, Any]:
    """Its schemas by their names."""
    return document["components"]["schemas"]


@pytest.fixture(scope="module")
def served(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The town on a database of this module's own."""
    name = in_own_loop(cluster.clone)
    with serving(settings_for(cluster.url(name), tmp_path_factory.mktemp("town"))) as found:
        yield found
    in_own_loop(lambda: cluster.drop(name))
