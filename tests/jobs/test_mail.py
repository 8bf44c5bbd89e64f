"""From an event to a mail: through the fan-out, the queue and a mailer, once each."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select

from orderhub.domain.accounts import events, pending
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.pending import Registration
from orderhub.domain.accounts.registration import confirm, register
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.models import Notification, SandboxMail, SentMail
from orderhub.domain.notifications.ports import Mail, MailRefusedError, MailUnavailableError
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.mail import send_mail, site_of
from orderhub.jobs.notify import notify
from orderhub.jobs.reactions import payload_of
from orderhub.jobs.worker import Worker
from orderhub.kit.clock import real_now
from orderhub.kit.text import Label, Language
from tests.making.people import cheap_passwords

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
    server.answer = MailRefusedError(Label("Le serveur de mail a répondu 550.", "The mail server answered 550."))
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


async def mails_to_awa(context: WorkerContext) -> list[SandboxMail]:
    await Worker(context).drain()
    async with context.database.session() as session:
        mails = await session.scalars(select(SandboxMail).where(SandboxMail.recipient == "awa@example.com"))
        return sorted(mails, key=lambda mail: mail.id)


async def test_each_registration_has_its_own_mail_which_says_nothing_that_was_said(
    context: WorkerContext,
) -> None:
    """Awa's address may be anybody's until she follows the link; hers confirms what she said."""
    passwords = cheap_passwords()
    hers = Registration("awa@example.com", "mangues-du-marche", "Awa Diop", Language.FRENCH, "Africa/Dakar", "SN")
    evil = replace(hers, display_name="Hello http://evil.example/", handle="evil.example", language=Language.ENGLISH)
    for registration in (evil, hers, evil):
        await register(context.database, passwords, registration, address="192.0.2.7")
    mails = await mails_to_awa(context)
    assert sorted(mail.text.partition("\n")[0] for mail in mails) == ["Bonjour,", "Hello,", "Hello,"]
    for mail in mails:
        for said in ("evil", "Awa Diop", "Membre", "Member"):
            assert said not in mail.subject + mail.text + mail.html
    (own,) = [mail for mail in mails if mail.text.startswith("Bonjour,")]  # several are sent at once
    assert "Inscription du " in own.text
    link = re.search(r"/confirm\?token=(\S+)", own.text)
    assert link is not None
    async with context.database.session() as session:
        awa = await confirm(session, link.group(1), now=real_now())
        assert awa.display_name == "Awa Diop"
        await events.record(session, awa.id, events.PASSWORD_CHANGED, at=real_now())
    assert (await mails_to_awa(context))[-1].text.startswith("Bonjour Awa Diop,")


async def test_a_registration_that_was_overtaken_needs_no_mail(context: WorkerContext) -> None:
    passwords = cheap_passwords()
    hers = Registration("awa@example.com", "mangues-du-marche", "Awa Diop", Language.FRENCH, "Africa/Dakar", "SN")
    await register(context.database, passwords, hers, address="192.0.2.7")
    async with context.database.session() as session:
        owner = (await session.scalars(select(Account.id).where(Account.email == hers.email))).one()
        await pending.forget(session, owner)
    assert await mails_to_awa(context) == []
