"""A sourced order, for the tests."""

from dataclasses import replace
from typing import Final

from orderhub.domain.orders.kinds.sourced import SOURCED_ORDERS
from orderhub.domain.orders.kinds.sourced.details import REVIEWS, Invoiced, details_of
from orderhub.domain.orders.kinds.sourced.table import BUYING, UNDER_WAY
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import By, Row
from tests.kinds.people import ACTORS, NOW
from tests.kinds.recipe import Recipe
from tests.kinds.sourced import lives_arrived, lives_deposit, lives_under_way
from tests.kinds.sourced.commands import COMMANDS
from tests.kinds.sourced.orders import on_the_way, placed, standing, with_change, with_details
from tests.kinds.sourced.played import SourcedPlayed, books
from tests.kinds.sourced.scene import Sourced, new_sourced
from tests.kinds.sourced.walking import WALKING
from tests.kinds.sourced.ways import WAYS, settings_of, way_to
from tests.making.commands import Command

_ALIKE: Final = {"report_problem", "close_case", "charge_back", "win_charge_back"}
_FATES: Final = {
    "confirm_deposit": ("confirmed", "captured"),
    "confirm_balance": ("confirmed", "captured"),
    "record_part": ("part", "captured"),
    "reject_proof": ("rejected", "awaiting_proof"),
    "confirm_payment": ("left", "under_review"),
    "cancel": ("left", "under_review"),
}
"""Of a proof and of its payment, by the action that decides them."""


def alike(row: Row[Facts]) -> bool:
    """Every status but one."""
    return row.action in _ALIKE and row.start is not None and row.start.code != "ready"


def documents(order: OrderState, row: Row[Facts]) -> tuple[str, ...]:
    """An invoice where one is issued, a credit note where it is corrected."""
    invoiced = details_of(order).invoice is not None
    credited = invoiced and row.action in ("rule_refund", "rule_split")
    return ("final_invoice",) * invoiced + ("credit_note",) * credited


async def fate_of_the_proof(scene: Sourced, row: Row[Facts], before: OrderState, _after: OrderState) -> None:
    """What becomes of the newest proof, and of its payment."""
    if details_of(before).proof is None and row.action != "submit_proof":
        return
    sql = "SELECT f.status, p.status AS paid FROM proofs f JOIN payments p ON p.id = f.payment_id "
    newest = (await scene.rows(sql + "WHERE f.order_id = :order ORDER BY f.id DESC LIMIT 1"))[0]
    assert (newest["status"], newest["paid"]) == _FATES.get(row.action, ("under_review", "under_review"))


def alternatives(row: Row[Facts]) -> list[Facts]:
    """Orders that differ in what the guards of such rows look at."""
    assert row.start is not None
    order = on_the_way(row.start.code)
    found = {
        "issue_final_invoice": [replace(order, held=order.total + more) for more in (-1, 0, 1)],
        "win_charge_back": [order, with_details(order, invoice=Invoiced(order.total, 0))],
        "decline_change": (changed := [with_change(order), with_change(replace(order, lines=order.lines[:1]))]),
        "lapse_change": changed,
    }
    said = COMMANDS.get(row.action, Command())
    return [Facts(order, NOW, ACTORS[By.BUYER], said.on(order, NOW)) for order in found[row.action]]


SOURCED_RECIPE: Final = Recipe(
    kind=SOURCED_ORDERS,
    ways=WAYS,
    way_to=way_to,
    settings_of=settings_of,
    new_scene=new_sourced,
    commands=COMMANDS,
    placed=placed,
    standing=standing,
    walking=WALKING,
    lives=lives_deposit.LIVES | lives_under_way.LIVES | lives_arrived.LIVES,
    played=SourcedPlayed,
    books=books,
    documents=documents,
    landed=fate_of_the_proof,
    for_staff=frozenset({"disputed", "arrived", *(status.code for status in UNDER_WAY), *REVIEWS}),
    when_asked=frozenset(status.code for status in BUYING),
    alternatives=alternatives,
    elsewhere=frozenset({By.SELLER}),  # nobody signs in as the house
    sample=frozenset(
        {
            "place",
            "submit_proof",
            "confirm_payment",
            "confirm_deposit",
            "record_part",
            "issue_final_invoice",
            "rule_split",
        }
    ),
    alike=alike,
)
