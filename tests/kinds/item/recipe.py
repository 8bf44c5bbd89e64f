"""An order of an item, for the tests."""

from typing import Final

from orderhub.domain.orders.kinds.item import ITEM_ORDERS
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Row
from tests.kinds.item import lives_received, lives_returned, lives_sent
from tests.kinds.item.commands import COMMANDS
from tests.kinds.item.orders import placed, standing
from tests.kinds.item.played import ItemPlayed, books
from tests.kinds.item.scene import landed, new_scene
from tests.kinds.item.walking import WALKING
from tests.kinds.item.ways import WAYS, settings_of, way_to
from tests.kinds.people import ACTORS, NOW
from tests.kinds.recipe import Recipe


def alternatives(row: Row[Facts]) -> list[Facts]:
    """What is wrong with it, or that it doesn't fit, sold by a trader or not; a trader has no say in that."""
    assert row.action in ("decline_return", "lapse_return"), f"say with what {row.action} is asked"
    asked = [(True, False), (True, True), (False, False), *([(False, True)] if row.action == "lapse_return" else [])]
    (by,) = row.by
    return [
        Facts(standing("return_requested", fits=fits, trader=trader), NOW, ACTORS[by], {}) for fits, trader in asked
    ]


ITEM_RECIPE: Final = Recipe(
    kind=ITEM_ORDERS,
    ways=WAYS,
    way_to=way_to,
    settings_of=settings_of,
    new_scene=new_scene,
    commands=COMMANDS,
    placed=placed,
    standing=standing,
    walking=WALKING,
    lives=lives_sent.LIVES | lives_received.LIVES | lives_returned.LIVES,
    played=ItemPlayed,
    books=books,
    documents=lambda _order, _row: (),
    landed=landed,
    for_staff=frozenset({"disputed"}),
    alternatives=alternatives,
    sample=frozenset(
        {"place", "confirm_payment", "return_to_sender", "rule_split", "request_return", "win_charge_back"}
    ),
)
