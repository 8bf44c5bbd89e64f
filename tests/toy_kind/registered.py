"""A plugin of pytest that adds the errand to the kinds, before anything that is made of them is imported."""

import pytest
from sqlalchemy import insert

from orderhub.domain.orders.kinds import register
from tests.toy_kind.errand import ERRANDS

register(ERRANDS)

from orderhub.api.examples.orders.kinds import EXAMPLES, Examples  # noqa: E402 - the kinds must be complete before
from orderhub.api.schemas.orders.bodies import BODIES, Bodies  # noqa: E402 - the kinds must be complete before
from tests.toy_kind.bodies import EXAMPLE, ErrandMembers, HandIn, PlaceErrand  # noqa: E402 - likewise

BODIES[ERRANDS.name] = Bodies((HandIn,), PlaceErrand, ErrandMembers)
EXAMPLES[ERRANDS.name] = Examples({"hand_in": EXAMPLE})

from orderhub.domain.transitions.models import ProcessEdge  # noqa: E402 - likewise
from orderhub.infra.database import Database  # noqa: E402 - likewise
from tests.conftest import Cluster, in_own_loop  # noqa: E402 - likewise
from tests.kinds import RECIPES  # noqa: E402 - likewise
from tests.toy_kind.recipe import ERRAND_RECIPE  # noqa: E402 - likewise

RECIPES[ERRANDS.name] = ERRAND_RECIPE


@pytest.fixture(scope="session", autouse=True)
def edges(cluster: Cluster) -> None:
    """What a migration of a new kind does: it adds the edges, to the database that the tests copy."""
    names = ("process", "from_status", "action", "to_status")
    rows = [{name: getattr(edge, name) for name in names} for edge in ERRANDS.table.edges()]

    async def add() -> None:
        database = Database(cluster.url(cluster.template), pool=1)
        async with database.session() as session:
            await session.execute(insert(ProcessEdge), rows)
        await database.close()

    in_own_loop(add)
