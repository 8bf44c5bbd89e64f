"""Quotes and sourced orders on PostgreSQL, moved by the engines alone.

Awa buys through the house, for which Chloé (support), Farid (finance) and Ada (admin) act.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from orderhub.domain.process import Actor, By
from orderhub.domain.quotes import engine as quotes
from orderhub.domain.quotes import loading
from orderhub.domain.quotes.loading import Loaded
from orderhub.domain.quotes.state import QuoteState
from orderhub.domain.requests.caller import Answer
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import business_now, step_to
from orderhub.infra.database import Database
from tests.engine.scene import NOBODY, Scene, render, sign_in
from tests.kinds.sourced.commands import COMMANDS
from tests.making.documents import OPERATOR
from tests.making.quotes import add_quote, content, lead, restate
from tests.making.receipts import receipt

STAFF: Final = {By.SUPPORT: "support", By.FINANCE: "finance", By.ADMIN: "admin"}
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
            quote = await add_quote(session, self.callers[By.BUYER].account_id, now=now)
            await lead(session, quote, "in_preparation", at=now)
            days: dict[str, Any] = {
                "purchase_by": (now + timedelta(days=8)).date(),
                "arrive_by": (now + timedelta(days=20)).date(),
            }
            await restate(session, quote, draft=content(**(days | self.settings)))
            self.quote_id = quote.id

    async def before_placing(self) -> None:
        """Chloé issues it."""
        await self.prepare()
        await self.on_quote(By.SUPPORT, "issue")

    async def on_quote(self, by: By, action: str, key: str | None = None, **said: Any) -> Answer:
        """A person does something to the quote."""
        self.keys += 1
        caller = self.keyed(by, f"quote {self.quote_id}", key or f"key {self.keys}")
        plain = {"version": 1, "message": "En bleu.", "reason": "Épuisé."}
        command = plain | said
        how: dict[str, Any] = {"operator": OPERATOR, "dry_run": self.dry_run}
        return await quotes.perform(self.database, caller, self.quote_id, action, command, render_quote, render, **how)

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
        await quotes.fire_timer(self.database, timer, timer.due)

    async def place(self, key: str = "place") -> Answer:
        """Awa accepts what Chloé has issued."""
        if self.quote_id == NOBODY:
            await self.before_placing()
        answer = await self.on_quote(By.BUYER, "accept", key)
        self.order_id = (await self.quote()).order_id or NOBODY
        return answer

    async def saying(self, action: str, **said: Any) -> dict[str, Any]:
        """What goes with an action; a proof is a file of Awa's own."""
        plain = await Scene.saying(self, action)
        if action == "submit_proof":
            async with self.database.session() as session:
                file = await receipt(session, self.callers[By.BUYER].account_id)
            plain |= {"file_id": file.id, "sha256": file.sha256}
        return plain | self.said | said


async def new_sourced(database: Database, **settings: Any) -> Sourced:
    """People of their own; nothing is asked for yet."""
    callers = {By.BUYER: await sign_in(database, "buyer")}
    for by, role in STAFF.items():
        callers[by] = await sign_in(database, role, role)
    return Sourced(database, callers, COMMANDS, CHARGED_BACK, settings=settings)
