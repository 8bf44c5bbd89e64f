"""A service order, for the tests."""

from typing import Final

from orderhub.domain.orders.kinds.service import SERVICE_ORDERS
from orderhub.domain.orders.state import Facts, PaymentFacts
from orderhub.domain.process import By, Row
from tests.kinds.people import ACTORS, NOW
from tests.kinds.recipe import Recipe
from tests.kinds.service import lives_at_work, lives_before_work, lives_disputed
from tests.kinds.service.commands import COMMANDS
from tests.kinds.service.orders import an_order, placed, standing
from tests.kinds.service.played import ServicePlayed, books
from tests.kinds.service.scene import new_scene
from tests.kinds.service.walking import WALKING
from tests.kinds.service.ways import WAYS, settings_of, way_to


def alternatives(row: Row[Facts]) -> list[Facts]:
    """Paid, with something left to answer and without."""
    assert row.action == "confirm_payment", f"say with what {row.action} is asked"
    orders = [an_order(instructions_missing=missing) for missing in (False, True)]
    actor = ACTORS[By.PROVIDER]
    return [Facts(order, NOW, actor, {}, PaymentFacts(order.id, None, order.total, "EUR")) for order in orders]


SERVICE_RECIPE: Final = Recipe(
    kind=SERVICE_ORDERS,
    ways=WAYS,
    way_to=way_to,
    settings_of=settings_of,
    new_scene=new_scene,
    commands=COMMANDS,
    placed=placed,
    standing=standing,
    walking=WALKING,
    lives=lives_before_work.LIVES | lives_at_work.LIVES | lives_disputed.LIVES,
    played=ServicePlayed,
    books=books,
    documents=lambda _order, _row: (),
    for_staff=frozenset({"disputed"}),
    alternatives=alternatives,
    sample=frozenset(
        {"place", "confirm_payment", "confirm_extra", "lapse_extra", "refund_part", "rule_split", "win_charge_back"}
    ),
)
