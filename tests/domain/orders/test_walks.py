"""Every walk through the table settles the escrow, and no walk loses or makes money.

A Hypothesis machine plays buyer, seller, staff, clock, provider and bank at random over the pure
half of the engine, and keeps a ledger of its own from the postings.
"""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from orderhub.domain.escrow import ledger
from orderhub.domain.orders import advance, timers
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.state import PaymentFacts
from orderhub.domain.process import By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.transitions.timers import ROW
from orderhub.kit.ids import new_id
from orderhub.kit.money import share
from tests.kinds import RECIPES
from tests.kinds.people import ACTORS, BRUNO, NOW
from tests.kinds.service.orders import QUESTION, an_order

PEOPLE = (By.BUYER, By.SELLER, By.SUPPORT)
RARE = ("cancel", "decline", "report_problem")
"""Left to chance: they end a life too early, or only make it longer."""
ACTIONS = sorted({row.action for row in SERVICE.rows if row.by & set(PEOPLE)} - {"place"})


class Life(RuleBasedStateMachine):
    """One order's life, and the money around it."""

    def __init__(self) -> None:
        super().__init__()
        self.order = an_order(questions=[QUESTION], instructions_missing=True)
        self.now = NOW
        self.accounts: Counter[str] = Counter()
        self.captured = 0
        self.charged_back: dict[UUID, int] = {}

    def take(self, change: OrderChange) -> None:
        """Make a change come true, its postings on our own ledger."""
        assert change.order.version == self.order.version + 1
        if change.order.status != change.before.status:
            row = SERVICE.rows_of(change.before.status, change.action)
            assert change.order.status in {status.code for found in row for status in SERVICE.targets(found)}
        for posting in change.rows.get("postings", []):
            assert posting["amount"] > 0
            assert posting["currency"] == "EUR"
            self.accounts[posting["source"]] -= posting["amount"]
            self.accounts[posting["target"]] += posting["amount"]
        for refund in change.rows.get("refunds", []):
            assert refund["amount"] > 0
        self.order = change.order

    def advance(self, by: By, action: str, **more: Any) -> bool:
        """Try it; whether it was a row."""
        amount = {"amount": more.pop("amount", 1), "currency": "EUR"}
        said = RECIPES["service"].saying(action, self.order, self.now, amount=amount)
        try:
            change = advance.take(self.order, ACTORS[by], action, self.now, command=said, **more)
        except (TransitionError, GuardError, NotYoursError):
            return False
        self.take(change)
        return True

    @rule(by=st.sampled_from(PEOPLE), action=st.sampled_from(ACTIONS), part=st.integers(1, 12_000))
    def somebody_tries_anything(self, by: By, action: str, part: int) -> None:
        self.advance(by, action, amount=part)

    @precondition(lambda self: not self.final)
    @rule(by=st.sampled_from(PEOPLE), part=st.integers(1, 12_000), data=st.data())
    def somebody_does_what_is_possible(self, by: By, part: int, data: st.DataObject) -> None:
        found = advance.available_to(self.order, ACTORS[by], self.now)
        possible = [x.action for x in found if x.possible and x.action not in RARE]
        if possible:
            action = data.draw(st.sampled_from(possible))
            done = self.advance(by, action, amount=part)
            assert done or action in ("refund_part", "rule_split"), action

    @precondition(lambda self: self.order.status == "awaiting_payment")
    @rule()
    def the_buyer_pays(self) -> None:
        self.capture(None, self.order.total, "confirm_payment")

    @precondition(lambda self: bool(self.order.unpaid_extras()))
    @rule()
    def the_buyer_pays_an_extra(self) -> None:
        extra = self.order.unpaid_extras()[0]
        self.capture(UUID(extra["id"]), extra["price"], "confirm_extra")

    @rule(amount=st.integers(1, 20_000))
    def a_wrong_amount_is_never_taken(self, amount: int) -> None:
        if amount != self.order.total:
            facts = PaymentFacts(new_id(), None, amount, "EUR")
            assert not self.advance(By.PROVIDER, "confirm_payment", payment=facts)

    def capture(self, extra_id: UUID | None, amount: int, action: str) -> None:
        payment_id = new_id()
        self.accounts["provider:sandbox"] -= amount
        self.accounts[ledger.unapplied(payment_id)] += amount
        self.captured += amount
        facts = PaymentFacts(payment_id, extra_id, amount, "EUR")
        assert self.advance(By.PROVIDER, action, payment=facts)
        assert self.accounts[ledger.unapplied(payment_id)] == 0

    @precondition(lambda self: any(fund["held"] for fund in self.order.funds) and not self.final)
    @rule(luck=st.integers(0, 9))
    def the_bank_takes_it_back(self, luck: int) -> None:
        if luck:
            return
        fund = next(fund for fund in self.order.funds if fund["held"])
        payment_id, amount = UUID(fund["payment_id"]), fund["held"]
        if self.advance(By.PROVIDER, "charge_back", payment=PaymentFacts(payment_id, None, amount, "EUR")):
            self.charged_back[payment_id] = amount

    @precondition(lambda self: bool(self.charged_back) and self.order.status == "disputed")
    @rule()
    def the_chargeback_is_won(self) -> None:
        payment_id, amount = self.charged_back.popitem()
        assert self.advance(By.PROVIDER, "win_charge_back", payment=PaymentFacts(payment_id, None, amount, "EUR"))

    @rule(hours=st.one_of(st.integers(1, 20), st.integers(1, 200)))
    def time_goes_by(self, hours: int) -> None:
        """Every clock that is due fires, the earliest first, as the worker fires them."""
        until = self.now + timedelta(hours=hours)
        while due := sorted(
            (t for t in timers.running(self.order) if t.kind == ROW and t.due <= until), key=lambda t: t.due
        ):
            self.now = max(self.now, due[0].due)
            assert self.advance(By.CLOCK, due[0].action, request_id=due[0].request_id), due[0]
        self.now = until

    @property
    def final(self) -> bool:
        return self.order.status in SERVICE.final

    @invariant()
    def money_is_conserved(self) -> None:
        order = self.order
        assert sum(self.accounts.values()) == 0
        assert self.accounts[ledger.escrow(order.id)] == order.held >= 0
        back = sum(self.charged_back.values())
        assert self.captured == order.held + order.released + order.refunded + back
        assert all(amount >= 0 for name, amount in self.accounts.items() if not name.startswith("provider:"))

    @invariant()
    def a_final_order_is_settled(self) -> None:
        assert (self.order.final_at is not None) == self.final
        if self.final:
            assert self.order.held == 0
            assert timers.running(self.order) == []
            assert not self.order.unpaid_extras()
            assert self.order.cancellation is None is self.order.extension
            commission = self.accounts[ledger.COMMISSION]
            assert commission == share(self.order.released, self.order.commission_basis_points)
            assert self.accounts[ledger.payable(BRUNO)] == self.order.released - commission

    @invariant()
    def every_wait_has_its_clock(self) -> None:
        waiting = not self.final and self.order.status != "disputed"
        never_frozen_again = self.order.frozen_at is not None and self.order.status == "in_progress"
        if waiting and not never_frozen_again:
            assert [t for t in timers.running(self.order) if t.kind == ROW]


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=150,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
