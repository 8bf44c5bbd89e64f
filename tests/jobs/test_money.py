"""Refunds and payments by job, against the real sandbox provider, whose notifications all get lost."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from orderhub.adapters.mail.smtp import SmtpMailer
from orderhub.adapters.payments.sandbox import SandboxPayments
from orderhub.bootstrap import build_parts, opened, worker_context
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.service import Addressed
from orderhub.domain.orders import engine
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.orders.models import Order
from orderhub.domain.orders.settlement import starting as paying
from orderhub.domain.payments.methods import PaymentMethod
from orderhub.domain.payments.models import Payment, Refund
from orderhub.domain.payments.ports import PaymentProvider, ProviderStatus
from orderhub.domain.process import Actor
from orderhub.domain.requests.caller import Key
from orderhub.infra.business_clock import business_now, step_to
from orderhub.infra.database import Database
from orderhub.infra.queue import NewJob, enqueue_all
from orderhub.jobs import payments, refunds
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.messages import job_for
from orderhub.jobs.registry import REGISTRY
from orderhub.jobs.worker import Worker
from orderhub.kit.ids import show_id
from orderhub.settings import MailSettings, Settings
from tests.adapters.payments.support import PAYS, REFUND_FAILS, Sandbox, card_form, inbox_server, sandbox_server

PlaceOrder = Callable[[], Awaitable[Any]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The provider; it notifies an address that is not ours."""
    async with inbox_server() as nobody, sandbox_server(nobody) as running:
        yield running


@pytest.fixture
async def context(settings: Settings, sandbox: Sandbox) -> AsyncIterator[WorkerContext]:
    """A worker's context with that provider."""
    async with opened(build_parts(settings, {PaymentProvider: {"sandbox": sandbox.payments}})) as parts:
        yield worker_context(parts)


async def create_payment(context: WorkerContext, placed: Any) -> Payment:
    request = paying.PaymentRequest(
        order_id=placed.order_id,
        payer_id=placed.buyer.account_id,
        extra_id=None,
        method=PaymentMethod.CARD,
        return_url="https://boutique.example.fr/merci",
        key="one",
        request_hash=b"-" * 32,
    )
    return await paying.start(context.database, context.payments["sandbox"], request)


async def pay(context: WorkerContext, sandbox: Sandbox, placed: Any, card: str = PAYS) -> Payment:
    """Awa pays with this card, and the provider has the money; we don't know it yet."""
    already = sandbox.inbox.types().count("payment.captured")
    payment = await create_payment(context, placed)
    assert payment.provider_id is not None
    opened_there = await sandbox.payments.status(payment.provider_id)
    form = card_form(replace(opened_there, next_action=payment.next_action or {}), card)
    answer = await sandbox.browser.post(str((payment.next_action or {})["confirm_url"]), json=form)
    assert answer.status_code == 200, answer.text
    await sandbox.inbox.until(lambda: sandbox.inbox.types().count("payment.captured") > already)
    return payment


async def cancel(context: WorkerContext, placed: Any) -> None:
    caller = replace(placed.buyer, key=Key("POST /v1/orders/transitions", "cancel", b"-" * 32))
    await engine.perform(context.database, caller, placed.order_id, "cancel", {}, _render)


def _render(_loaded: Loaded, _actor: Actor) -> bytes:
    return b"{}"


async def pass_time(database: Database, by: timedelta) -> None:
    async with database.session() as session:
        await step_to(session, await business_now(session) + by)


async def only(database: Database, model: type[Any]) -> Any:
    async with database.session() as session:
        return (await session.scalars(select(model))).one()


async def order_status(database: Database, order_id: UUID) -> str | None:
    async with database.session() as session:
        return await session.scalar(select(Order.status).where(Order.id == order_id))


