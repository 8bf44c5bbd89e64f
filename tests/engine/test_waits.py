"""Who has to wait for a row sees all that its holder has left, not the row alone."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.orders.sellers import settle_seller
from orderhub.domain.orders.settlement import refunds
from orderhub.domain.payments.manual import MailedProof
from orderhub.domain.process import Actor, By
from orderhub.domain.quotes import engine as quotes
from orderhub.domain.quotes.loading import Loaded
from orderhub.domain.quotes.mailed import accept_by_mail
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.infra.business_clock import step_to
from orderhub.infra.database import Database
from tests.engine.racing import at_once, refusals
from tests.engine.scene import Scene, render, sign_in
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS
from tests.kinds.sourced.scene import Sourced, new_sourced
from tests.making.documents import OPERATOR
from tests.making.receipts import receipt
from tests.making.waits import holding, until_waiting

NUMBERS = "SELECT 1 FROM number_series FOR UPDATE"


async def issuing(database: Database) -> tuple[Sourced, asyncio.Task[Answer]]:
    """A version is being issued: its number is waited for, and the quote is held meanwhile."""
    scene = await new_sourced(database)
    await scene.prepare()
    task = asyncio.create_task(scene.on_quote(By.SUPPORT, "issue"))
    await until_waiting(database, 1)
    return scene, task


async def with_a_series(database: Database) -> None:
    """The year's first proforma is issued, so that the numbers have a row."""
    scene = await new_sourced(database)
    await scene.prepare()
    await scene.on_quote(By.SUPPORT, "issue")


def shown(loaded: Loaded, _actor: Actor) -> bytes:
    """The total of the current version."""
    return str(loaded.content and loaded.content["total"]).encode()


@pytest.mark.parametrize("keyed", [True, False], ids=["keyed", "keyless"])
@pytest.mark.parametrize(
    ("by", "action"),
    [(By.BUYER, "accept"), (By.BUYER, "decline"), (By.BUYER, "ask_changes"), (By.SUPPORT, "withdraw")],
    ids=str,
)
async def test_a_quote_that_is_issued_meanwhile(database: Database, by: By, action: str, *, keyed: bool) -> None:
    await with_a_series(database)
    async with holding(database, NUMBERS):
        scene, issue = await issuing(database)
        caller = scene.keyed(by, f"quote {scene.quote_id}", "at once")
        if not keyed:
            caller = Caller(caller.account_id, caller.session_id, caller.roles)
        command: dict[str, Any] = {"version": 1, "message": "En bleu.", "reason": "Épuisé."}
        doing = asyncio.create_task(
            quotes.perform(database, caller, scene.quote_id, action, command, shown, render, operator=OPERATOR)
        )
        await until_waiting(database, 2)
    await issue
    answer = await doing
    quote = await scene.quote()
    assert quote.current == 1
    if action == "accept":
        assert (answer.status, quote.status) == (201, "accepted")
    else:
        assert answer.body == str(quote.total).encode()


async def test_a_quote_that_is_issued_while_its_mail_is_answered(database: Database) -> None:
    await with_a_series(database)
    async with holding(database, NUMBERS):
        scene, issue = await issuing(database)
        async with database.session() as session:
            file = await receipt(session, scene.callers[By.BUYER].account_id)
        proof = MailedProof(file.id, file.sha256, "awa@example.fr", await scene.now())
        doing = asyncio.create_task(accept_by_mail(database, scene.quote_id, 1, proof, OPERATOR))
        await until_waiting(database, 2)
    await issue
    scene.order_id = await doing or scene.order_id
    assert (await scene.state()).status == "deposit_review"


async def paying(scene: Scene) -> None:
    """Bruno works, and Awa has begun to pay for an extra."""
    await scene.place()
    await scene.go(WAYS["in_progress"])
    await scene.act(By.BUYER, "add_extra")
    extra = details_of(await scene.state()).extras[0]
    await scene.open_payment(extra.id, extra.price)


@pytest.mark.parametrize("waiter", ["report_problem", "charge_back"])
async def test_an_order_whose_holder_acts_later_than_the_waiter_came(database: Database, waiter: str) -> None:
    """What happened second is written as the later."""
    scene = await new_scene(database)
    await paying(scene)
    news = None if waiter == "report_problem" else await scene.news(waiter)
    async with holding(database, "SELECT 1 FROM payments WHERE status = 'created' FOR UPDATE"):
        deliver = asyncio.create_task(scene.act(By.SELLER, "deliver"))
        await until_waiting(database, 1)
        doing = asyncio.create_task(scene.act(By.BUYER, waiter) if news is None else scene.told(news))
        await until_waiting(database, 2)
        async with database.session() as session:
            await step_to(session, await scene.now() + timedelta(hours=1))
        stepped = await scene.now()
    await deliver
    await doing
    (row,) = await scene.rows("SELECT at FROM history WHERE subject_id = :order AND action = :did", did=waiter)
    assert row["at"] >= stepped
    await scene.in_order()


async def test_a_refund_is_sent_again_twice_at_once(database: Database) -> None:
    """The one that waits has read the refund before: it must not believe what it read."""
    scene = await new_scene(database)
    await scene.place()
    await scene.go((*WAYS["in_progress"], "seller cancel"))
    (refund,) = await scene.rows("SELECT id FROM refunds WHERE order_id = :order")
    await refunds.refund_failed(database, refund["id"], "closed")
    finance = await sign_in(database, "finance", "finance")

    async def retry() -> None:
        await refunds.act(database, finance, refund["id"], "retry", {}, lambda _: b"{}")

    async with holding(database, "SELECT 1 FROM refunds FOR UPDATE"):
        doings = [asyncio.create_task(retry()) for _ in range(2)]
        await until_waiting(database, 2)
    found = await at_once(*doings)
    assert refusals(found) == ["transition_not_allowed"]


async def test_completed_orders_are_counted_by_two_at_once(database: Database) -> None:
    """Whoever counts second counts the order that ended in between, too."""
    scene = await new_scene(database)
    await scene.place()
    first = scene.order_id
    await scene.go((*WAYS["delivered"], "buyer approve"))
    await scene.place("another")
    await scene.go(WAYS["delivered"])

    async def settle() -> None:
        async with database.session() as session:
            await settle_seller(session, first)

    seller_id = scene.callers[By.SELLER].account_id
    async with holding(database, "SELECT 1 FROM accounts WHERE id = :id FOR NO KEY UPDATE", id=seller_id):
        doing = asyncio.create_task(settle())
        await until_waiting(database, 1)
        await scene.act(By.BUYER, "approve")
    await doing
    (row,) = await scene.rows("SELECT completed_orders FROM accounts WHERE id = :id", id=seller_id)
    assert row["completed_orders"] == 2
