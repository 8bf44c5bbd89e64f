"""An errand, for the tests of every kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from orderhub.domain.escrow import ledger
from orderhub.domain.orders import placing
from orderhub.domain.orders.kinds.kind import Beginning
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.policies.policy import Policy
from orderhub.domain.process import By, Row
from orderhub.domain.requests.caller import Answer
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.engine.scene import Scene, sign_in
from tests.kinds.people import AWA, BRUNO, NOW
from tests.kinds.recipe import Recipe
from tests.kinds.service.orders import TERMS
from tests.kinds.walking import Draw, Ledger, Walking
from tests.lives.plays import Life, Line, Played
from tests.making.commands import Command
from tests.toy_kind.errand import ERRAND, ERRANDS, WantedErrand

PRICE: Final = 2_500
POLICY: Final = Policy(1, TERMS, (), {}, (1, 2, 3, 4, 5), 1)
PAID: Final = ("provider confirm_payment",)
WAYS: Final = {"to_pay": (), "under_way": PAID, "handed_in": (*PAID, "seller hand_in")}
COMMANDS: Final = {
    "hand_in": Command(),
    "report_problem": Command({"reason": "Rien n’est arrivé."}),
    "close_case": Command({"resolution": "C’est arrivé."}),
}
LIVES: Final = {
    "run": Life(
        """
-          place            Awa       to_pay
to_pay     report_problem   Awa       to_pay
to_pay     close_case       Chloé     to_pay
to_pay     confirm_payment  provider  under_way
under_way  report_problem   Bruno     under_way
under_way  close_case       Chloé     under_way
under_way  hand_in          Bruno     handed_in
handed_in  report_problem   Awa       handed_in
handed_in  close_case       Chloé     handed_in
handed_in  auto_accept      clock     paid_out
""",
        released=PRICE,
    ),
    "never paid": Life(
        """
-          place            Awa       to_pay
to_pay     expire           clock     dropped
"""
    ),
}


def wanted(runner_id: UUID) -> WantedErrand:
    """A parcel to be fetched."""
    return WantedErrand(runner_id, "Chercher un colis", PRICE, "EUR")


@dataclass(slots=True)
class ErrandScene(Scene):
    """Bruno runs an errand for Awa."""

    async def place(self, key: str = "place") -> Answer:
        """Awa asks for it."""
        placed: list[UUID] = []
        caller = self.keyed(By.BUYER, "place", key)
        errand = wanted(self.callers[By.SELLER].account_id)
        answer = await placing.place(
            self.database, caller, ERRANDS, errand, lambda loaded, _: placed.append(loaded.order.id) or b"{}"
        )
        self.order_id = placed[-1] if placed else self.order_id
        return answer


async def new_scene(database: Database) -> ErrandScene:
    """Awa, Bruno and Chloé of support."""
    callers = {by: await sign_in(database, by.value) for by in (By.BUYER, By.SELLER)}
    callers[By.SUPPORT] = await sign_in(database, "support", "support")
    return ErrandScene(database, callers, COMMANDS, PRICE)


def way_to(row: Row[Facts]) -> tuple[str, ...]:
    """The steps from placing until the row can be taken."""
    assert row.start is not None
    return (*WAYS[row.start.code], *(("buyer report_problem",) if row.action == "close_case" else ()))


def placed() -> OrderState:
    """Waits for its payment."""
    assert ERRANDS.placing is not None
    return ERRANDS.placing.begin(None, wanted(BRUNO), Beginning(AWA, BRUNO, POLICY, NOW))


def standing(status: str) -> OrderState:
    """In that status, paid once it is under way."""
    order = placed()
    order.status = status
    if status in ("under_way", "handed_in"):
        order.held, order.paid_at = PRICE, NOW
        order.funds = [{"payment_id": str(order.id), "held": PRICE}]
    order.final_at = NOW if status in ERRAND.final else None
    return order


def settled(order: OrderState, accounts: Ledger) -> None:
    """Bruno has all that was released."""
    assert accounts[ledger.payable(BRUNO)] == order.released


def draw(_order: OrderState, _chance: Draw) -> Mapping[str, Any]:
    """There is one way to say it."""
    return {}


class ErrandPlayed(Played):
    """Awa has Bruno run an errand."""

    async def place(self) -> Any:
        """Asked for over HTTP."""
        body = {"kind": "errand", "what": "Chercher un colis", "price": {"amount": PRICE, "currency": "EUR"}}
        runner = {"runner_id": show_id("acc", self.bruno.account_id)}
        return await self.hub.awa.ask("POST", "/orders", 201, json=body | runner)

    async def said(self, line: Line) -> Mapping[str, Any]:
        """Nothing special."""
        return COMMANDS[line.action].said

    async def pay(self, line: Line) -> str:  # noqa: ARG002 - with a card
        """With a card."""
        return (await self.world.pay(self.hub.awa, self.order["id"]))["id"]


def books(life: Life) -> list[str]:
    """All that is released is Bruno's."""
    return [f"payable EUR {life.released}", f"provider EUR -{life.released}"] if life.released else []


ERRAND_RECIPE: Final = Recipe(
    kind=ERRANDS,
    ways=WAYS,
    way_to=way_to,
    settings_of=lambda _row: {},
    new_scene=new_scene,
    commands=COMMANDS,
    placed=placed,
    standing=standing,
    walking=Walking(
        people=(By.BUYER, By.SELLER, By.SUPPORT),
        begin=lambda status, _number: standing(status),
        draw=draw,
        by_chance=frozenset(),
        rare=frozenset(),
        hours=(5, 80, 400),
        takes_more=False,
        holds=lambda _order, _charged_back: None,
        settled=settled,
    ),
    lives=LIVES,
    played=ErrandPlayed,
    books=books,
    documents=lambda _order, _row: (),
    for_staff=frozenset({"under_way"}),
    elsewhere=frozenset({By.SHOP}),  # `life.py`
    sample=frozenset({"place", "confirm_payment", "hand_in", "auto_accept"}),
)
