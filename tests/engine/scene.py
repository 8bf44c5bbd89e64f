"""One order on PostgreSQL, moved by the engine alone: what is so for every kind of order."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text

from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.domain.escrow.check import check
from orderhub.domain.orders import engine, loading
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.orders.settlement.notifications import apply_notification
from orderhub.domain.orders.state import OrderState
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.domain.process import Actor, By
from orderhub.domain.requests.caller import Answer, Caller, Key
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import business_now, step_to
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, show_id
from tests.making.commands import Command
from tests.making.documents import OPERATOR

PRICE: Final = 12_000
NOBODY: Final = UUID(int=0)
_TOLD: Final = {
    "confirm_payment": NotificationType.PAYMENT_CAPTURED,
    "confirm_extra": NotificationType.PAYMENT_CAPTURED,
    "charge_back": NotificationType.CHARGEBACK_OPENED,
    "win_charge_back": NotificationType.CHARGEBACK_WON,
}
_NOTHING: Final = Command()


def render(loaded: Loaded, _actor: Actor) -> bytes:
    """The body of an answer, as short as can be."""
    return f"{loaded.order.status} {loaded.order.version}".encode()


@dataclass(slots=True)
class Scene(ABC):
    """An order and everybody around it; ``order_id`` once it is placed. Each kind has one of its own."""

    database: Database
    callers: dict[By, Caller]
    commands: Mapping[str, Command]
    """What the usual is for each action."""
    charged_back: int
    """What the bank takes back, minor units."""
    order_id: UUID = NOBODY
    keys: int = 0
    dry_run: bool = False
    """Whether what people do is only tried."""
    said: dict[str, Any] = field(default_factory=dict[str, Any])
    """What the next actions say, in place of the usual."""
    chargeback_id: str = ""
    """The provider's id of the newest chargeback."""

    @abstractmethod
    async def place(self, key: str = "place") -> Answer:
        """Awa buys."""

    async def before_placing(self) -> None:
        """Whatever others do before Awa can buy."""
        return

    def keyed(self, by: By, operation: str, key: str, body: bytes = b"-" * 32) -> Caller:
        """Somebody asking with a key."""
        caller = self.callers[by]
        return Caller(caller.account_id, caller.session_id, caller.roles, Key(operation, key, body))

    async def saying(self, action: str, **said: Any) -> dict[str, Any]:
        """What goes with an action on the order as it stands."""
        usual = self.commands.get(action, _NOTHING)
        plain = usual.on(await self.state(), await self.now()) if usual.of else usual.said
        return {**plain, **self.said, **said}

    async def act(self, by: By, action: str, key: str | None = None, **said: Any) -> Answer:
        """A person does something, with all that it may need."""
        return await self.ask(by, action, await self.saying(action, **said), key)

    async def ask(self, by: By, action: str, command: Mapping[str, Any], key: str | None = None) -> Answer:
        """The same with everything that is said."""
        self.keys += 1
        caller = self.keyed(by, f"act {self.order_id}", key or f"key {self.keys}")
        how: dict[str, Any] = {"operator": OPERATOR, "dry_run": self.dry_run}
        return await engine.perform(self.database, caller, self.order_id, action, command, render, **how)

    async def take(self, step: str) -> None:
        """One step of a way: who and what, such as ``seller accept``, or ``time`` and hours."""
        who, what = step.split()
        if who == "time":
            await self.pass_time(timedelta(hours=int(what)))
        elif who == By.CLOCK:
            await self.ring(what)
        elif who == By.PROVIDER:
            await self.hear(what)
        elif who == By.TRACKING:
            await self.scan(what)
        else:
            await self.act(By(who), what)

    async def scan(self, action: str = "confirm_receipt") -> bool:
        """A carrier's word arrives; whether it was a row."""
        return await engine.take_unasked(self.database, self.order_id, By.TRACKING, action, {})

    async def go(self, steps: Sequence[str]) -> None:
        """Every step of a way."""
        for step in steps:
            await self.take(step)

    async def pass_time(self, by: timedelta) -> None:
        """Business time goes on, and nothing fires."""
        async with self.database.session() as session:
            await step_to(session, await business_now(session) + by)

    async def now(self) -> datetime:
        """Business time."""
        async with self.database.session() as session:
            return await business_now(session)

    async def timers(self) -> list[Timer]:
        """The order's timers, the nearest first."""
        wanted = select(Timer).where(Timer.subject_id == self.order_id).order_by(Timer.due, Timer.id)
        async with self.database.session() as session:
            return list(await session.scalars(wanted))

    async def timer(self, action: str, kind: str = "row") -> Timer:
        """The timer of one row."""
        return next(timer for timer in await self.timers() if (timer.action, timer.kind) == (action, kind))

    async def ring(self, action: str) -> None:
        """Let time pass until a timer is due, and fire it."""
        timer = await self.timer(action)
        async with self.database.session() as session:
            await step_to(session, timer.due)
        await self.fire(timer)

    async def fire(self, timer: Timer) -> None:
        """Fire a timer at its due instant."""
        await engine.fire_timer(self.database, timer, timer.due)

    async def state(self) -> OrderState:
        """The order as it stands."""
        row = await self.database.row(
            loading.LOCK_FOR_PROVIDER,
            {"order_id": self.order_id},
        )
        assert row is not None
        return loading.read_loaded(row).order

    async def open_payment(self, extra_id: UUID | None = None, amount: int | None = None) -> UUID:
        """A payment as it stands once the provider knows of it."""
        order, payment_id = await self.state(), new_id()
        async with self.database.session() as session:
            session.add(
                Payment(
                    id=payment_id,
                    order_id=order.id,
                    extra_id=extra_id,
                    payer_id=order.buyer_id,
                    provider="sandbox",
                    provider_id=f"psp_{payment_id.hex}",
                    method="card",
                    amount=amount or order.total,
                    currency=order.currency,
                    status="created",
                    return_url="https://boutique.example.fr/merci",
                    request_key=payment_id.hex,
                    request_hash=b"-" * 32,
                    created_at=order.status_since,
                )
            )
        return payment_id

    async def hear(self, action: str, **said: Any) -> str:
        """The provider tells of it, truly; the answer says what came of it."""
        return await self.told(await self.news(action, **said))

    async def news(self, action: str, **said: Any) -> Notification:
        """What the provider would say now."""
        order = await self.state()
        if action in ("confirm_payment", "confirm_extra"):
            of_extra = action == "confirm_extra"
            due = next(one for one in KINDS[order.kind].due(order) if (one.extra_id is not None) == of_extra)
            payment_id, amount = await self.open_payment(due.extra_id, due.amount), due.amount
        else:
            payment_id, amount = UUID(order.funds[0]["payment_id"]), self.charged_back
            said = {"provider_id": self.name_chargeback(action), **said}
        return note(_TOLD[action], payment_id, **{"amount": amount, **said})

    def name_chargeback(self, action: str) -> str:
        """A new id where one is opened, else that of the newest."""
        if action == "charge_back":
            self.chargeback_id = f"psc_{new_id().hex}"
        return self.chargeback_id

    async def told(self, notification: Notification) -> str:
        """A verified notification arrives."""
        return await apply_notification(self.database, "sandbox", notification)

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """What a query finds; ``:order`` is the order's id."""
        async with self.database.session() as session:
            found = await session.execute(text(sql), {"order": self.order_id} | values if ":order" in sql else values)
            return [{str(name): value for name, value in row.items()} for row in found.mappings()]

    async def run(self, sql: str, **values: Any) -> None:
        """A statement by hand, committed."""
        async with self.database.session() as session:
            await session.execute(text(sql), {"order": self.order_id} | values if ":order" in sql else values)

    async def in_order(self) -> None:
        """Fails unless every promise about money holds."""
        async with self.database.session() as session:
            report = await check(session)
        assert report.ok, report.wrong