async def test_a_capture_nobody_told_us_of_is_asked_about(
    context: WorkerContext, sandbox: Sandbox, place_order: PlaceOrder
) -> None:
    placed = await place_order()
    await pay(context, sandbox, placed)
    await payments.ask_about_payments(context, {})
    assert await order_status(context.database, placed.order_id) == "awaiting_payment"
    await pass_time(context.database, timedelta(minutes=5))
    for _ in range(2):
        await payments.ask_about_payments(context, {})
    assert await order_status(context.database, placed.order_id) == "awaiting_acceptance"
    assert (await only(context.database, Payment)).captured == 12_500


async def test_an_expired_payment_is_closed_at_the_provider(context: WorkerContext, place_order: PlaceOrder) -> None:
    payment = await create_payment(context, await place_order())
    await pass_time(context.database, timedelta(hours=24, seconds=1))
    await Worker(context).drain()
    assert (await only(context.database, Payment)).status == "expired"
    there = await context.payments["sandbox"].status(payment.provider_id or "")
    assert there.status is ProviderStatus.CANCELLED


async def test_a_payment_captured_as_it_expired_goes_back(
    context: WorkerContext, sandbox: Sandbox, place_order: PlaceOrder
) -> None:
    placed = await place_order()
    await pay(context, sandbox, placed)
    await pass_time(context.database, timedelta(hours=24, seconds=1))
    await Worker(context).drain()
    assert await order_status(context.database, placed.order_id) == "cancelled"
    refund = await only(context.database, Refund)
    assert (refund.status, refund.amount) == ("sent", 12_500)


async def paid_and_cancelled(context: WorkerContext, sandbox: Sandbox, placed: Any, card: str = PAYS) -> Refund:
    await pay(context, sandbox, placed, card)
    await pass_time(context.database, timedelta(minutes=5))
    await payments.ask_about_payments(context, {})
    await cancel(context, placed)
    return await only(context.database, Refund)


async def test_a_refund_is_sent_once_however_often_its_job_runs(
    context: WorkerContext, sandbox: Sandbox, place_order: PlaceOrder
) -> None:
    refund = await paid_and_cancelled(context, sandbox, await place_order())
    assert refund.status == "pending"
    await Worker(context).drain()
    await refunds.send_refund(context, {"subject": show_id("rfd", refund.id)})
    async with context.database.session() as session:
        await session.execute(text("UPDATE pgqueuer SET execute_after = now()"))
    await Worker(context).drain()
    await sandbox.inbox.until(lambda: "refund.succeeded" in sandbox.inbox.types())
    assert sandbox.inbox.types().count("refund.succeeded") == 1
    assert (await only(context.database, Refund)).status == "sent"


@pytest.mark.parametrize(("card", "status"), [(PAYS, "succeeded"), (REFUND_FAILS, "failed")])
async def test_how_a_refund_ended_is_asked_about(
    context: WorkerContext, sandbox: Sandbox, place_order: PlaceOrder, card: str, status: str
) -> None:
    await paid_and_cancelled(context, sandbox, await place_order(), card)
    await Worker(context).drain()
    await sandbox.inbox.until(lambda: f"refund.{status}" in sandbox.inbox.types())
    await pass_time(context.database, timedelta(minutes=10))
    await refunds.ask_about_refunds(context, {})
    assert (await only(context.database, Refund)).status == status


@asynccontextmanager
async def oldest_unknown(database: Database, model: type[Payment | Refund]) -> AsyncGenerator[UUID]:
    """The provider knows nothing of the oldest one meanwhile; its order."""
    async with database.session() as session:
        oldest = (await session.scalars(select(model).order_by(model.id).limit(1))).one()
        known, oldest.provider_id = oldest.provider_id, "gone"
    yield oldest.order_id
    async with database.session() as session:
        (await session.get_one(model, oldest.id)).provider_id = known


