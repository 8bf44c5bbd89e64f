"""Random lives through the engine on PostgreSQL: whatever people, clocks and banks do, the ledger stays whole."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from orderhub.domain.orders import advance
from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.state import OrderState
from orderhub.domain.payments.ports import NotificationType
from orderhub.domain.process import Actor, By
from orderhub.infra.database import Database
from orderhub.kit.errors import ConflictError, DomainError, InvalidError
from tests.engine.scene import PRICE, Scene, note
from tests.kinds.service.scene import new_scene

PEOPLE = (By.BUYER, By.SELLER, By.SUPPORT)
RARE = ("cancel", "decline", "report_problem")
"""Left to chance: they end a life too early, or only make it longer."""
TOLD = st.sampled_from(
    (NotificationType.CHARGEBACK_OPENED, NotificationType.CHARGEBACK_WON, NotificationType.CHARGEBACK_LOST)
)


class Life(RuleBasedStateMachine):
    """One order's life on a real database."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = Database(self.url, pool=2)
        self.scene = self.run(self.begin())
        self.order = self.run(self.scene.state())
        self.chargebacks: dict[tuple[str, int], int] = {}

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    async def begin(self) -> Scene:
        await self.database.open()
        scene = await new_scene(self.database, questions=True)
        await scene.place()
        return scene

    def try_it(self, work: Coroutine[Any, Any, Any]) -> Any:
        """What came of it, or the refusal; either way the order as it is then."""
        before = self.order
        try:
            found = self.run(work)
        except (ConflictError, InvalidError, DomainError) as refusal:
            found = refusal
        self.order = self.run(self.scene.state())
        if isinstance(found, DomainError):
            assert self.order == before, "a refusal changes nothing"
        return found

    @rule(by=st.sampled_from(PEOPLE), data=st.data())
    def somebody_does_what_is_possible(self, by: By, data: st.DataObject) -> None:
        caller = self.scene.callers[by]
        actor: Actor = self.order.actor(caller.account_id, caller.roles)
        found = advance.available_to(self.order, actor, self.run(self.scene.now()))
        possible = [x.action for x in found if x.possible and x.action not in RARE]
        if possible:
            amount = data.draw(st.integers(1, PRICE))
            action = data.draw(st.sampled_from(possible))
            self.try_it(self.scene.act(by, action, amount={"amount": amount, "currency": "EUR"}))

    @rule(by=st.sampled_from(PEOPLE), action=st.sampled_from(sorted({row.action for row in SERVICE.rows} - {"place"})))
    def somebody_tries_anything(self, by: By, action: str) -> None:
        self.try_it(self.scene.act(by, action))

    @precondition(lambda self: self.order.status == "awaiting_payment")
    @rule(amount=st.sampled_from((PRICE, PRICE, PRICE, 11_999)))
    def the_buyer_pays(self, amount: int) -> None:
        found = self.try_it(self.scene.hear("confirm_payment", amount=amount))
        assert found == ("confirm_payment" if amount == PRICE else "returned")

    @precondition(lambda self: bool(details_of(self.order).extras))
    @rule(times=st.integers(1, 2))
    def the_buyer_pays_an_extra(self, times: int) -> None:
        news = [self.run(self.scene.news("confirm_extra")) for _ in range(times)]
        assert [self.try_it(self.scene.told(one)) for one in news] == ["confirm_extra", "returned"][:times]

    @precondition(lambda self: bool(self.order.funds))
    @rule(kind=TOLD, amount=st.integers(1, PRICE), number=st.integers(0, 2), lies=st.integers(0, 9), data=st.data())
    def the_bank_says_something(
        self, kind: NotificationType, amount: int, number: int, lies: int, data: st.DataObject
    ) -> None:
        """Also what can't be: more than there was, another amount than before, or decided before it was opened."""
        fund = data.draw(st.sampled_from(self.order.funds))
        amount = amount if lies == 0 else self.chargebacks.setdefault((fund["payment_id"], number), amount)
        provider_id = f"psc_{fund['payment_id']}_{number}"
        self.try_it(self.scene.told(note(kind, UUID(fund["payment_id"]), amount=amount, provider_id=provider_id)))

    @rule(hours=st.one_of(st.integers(1, 20), st.integers(1, 200)))
    def time_goes_by(self, hours: int) -> None:
        self.run(self.pass_time(timedelta(hours=hours)))
        self.order = self.run(self.scene.state())

    async def pass_time(self, by: timedelta) -> None:
        await self.scene.pass_time(by)
        now = await self.scene.now()
        while due := [timer for timer in await self.scene.timers() if timer.due <= now]:
            await self.scene.fire(due[0])

    @invariant()
    def the_order_says_what_the_ledger_says(self) -> None:
        order: OrderState = self.order
        assert order.held == sum(fund["held"] for fund in order.funds) >= 0
        assert (order.final_at is not None) == (order.status in SERVICE.final)
        if order.final_at is not None:
            assert order.held == 0
            assert self.run(self.scene.timers()) == []

    def teardown(self) -> None:
        self.run(self.scene.in_order())
        self.run(self.database.close())
        self.runner.close()


def play(url: str, examples: int) -> None:
    machine = type("LifeThere", (Life,), {"url": url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            database=None,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
        ),
    )


def test_a_few_lives(faulty_url: str) -> None:
    play(faulty_url, 6)


@pytest.mark.slow
def test_many_lives(faulty_url: str) -> None:
    play(faulty_url, 100)
