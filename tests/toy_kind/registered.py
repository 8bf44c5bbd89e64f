"""A plugin of pytest that adds the errand to the kinds, before anything that is made of them is imported."""

from orderhub.domain.orders.kinds import register
from tests.toy_kind.errand import ERRANDS

register(ERRANDS)

from orderhub.api.schemas.orders.bodies import BODIES, Bodies  # noqa: E402 - the kinds must be complete before
from tests.toy_kind.bodies import HandIn, PlaceErrand  # noqa: E402 - likewise

BODIES[ERRANDS.name] = Bodies(HandIn, PlaceErrand)
