"""Every walk through every table settles the escrow, and no walk loses or makes money.

A Hypothesis machine plays people, staff, clock, provider, carrier and bank at random over the pure half of the
engine, and keeps a ledger of its own from the postings. What differs from kind to kind stands in its recipe.
"""

from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from orderhub.domain.accounts.forgetting import codes_of
from orderhub.domain.escrow import ledger
from orderhub.domain.orders import advance, timers
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.kinds.kind import CAPTURE, Due
from orderhub.domain.orders.said import said_with
from orderhub.domain.orders.state import Facts, OrderState, PaymentFacts
from orderhub.domain.process import By, Process
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.transitions.timers import ROW
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id
from tests.kinds.cases import each_recipe
from tests.kinds.people import ACTORS, NOW
from tests.kinds.recipe import Recipe
from tests.kinds.walking import Walking

CHANCE = st.integers(0, 10_000)


class Life(RuleBasedStateMachine):
    """One order's life, and the money around it."""

    recipe: ClassVar[Recipe]
    order: OrderState

    @property
    def kind(self) -> Walking:
        return self.recipe.walking

    @property
    def table(self) -> Process[Facts]:
        return self.recipe.table

    @property
    def quoted(self) -> frozenset[str]:
        """What goes from a change with whoever is quoted in it."""
        return self.recipe.kind.personal.quoted if self.recipe.kind.personal else frozenset()

    @property
    def final(self) -> bool:
        return self.order.status in self.table.final

    @property
    def dues(self) -> list[Due]:
        return list(self.recipe.kind.due(self.order))

    @property
    def running(self) -> list[Any]:
        return [timer for timer in timers.running(self.order) if timer.kind == ROW]

    @initialize(where=CHANCE, number=st.integers(1, 2))
    def it_begins(self, where: int, number: int) -> None:
        """Anywhere, so that the far end is walked as often as the near one; but a dispute remembers a beginning."""
        places = [code for code in self.table.by_code if code not in self.table.final | self.recipe.kind.disputed]
        self.order, self.now = self.kind.begin(places[where % len(places)], number), NOW
        self.accounts: Counter[str] = Counter()
        self.charged_back: Counter[UUID] = Counter()
        self.captured: set[UUID] = set()
        if self.order.held:
            self.captured.add(UUID(self.order.funds[0]["payment_id"]))
            self.accounts["provider:sandbox"] -= self.order.held
            self.accounts[ledger.escrow(self.order.id)] += self.order.held

    @precondition(lambda self: self.final)
    @rule(where=CHANCE, number=st.integers(1, 2))
    def another_begins(self, where: int, number: int) -> None:
        self.it_begins(where, number)

    def take(self, change: OrderChange) -> None:
        """Make a change come true, its postings on our own ledger."""
        assert change.order.version == self.order.version + 1
        rows = self.table.rows_of(change.before.status, change.action)
        assert change.order.status in {status.code for row in rows for status in self.table.targets(row)}
        names, left = said_with()[change.action], codes_of(change.data).keys() - self.quoted
        assert change.data.keys() <= names.all
        assert names.always <= left | ({"document"} if change.issues else set()), change.action
        for posting in change.rows.get("postings", []):
            assert posting["amount"] > 0
            assert posting["currency"] == self.order.currency
            self.accounts[posting["source"]] -= posting["amount"]
            self.accounts[posting["target"]] += posting["amount"]
        for refund in change.rows.get("refunds", []):
            assert refund["amount"] > 0
        self.order = change.order

    def advance(self, by: By, action: str, said: Any = None, **more: Any) -> bool:
        """Try it; whether it was a row."""
        command = self.recipe.saying(action, self.order, self.now, **(said or {}))
        try:
            change = advance.take(self.order, ACTORS[by], action, self.now, command=command, **more)
        except (TransitionError, GuardError, NotYoursError, InvalidError):
            return False
        self.take(change)
        return True

    @rule(who=CHANCE, what=CHANCE, data=st.data())
    def somebody_tries_anything(self, who: int, what: int, data: st.DataObject) -> None:
        people = self.kind.people
        actions = sorted(self.table.actions_of(frozenset(people)) - {"place"})
        said = self.kind.draw(self.order, data.draw)
        self.advance(people[who % len(people)], actions[what % len(actions)], said)

    @precondition(lambda self: not self.final)
    @rule(patient=st.integers(0, 3), data=st.data())
    def somebody_does_what_is_possible(self, patient: int, data: st.DataObject) -> None:
        found = [
            (by, one.action)
            for by in self.kind.people
            for one in advance.available_to(self.order, ACTORS[by], self.now)
            if one.possible and not (patient and one.action in self.kind.rare)
        ]
        if found:
            by, action = data.draw(st.sampled_from(found))
            by_chance = action in self.kind.by_chance and data.draw(st.booleans())
            said = self.kind.draw(self.order, data.draw) if by_chance else None
            assert self.advance(by, action, said) or by_chance, action

    @precondition(lambda self: bool(self.dues))
    @rule(which=CHANCE, more=st.integers(0, 3_000))
    def the_buyer_pays(self, which: int, more: int) -> None:
        due = self.dues[which % len(self.dues)]
        self.comes(due.amount + (more if self.kind.takes_more else 0), due.extra_id)

    def comes(self, amount: int, extra_id: UUID | None = None) -> None:
        """A capture that the table takes."""
        payment_id = new_id()
        self.accounts["provider:sandbox"] -= amount
        self.accounts[ledger.unapplied(payment_id)] += amount
        facts = PaymentFacts(payment_id, extra_id, amount, self.order.currency)
        assert self.advance(By.PROVIDER, "confirm_extra" if extra_id else CAPTURE, payment=facts)
        assert self.accounts[ledger.unapplied(payment_id)] == 0
        self.captured.add(payment_id)

    @property
    def all_is_paid(self) -> bool:
        """Whether a capture is waited for and nothing is due: the bank gave back what was paid again meanwhile."""
        return self.kind.takes_more and not self.dues and bool(self.table.rows_of(self.order.status, CAPTURE))

    @precondition(lambda self: self.all_is_paid)
    @rule(amount=st.integers(1, 20_000))
    def what_comes_too_late_goes_back_whole(self, amount: int) -> None:
        before = self.order
        self.comes(amount)
        assert (self.order.held, self.order.refunded) == (before.held, before.refunded + amount)

    @precondition(lambda self: not self.all_is_paid)
    @rule(amount=st.integers(1, 20_000))
    def a_wrong_amount_is_never_taken(self, amount: int) -> None:
        asked = [due.amount for due in self.dues if due.extra_id is None]
        if not any(amount >= due if self.kind.takes_more else amount == due for due in asked):
            facts = PaymentFacts(new_id(), None, amount, self.order.currency)
            assert not self.advance(By.PROVIDER, CAPTURE, payment=facts)

    @precondition(lambda self: not self.final)
    @rule(luck=st.integers(0, 2))
    def the_bank_takes_it_back(self, luck: int) -> None:
        found = [fund for fund in self.order.funds if fund["held"] and UUID(fund["payment_id"]) in self.captured]
        if luck or not found:
            return
        payment_id, amount = UUID(found[0]["payment_id"]), found[0]["held"]
        facts = PaymentFacts(payment_id, None, amount, self.order.currency)
        if self.advance(By.PROVIDER, "charge_back", payment=facts):
            self.charged_back[payment_id] += amount

    @precondition(lambda self: bool(self.charged_back) and not self.final)
    @rule()
    def the_chargeback_is_won(self) -> None:
        payment_id, amount = next(iter(self.charged_back.items()))
        listed = bool(self.table.rows_of(self.order.status, "win_charge_back"))
        facts = PaymentFacts(payment_id, None, amount, self.order.currency)
        assert self.advance(By.PROVIDER, "win_charge_back", payment=facts) == listed
        if listed:
            del self.charged_back[payment_id]

    @rule(long=CHANCE)
    def time_goes_by(self, long: int) -> None:
        """Every clock that is due fires, the earliest first, as the worker fires them."""
        until = self.now + timedelta(hours=self.kind.hours[long % len(self.kind.hours)])
        while due := sorted((t for t in self.running if t.due <= until), key=lambda t: t.due):
            self.now = max(self.now, due[0].due)
            assert self.advance(By.CLOCK, due[0].action, request_id=due[0].request_id), due[0]
        self.now = until

    @invariant()
    def money_is_conserved(self) -> None:
        order = self.order
        assert sum(self.accounts.values()) == 0
        assert self.accounts[ledger.escrow(order.id)] == order.held >= 0
        assert order.held == sum(fund["held"] for fund in order.funds)
        came = -sum(amount for name, amount in self.accounts.items() if name.startswith("provider:"))
        assert came == order.held + order.released + order.refunded + self.charged_back.total()
        assert all(amount >= 0 for name, amount in self.accounts.items() if not name.startswith("provider:"))

    @invariant()
    def what_is_true_of_its_kind_holds(self) -> None:
        self.kind.holds(self.order, self.charged_back.total())

    @invariant()
    def a_final_order_is_settled(self) -> None:
        assert (self.order.final_at is not None) == self.final
        if self.final:
            assert self.order.held == 0
            assert timers.running(self.order) == []
            assert self.order.cancellation is None
            self.kind.settled(self.order, self.accounts)

    @invariant()
    def every_wait_has_its_clock(self) -> None:
        facts = Facts(self.order, self.now, ACTORS[By.CLOCK])
        clocked = (row for row in self.table.rows_from(self.order.status) if row.clock)
        assert bool(self.running) >= any(row.guard is None or row.guard.holds(facts) for row in clocked)
        if self.order.status in self.recipe.for_staff - self.recipe.when_asked:
            assert self.running == []


@each_recipe
def test_every_walk_settles_the_escrow(recipe: Recipe) -> None:
    run_state_machine_as_test(
        type("LifeThere", (Life,), {"recipe": recipe}),
        settings=settings(
            max_examples=150,
            stateful_step_count=60,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