def note(kind: NotificationType, payment_id: UUID, **said: Any) -> Notification:
    """A notification about a payment of ours; each has an id of its own unless it is given one."""
    values: dict[str, Any] = {
        "id": new_id().hex,
        "type": kind,
        "provider_id": f"psp_{payment_id.hex}",
        "payment_provider_id": f"psp_{payment_id.hex}",
        "reference": show_id("pay", payment_id),
        "amount": PRICE,
        "currency": "EUR",
        "occurred_at": real_now(),
        "reason": None,
        "raw": b"{}",
    }
    return Notification(**(values | said))


async def sign_in(database: Database, name: str, *roles: str) -> Caller:
    """Somebody new, signed in."""
    account_id, session_id, now = new_id(), new_id(), real_now()
    account = Account(
        id=account_id,
        email=f"{name}-{account_id.hex}@example.fr",
        handle=f"{name[:4]}{account_id.hex[-20:]}",
        display_name=name.title(),
        language="fr",
        time_zone="Europe/Paris",
        country="FR",
        roles=list(roles),
        created_at=now,
        confirmed_at=now,
    )
    signed_in = SignInSession(
        id=session_id, account_id=account_id, created_at=now, last_used_at=now, expires_at=now + timedelta(days=30)
    )
    async with database.session() as session:
        session.add(account)
        await session.flush()
        session.add(signed_in)
    return Caller(account_id, session_id, frozenset(roles))


async def sign_out(database: Database, caller: Caller) -> None:
    """That session holds no longer."""
    async with database.session() as session:
        signed_in = await session.get_one(SignInSession, caller.session_id)
        signed_in.revoked_at = real_now()
