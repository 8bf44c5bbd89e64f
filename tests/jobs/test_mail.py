"""From an event to a mail: through the fan-out, the queue and a mailer, once each."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select

from orderhub.domain.accounts.models import Account
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.models import Notification, SandboxMail, SentMail
from orderhub.domain.notifications.ports import Mail, MailRefusedError, MailUnavailableError
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.mail import send_mail, site_of
from orderhub.jobs.notify import notify
from orderhub.jobs.reactions import payload_of
from orderhub.jobs.worker import Worker

PlaceOrder = Callable[[], Awaitable[UUID]]


class Server:
    """A way to send that writes down what it took, and says what it is told to."""

    def __init__(self) -> None:
        self.taken: list[Mail] = []
        self.answer: Exception | None = None

    async def send(self, mail: Mail) -> None:
        if self.answer is not None:
            raise self.answer
        self.taken.append(mail)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def served(context: WorkerContext, server: Server) -> WorkerContext:
    return replace(context, mailer=server)


async def placed(context: WorkerContext) -> Event:
    async with context.database.session() as session:
        return (await session.scalars(select(Event).where(Event.topic == "order.placed"))).one()


async def seller_of(context: WorkerContext, event: Event) -> str:
    async with context.database.session() as session:
        return (await session.get_one(Account, event.second_party)).email


async def counts(context: WorkerContext) -> tuple[int | None, int | None]:
    async with context.database.session() as session:
        alerts = await session.scalar(select(func.count()).select_from(Notification))
        return alerts, await session.scalar(select(func.count()).select_from(SentMail))


async def test_an_order_that_is_placed_reaches_its_seller(context: WorkerContext, place_order: PlaceOrder) -> None:
    await place_order()
    await Worker(context).drain()
    async with context.database.session() as session:
        mail = (await session.scalars(select(SandboxMail))).one()
    assert mail.recipient == await seller_of(context, await placed(context))
    assert mail.subject == "Nouvelle commande – Logo pour une boulangerie"
    assert await counts(context) == (1, 1)


async def test_events_and_jobs_that_come_twice_send_once(
    served: WorkerContext, server: Server, place_order: PlaceOrder
) -> None:
    await place_order()
    event = await placed(served)
    for _ in range(2):
        await notify(served, payload_of(event))
        await Worker(served).drain()
    assert len(server.taken) == 1
    assert await counts(served) == (1, 1)


async def test_a_mail_sent_again_after_a_crash_is_recognised_by_its_id(
    served: WorkerContext, server: Server, place_order: PlaceOrder
) -> None:
    await place_order()
    event = await placed(served)
    job = {"event_id": event.id.hex, "account_id": str(event.second_party)}
    await send_mail(served, job)
    async with served.database.session() as session:
        await session.delete((await session.scalars(select(SentMail))).one())
    await send_mail(served, job)
    first, second = server.taken
    assert first.message_id == second.message_id


async def test_a_server_that_is_away_leaves_the_mail_to_be_tried_again(
    served: WorkerContext, server: Server, place_order: PlaceOrder
) -> None:
    await place_order()
    event = await placed(served)
    job = {"event_id": event.id.hex, "account_id": str(event.second_party)}
    server.answer = MailUnavailableError()
    with pytest.raises(MailUnavailableError):
        await send_mail(served, job)
    assert (await counts(served))[1] == 0
    server.answer = None
    await send_mail(served, job)
    assert len(server.taken) == 1


async def test_a_mail_refused_for_good_is_given_up(
    served: WorkerContext, server: Server, place_order: PlaceOrder
) -> None:
    await place_order()
    server.answer = MailRefusedError("The mail server answered 550.")
    await Worker(served).drain()
    assert await counts(served) == (1, 0)


async def test_an_event_that_is_not_there_tells_nobody(
    served: WorkerContext, server: Server, place_order: PlaceOrder
) -> None:
    await place_order()
    event = await placed(served)
    await notify(served, {**payload_of(event), "event_id": "0" * 32})
    assert await counts(served) == (0, 0)
    assert server.taken == []


def test_mails_know_the_deployment(context: WorkerContext) -> None:
    site = site_of(context.settings)
    assert (site.front_url, site.mail_domain) == ("http://127.0.0.1:3000", "orderhub.example")