async def test_one_that_the_provider_does_not_know_holds_up_no_other(
    context: WorkerContext, sandbox: Sandbox, place_order: PlaceOrder
) -> None:
    orders = [await place_order(), await place_order()]
    for placed in orders:
        await pay(context, sandbox, placed)
    await pass_time(context.database, timedelta(minutes=5))
    async with oldest_unknown(context.database, Payment) as unpaid:
        await payments.ask_about_payments(context, {})
        statuses = {placed.order_id: await order_status(context.database, placed.order_id) for placed in orders}
    assert statuses.pop(unpaid) == "awaiting_payment"
    assert list(statuses.values()) == ["awaiting_acceptance"]
    await payments.ask_about_payments(context, {})
    for placed in orders:
        await cancel(context, placed)
    await Worker(context).drain()
    await sandbox.inbox.until(lambda: sandbox.inbox.types().count("refund.succeeded") == len(orders))
    await pass_time(context.database, timedelta(minutes=10))
    async with oldest_unknown(context.database, Refund):
        await refunds.ask_about_refunds(context, {})
    async with context.database.session() as session:
        found = await session.scalars(select(Refund.status).order_by(Refund.id))
        assert found.all() == ["sent", "succeeded"]


async def test_a_provider_that_is_down_is_tried_again_later(
    context: WorkerContext, sandbox: Sandbox, place_order: PlaceOrder
) -> None:
    await paid_and_cancelled(context, sandbox, await place_order())
    async with SandboxPayments("http://127.0.0.1:9", "key", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") as nobody:
        await Worker(replace(context, payments={"sandbox": nobody})).drain()
    assert (await only(context.database, Refund)).status == "pending"
    async with context.database.session() as session:
        waits = text("SELECT attempts, execute_after > now() FROM pgqueuer WHERE entrypoint = 'send_refund'")
        assert (await session.execute(waits)).all() == [(1, True)]
        await session.execute(text("UPDATE pgqueuer SET execute_after = now()"))
    await Worker(context).drain()
    assert (await only(context.database, Refund)).status == "sent"


class SilentServer:
    """A mail server that takes connections and says nothing."""

    def __init__(self) -> None:
        self.callers: set[asyncio.StreamWriter] = set()
        self.most_callers = 0
        self.gone = False

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.callers.add(writer)
        self.most_callers = max(self.most_callers, len(self.callers))
        if not self.gone:
            await reader.read()
        self.callers.discard(writer)
        writer.close()

    async def is_full(self) -> bool:
        return self.most_callers == REGISTRY["send_mail"].lane.places

    def hang_up(self) -> None:
        """Now and from now on."""
        self.gone = True
        for caller in self.callers:
            caller.close()


@asynccontextmanager
async def silent_mailer() -> AsyncGenerator[tuple[SmtpMailer, SilentServer]]:
    silent = SilentServer()
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        yield SmtpMailer(MailSettings(host=host, port=port, start_tls=False)), silent
        silent.hang_up()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    while not await condition():  # noqa: ASYNC110 - what another task did is in the database
        await asyncio.sleep(0.05)


async def refund_is_sent(context: WorkerContext) -> bool:
    return (await only(context.database, Refund)).status == "sent"


async def is_cancelled(context: WorkerContext, order_id: UUID) -> bool:
    return await order_status(context.database, order_id) == "cancelled"


async def test_refunds_and_timers_do_not_wait_for_mails_that_hang(
    context: WorkerContext, sandbox: Sandbox, place_order: PlaceOrder
) -> None:
    await paid_and_cancelled(context, sandbox, await place_order())
    unpaid = await place_order()
    async with context.database.session() as session:
        placed = (await session.scalars(select(Event).where(Event.topic == "order.placed"))).all()
        mails = [Addressed(event.id, event.second_party) for event in placed if event.second_party] * 30
        await enqueue_all(session, [NewJob("send_mail", job_for(mail).payload) for mail in mails])
    await pass_time(context.database, timedelta(days=30))
    async with silent_mailer() as (mailer, silent):
        stop = asyncio.Event()
        working = asyncio.create_task(Worker(replace(context, mailer=mailer)).run(stop))
        async with asyncio.timeout(60):
            await until(lambda: refund_is_sent(context))
            await until(lambda: is_cancelled(context, unpaid.order_id))
            await until(silent.is_full)
        stop.set()
        silent.hang_up()
        await working
    async with context.database.session() as session:
        waiting = await session.scalar(text("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'send_mail'"))
    assert (waiting or 0) >= len(mails)
