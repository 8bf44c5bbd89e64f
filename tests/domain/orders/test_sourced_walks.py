"""Every walk through the sourced table settles the escrow, and no walk loses or makes money.

A Hypothesis machine plays the buyer, staff, carrier, clock, provider and bank at random over the pure
half of the engine, and keeps a ledger of its own from the postings.
"""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from orderhub.domain.escrow import ledger
from orderhub.domain.orders import advance, timers
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.kinds.sourced.facts import BALANCE, DEPOSIT, REVIEWS, due, sourcing_of, sums
from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.state import PaymentFacts
from orderhub.domain.process import By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.transitions.timers import ROW
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id
from tests.kinds import RECIPES
from tests.kinds.people import ACTORS, NOW
from tests.kinds.sourced.orders import a_sourced_order, on_the_way

ACTORS_OF_ROWS = (By.BUYER, By.SUPPORT, By.FINANCE, By.ADMIN, By.TRACKING)
ENDS = ("cancel", "approve", "rule_refund", "rule_release", "rule_split", "accept_cancellation")
"""Done with less patience: they end a life too early."""
ACTIONS = sorted({row.action for row in SOURCED.rows if row.by & set(ACTORS_OF_ROWS)} - {"place"})
BEGINNINGS = ("awaiting_deposit", "deposit_review", *(status.code for status in SOURCED.resumable))
"""A walk begins anywhere, so that the far end is walked as often as the near one."""
TIMED = {"awaiting_deposit", "awaiting_balance", "ready", "out_for_delivery"}


