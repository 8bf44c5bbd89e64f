"""The world that lives are played in, whose database lets happen what the errand's table lists."""

import pytest
from sqlalchemy import insert

from orderhub.domain.transitions.models import ProcessEdge
from tests.lives.conftest import awa, bruno, chloe, world
from tests.lives.world import World
from tests.toy_kind.errand import ERRAND

__all__ = ["awa", "bruno", "chloe", "world"]


@pytest.fixture
async def town(world: World) -> World:
    """What a migration of a new kind does: it adds the edges."""
    names = ("process", "from_status", "action", "to_status")
    edges = [{name: getattr(edge, name) for name in names} for edge in ERRAND.edges()]
    async with world.parts.database.session() as session:
        await session.execute(insert(ProcessEdge), edges)
    return world
