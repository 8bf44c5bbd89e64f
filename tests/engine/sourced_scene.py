"""Quotes and sourced orders on PostgreSQL, moved by the engines alone.

Awa buys through the house, for which Chloé (support), Farid (finance) and Ada (admin) act.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from orderhub.domain.asking.asker import Answer
from orderhub.domain.orders import engine as orders
from orderhub.domain.orders.kinds.sourced.facts import due
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.domain.process import Actor, By
from orderhub.domain.quotes import engine as quotes
from orderhub.domain.quotes import loading
from orderhub.domain.quotes.loading import Loaded
from orderhub.domain.quotes.state import QuoteState
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import business_now, step_to
from orderhub.infra.database import Database
from tests.domain.orders.sourced import sourced_command
from tests.engine.scene import NOBODY, Scene, note, render, sign_in
from tests.making.documents import OPERATOR
from tests.making.proofs import receipt
from tests.making.quotes import add_quote, content, lead, restate

STAFF: Final = {By.SUPPORT: "support", By.FINANCE: "finance", By.ADMIN: "admin"}
TOLD: Final = {
    "confirm_payment": NotificationType.PAYMENT_CAPTURED,
    "charge_back": NotificationType.CHARGEBACK_OPENED,
    "win_charge_back": NotificationType.CHARGEBACK_WON,
}
CHARGED_BACK: Final = 1_000


def render_quote(loaded: Loaded, _actor: Actor) -> bytes:
    """The body of an answer, as short as can be."""
    return f"{loaded.quote.status} {loaded.quote.version}".encode()


@dataclass(slots=True)
class Sourced(Scene):
    """A quote, the order that it becomes, and everybody around them."""

    quote_id: UUID = NOBODY
    settings: dict[str, Any] = field(default_factory=dict[str, Any])
    """How the quote is priced: one line or two, how much in advance."""

    async def prepare(self) -> None:
        """Chloé has a draft of what Awa asked for."""
        async with self.database.session() as session:
            now = await business_now(session)
            quote = await add_quote(session, self.askers[By.BUYER].account_id, now=now)
            await lead(session, quote, "in_preparation", at=now)
            days: dict[str, Any] = {
                "purchase_by": (now + timedelta(days=8)).date(),
                "arrive_by": (now + timedelta(days=20)).date(),
            }
            await restate(session, quote, draft=content(**(days | self.settings)))
            self.quote_id = quote.id

    async def on_quote(self, by: By, action: str, key: str | None = None, **said: Any) -> Answer:
        """A person does something to the quote."""
        self.keys += 1
        asker = self.keyed(by, f"quote {self.quote_id}", key or f"key {self.keys}")
        plain = {"version": 1, "message": "En bleu.", "reason": "Épuisé."}
        command = plain | said
        how: dict[str, Any] = {"operator": OPERATOR, "dry_run": self.dry_run}
        return await quotes.perform(self.database, asker, self.quote_id, action, command, render_quote, render, **how)

    async def quote(self) -> QuoteState:
        """The quote as it stands."""
        row = await self.database.row(loading.LOCK_FOR_MAIL, {"quote_id": self.quote_id})
        assert row is not None
        return loading.read_loaded(row).quote

    async def quote_timer(self, kind: str = "row") -> Timer:
        """The timer of the quote's validity."""
        return await self._timer_of(self.quote_id, kind)

    async def _timer_of(self, subject_id: UUID, kind: str) -> Timer:
        order_id, self.order_id = self.order_id, subject_id
        found = next(timer for timer in await self.timers() if timer.kind == kind)
        self.order_id = order_id
        return found

    async def expire(self) -> None:
        """The validity of the quote is over."""
        timer = await self.quote_timer()
        async with self.database.session() as session:
            await step_to(session, timer.due)
        await quotes.fire(self.database, timer, timer.due)

    async def place(self, key: str = "place") -> Answer:
        """Awa accepts what Chloé has issued."""
        if self.quote_id == NOBODY:
            await self.prepare()
            await self.on_quote(By.SUPPORT, "issue")
        answer = await self.on_quote(By.BUYER, "accept", key)
        self.order_id = (await self.quote()).order_id or NOBODY
        return answer

    async def saying(self, action: str, **said: Any) -> dict[str, Any]:
        """What goes with an action on the order as it stands."""
        order = await self.state()
        plain = sourced_command(action, order) | {"due_at": None}
        if action == "submit_proof":
            async with self.database.session() as session:
                file = await receipt(session, order.buyer_id)
            plain |= {"file_id": file.id, "sha256": file.sha256}
        return plain | self.said | said

    async def act(self, by: By, action: str, key: str | None = None, **said: Any) -> Answer:
        """A person does something to the order."""
        return await self.ask(by, action, await self.saying(action, **said), key)

    async def ask(self, by: By, action: str, command: Mapping[str, Any], key: str | None = None) -> Answer:
        """The same with everything that is said."""
        self.keys += 1
        asker = self.keyed(by, f"act {self.order_id}", key or f"key {self.keys}")
        how: dict[str, Any] = {"operator": OPERATOR, "dry_run": self.dry_run}
        return await orders.perform(self.database, asker, self.order_id, action, command, render, **how)

    async def take(self, step: str) -> None:
        """One step of a way: who and what, and one thing that is said: ``finance record_part received=100``."""
        who, what, *more = step.split()
        if who == By.TRACKING:
            await self.scan()
        elif more:
            name, value = more[0].split("=")
            await self.act(By(who), what, **self.spoken(name, value))
        else:
            await Scene.take(self, step)

    def spoken(self, name: str, value: str) -> dict[str, Any]:
        """One thing that is said, as the engine takes it."""
        amount = {"amount": int(value), "currency": "EUR"} if value.isdigit() else None
        return {name: amount} if amount else {name: value}

    async def scan(self) -> bool:
        """The carrier says that the parcel is delivered."""
        return await orders.tell(self.database, self.order_id, By.TRACKING, "confirm_receipt", {})

    async def news(self, action: str, **said: Any) -> Notification:
        """What the provider would say now."""
        order = await self.state()
        if action == "confirm_payment":
            amount = due(order)
            payment_id = await self.open_payment(amount=amount)
        else:
            payment_id, amount = UUID(order.funds[0]["payment_id"]), CHARGED_BACK
            said = {"provider_id": self.name_chargeback(action), **said}
        return note(TOLD[action], payment_id, **{"amount": amount, **said})


async def new_sourced(database: Database, **settings: Any) -> Sourced:
    """People of their own; nothing is asked for yet."""
    askers = {By.BUYER: await sign_in(database, "buyer")}
    for by, role in STAFF.items():
        askers[by] = await sign_in(database, role, role)
    return Sourced(database, askers, NOBODY, settings=settings)