class Life(RuleBasedStateMachine):
    """One order's life, and the money around it."""

    def __init__(self) -> None:
        super().__init__()
        self.order = a_sourced_order()
        self.now = NOW
        self.accounts: Counter[str] = Counter()
        self.cards: set[UUID] = set()
        self.charged_back: dict[UUID, int] = {}

    @initialize(status=st.sampled_from(BEGINNINGS), lines=st.integers(1, 2))
    def it_begins(self, status: str, lines: int) -> None:
        order = on_the_way(status)
        order.lines = order.lines[:lines]
        facts = sourcing_of(order)
        order.total = sums(order, facts["fees"], facts["freight"])["total"]
        if order.held > order.total:
            order.held = order.total
            order.funds = [{**order.funds[0], "held": order.total}]
        self.order = order
        if order.held:
            self.cards.add(UUID(order.funds[0]["payment_id"]))
            self.accounts = Counter({"provider:sandbox": -order.held, ledger.escrow(order.id): order.held})

    def take(self, change: OrderChange) -> None:
        """Make a change come true, its postings on our own ledger."""
        assert change.order.version == self.order.version + 1
        if change.order.status != change.before.status:
            row = SOURCED.rows_of(change.before.status, change.action)
            assert change.order.status in {status.code for found in row for status in SOURCED.targets(found)}
        for posting in change.rows.get("postings", []):
            assert posting["amount"] > 0
            self.accounts[posting["source"]] -= posting["amount"]
            self.accounts[posting["target"]] += posting["amount"]
        for refund in change.rows.get("refunds", []):
            assert refund["amount"] > 0
        self.order = change.order

    def advance(self, by: By, action: str, **said: Any) -> bool:
        """Try it; whether it was a row."""
        payment, request_id = said.pop("payment", None), said.pop("request_id", None)
        command = RECIPES["sourced"].saying(action, self.order, self.now, **said)
        order, actor = self.order, ACTORS[by]
        try:
            change = advance.take(
                order, actor, action, self.now, command=command, payment=payment, request_id=request_id
            )
        except (TransitionError, GuardError, NotYoursError, InvalidError):
            return False
        self.take(change)
        return True

    def said(self, data: st.DataObject) -> dict[str, Any]:
        """What may be said in one way or another: amounts, counts, fees."""
        order = self.order

        def money(least: int, most: int) -> dict[str, Any]:
            return {"amount": data.draw(st.integers(least, max(least, most))), "currency": order.currency}

        lines = [
            {
                "line_id": line["id"],
                "supplier_reference": "SAN-1",
                "counted": data.draw(st.integers(0, line["quantity"])),
            }
            for line in order.lines
        ]
        return {
            "received": money(1, 2 * max(due(order), 1)),
            "amount": money(1, order.total),
            "unit_price": money(0, 9_000),
            "quantity": data.draw(st.integers(1, 3)),
            "line_id": data.draw(st.sampled_from([line["id"] for line in order.lines])),
            "lines": lines,
            "fees": [{"label": "Frais", "amount": data.draw(st.integers(0, 3_000)), "tax_basis_points": 550}],
            "freight": data.draw(st.sampled_from([None, sourcing_of(order)["freight"]])),
        }

    @rule(by=st.sampled_from(ACTORS_OF_ROWS), action=st.sampled_from(ACTIONS), data=st.data())
    def somebody_tries_anything(self, by: By, action: str, data: st.DataObject) -> None:
        self.advance(by, action, **self.said(data))

    @precondition(lambda self: not self.final)
    @rule(patient=st.integers(0, 3), data=st.data())
    def somebody_does_what_is_possible(self, patient: int, data: st.DataObject) -> None:
        found = [
            (by, one.action)
            for by in ACTORS_OF_ROWS
            for one in advance.available_to(self.order, ACTORS[by], self.now)
            if one.possible and not (patient and one.action in ENDS)
        ]
        if found:
            by, action = data.draw(st.sampled_from(found))
            self.advance(by, action, **self.said(data))

    @precondition(lambda self: self.final)
    @rule(status=st.sampled_from(BEGINNINGS), lines=st.integers(1, 2))
    def another_begins(self, status: str, lines: int) -> None:
        self.cards, self.charged_back = set(), {}
        self.accounts, self.now = Counter(), NOW
        self.it_begins(status, lines)

    @precondition(lambda self: due(self.order) > 0)
    @rule(more=st.integers(0, 3_000))
    def the_buyer_pays_by_card(self, more: int) -> None:
        payment_id, amount = new_id(), due(self.order) + more
        self.accounts["provider:sandbox"] -= amount
        self.accounts[ledger.unapplied(payment_id)] += amount
        assert self.advance(By.PROVIDER, "confirm_payment", payment=PaymentFacts(payment_id, None, amount, "EUR"))
        assert self.accounts[ledger.unapplied(payment_id)] == 0
        self.cards.add(payment_id)

    @rule(less=st.integers(1, 5_000))
    def too_little_by_card_is_never_taken(self, less: int) -> None:
        amount = due(self.order) - less
        if amount > 0 or self.order.status not in (*DEPOSIT, *BALANCE):
            facts = PaymentFacts(new_id(), None, max(amount, 1), "EUR")
            assert not self.advance(By.PROVIDER, "confirm_payment", payment=facts)

    @precondition(lambda self: not self.final)
    @rule(luck=st.integers(0, 2))
    def the_bank_takes_it_back(self, luck: int) -> None:
        found = [x for x in self.order.funds if x["held"] and UUID(x["payment_id"]) in self.cards]
        if luck or not found:
            return
        payment_id, amount = UUID(found[0]["payment_id"]), found[0]["held"]
        facts = PaymentFacts(payment_id, None, amount, "EUR")
        if self.advance(By.PROVIDER, "charge_back", payment=facts):
            self.charged_back[payment_id] = self.charged_back.get(payment_id, 0) + amount

    @precondition(lambda self: bool(self.charged_back) and not self.final)
    @rule()
    def the_chargeback_is_won(self) -> None:
        payment_id, amount = next(iter(self.charged_back.items()))
        if self.advance(By.PROVIDER, "win_charge_back", payment=PaymentFacts(payment_id, None, amount, "EUR")):
            del self.charged_back[payment_id]

    @rule(hours=st.sampled_from((6, 24, 73, 500, 740)))
    def time_goes_by(self, hours: int) -> None:
        """Every clock that is due fires, the earliest first, as the worker fires them."""
        until = self.now + timedelta(hours=hours)
        while fired := sorted(
            (t for t in timers.running(self.order) if t.kind == ROW and t.due <= until), key=lambda t: t.due
        ):
            self.now = max(self.now, fired[0].due)
            assert self.advance(By.CLOCK, fired[0].action, request_id=fired[0].request_id), fired[0]
        self.now = until

    @property
    def final(self) -> bool:
        return self.order.status in SOURCED.final

    @invariant()
    def money_is_conserved(self) -> None:
        order = self.order
        assert sum(self.accounts.values()) == 0
        assert self.accounts[ledger.escrow(order.id)] == order.held >= 0
        assert order.held == sum(fund["held"] for fund in order.funds)
        came = -sum(amount for name, amount in self.accounts.items() if name.startswith("provider:"))
        assert came == order.held + order.released + order.refunded + sum(self.charged_back.values())
        assert all(amount >= 0 for name, amount in self.accounts.items() if not name.startswith("provider:"))

    @invariant()
    def the_total_is_that_of_lines_fees_and_freight(self) -> None:
        facts = sourcing_of(self.order)
        assert self.order.total == sums(self.order, facts["fees"], facts["freight"])["total"] >= 0
        assert self.order.lines

    @invariant()
    def what_is_ready_is_paid(self) -> None:
        charged = sum(self.charged_back.values())
        if self.order.status in ("ready", "out_for_delivery"):
            assert self.order.held + charged >= self.order.total

    @invariant()
    def a_proof_waits_where_it_is_looked_at(self) -> None:
        proof = sourcing_of(self.order)["proof"]
        assert (proof is not None) == (self.order.status in REVIEWS or self.order.resume_status in REVIEWS)

    @invariant()
    def a_final_order_is_settled(self) -> None:
        order = self.order
        assert (order.final_at is not None) == self.final
        if self.final:
            assert order.held == 0
            assert timers.running(order) == []
            assert (order.cancellation, sourcing_of(order)["change"], sourcing_of(order)["proof"]) == (None,) * 3
            assert self.accounts[ledger.SALES] == order.released

    @invariant()
    def every_wait_has_its_clock(self) -> None:
        due_rows = [t for t in timers.running(self.order) if t.kind == ROW]
        assert bool(due_rows) >= (self.order.status in TIMED)
        if self.order.status == "disputed":
            assert due_rows == []


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=150,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
