"""From an event to a WhatsApp message: to those who chose it, once each, and by mail when it can't be."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from orderhub.adapters.whatsapp.cloud import CloudWhatsApp
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.preferences import Channel
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.models import SandboxMail, SentWhatsApp
from orderhub.domain.notifications.ports import WhatsAppUnavailableError
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.notify import notify
from orderhub.jobs.reactions import payload_of
from orderhub.jobs.whatsapp import send_whatsapp
from orderhub.jobs.worker import Worker
from orderhub.kit.ids import show_id
from tests.adapters.whatsapp.cloud_server import CloudServer, cloud_server
from tests.jobs.sourced_events import PHONE, Awa, happen, ready_order

PICK_UP = {"instructions": "3 quai de Rive-Neuve", "appointment": "2026-12-21T09:00:00Z"}


@pytest.fixture
async def cloud() -> AsyncGenerator[CloudServer]:
    """WhatsApp, on loopback."""
    async with cloud_server() as running:
        yield running


@pytest.fixture
async def reaching(context: WorkerContext, cloud: CloudServer) -> AsyncGenerator[WorkerContext]:
    """A worker that can send WhatsApp messages."""
    whatsapp = CloudWhatsApp(cloud.settings())
    yield replace(context, whatsapp=whatsapp)
    await whatsapp.aclose()


async def arranged(context: WorkerContext, awa: Awa) -> Event:
    return await happen(context.database, awa, "arrange", "ready", "ready", **PICK_UP)


async def mails_to_awa(context: WorkerContext) -> Sequence[str]:
    async with context.database.session() as session:
        query = select(SandboxMail.subject).where(SandboxMail.recipient == "awa@example.fr").order_by(SandboxMail.id)
        return list(await session.scalars(query))


async def test_who_chose_whatsapp_is_told_there_in_their_language_and_its_id_is_kept(
    reaching: WorkerContext, cloud: CloudServer
) -> None:
    awa = await ready_order(reaching.database, Channel.WHATSAPP, Channel.EMAIL)
    event = await happen(reaching.database, awa, "receive", "in_transit", "arrived")
    await Worker(reaching).drain()
    [sent] = cloud.sent
    assert sent["to"] == PHONE.removeprefix("+")
    assert sent["text"]["body"].startswith("*Commande arrivée*\n\n« Cafetière » est arrivée chez nous")
    assert sent["text"]["body"].endswith(f"http://127.0.0.1:3000/orders/{show_id('ord', awa.order.id)}")
    assert await mails_to_awa(reaching) == ["Commande arrivée – Cafetière"]
    async with reaching.database.session() as session:
        kept = (await session.scalars(select(SentWhatsApp))).one()
    assert (kept.event_id, kept.account_id, kept.provider_id) == (event.id, awa.account_id, "wamid.0001")


async def test_the_pick_up_goes_by_whatsapp_and_not_by_mail(reaching: WorkerContext, cloud: CloudServer) -> None:
    awa = await ready_order(reaching.database, Channel.WHATSAPP, Channel.EMAIL)
    await arranged(reaching, awa)
    await Worker(reaching).drain()
    [sent] = cloud.sent
    assert "Rendez-vous le 21 décembre 2026 à 10:00.\n\n3 quai de Rive-Neuve\n\n" in sent["text"]["body"]
    assert await mails_to_awa(reaching) == []


@pytest.mark.parametrize("channels", [(Channel.EMAIL,), ()])
async def test_the_pick_up_goes_by_mail_to_everybody_else(
    reaching: WorkerContext, cloud: CloudServer, channels: tuple[Channel, ...]
) -> None:
    await arranged(reaching, await ready_order(reaching.database, *channels))
    await Worker(reaching).drain()
    assert cloud.sent == []
    assert await mails_to_awa(reaching) == ["Remise de votre commande – Cafetière"]


async def test_without_a_way_to_whatsapp_the_pick_up_goes_by_mail(context: WorkerContext) -> None:
    await arranged(context, await ready_order(context.database, Channel.WHATSAPP))
    await Worker(context).drain()
    assert await mails_to_awa(context) == ["Remise de votre commande – Cafetière"]


async def test_a_pick_up_that_whatsapp_refuses_goes_by_mail(reaching: WorkerContext, cloud: CloudServer) -> None:
    cloud.answers.append((400, 131026))
    awa = await ready_order(reaching.database, Channel.WHATSAPP)
    await arranged(reaching, awa)
    await Worker(reaching).drain()
    assert await mails_to_awa(reaching) == ["Remise de votre commande – Cafetière"]


async def test_anything_else_that_whatsapp_refuses_is_given_up(reaching: WorkerContext, cloud: CloudServer) -> None:
    cloud.answers.append((400, 131026))
    awa = await ready_order(reaching.database, Channel.WHATSAPP)
    await happen(reaching.database, awa, "receive", "in_transit", "arrived")
    await Worker(reaching).drain()
    assert (cloud.sent, await mails_to_awa(reaching)) == ([], [])


async def test_events_and_jobs_that_come_twice_send_once(reaching: WorkerContext, cloud: CloudServer) -> None:
    awa = await ready_order(reaching.database, Channel.WHATSAPP)
    event = await arranged(reaching, awa)
    for _ in range(2):
        await notify(reaching, payload_of(event))
        await Worker(reaching).drain()
    assert len(cloud.sent) == 1


async def test_an_outage_leaves_the_message_to_be_tried_again(reaching: WorkerContext, cloud: CloudServer) -> None:
    awa = await ready_order(reaching.database, Channel.WHATSAPP)
    event = await arranged(reaching, awa)
    job = {"event_id": event.id.hex, "account_id": awa.account_id.hex, "or_mail": True}
    cloud.answers.append((503, 131016))
    with pytest.raises(WhatsAppUnavailableError):
        await send_whatsapp(reaching, job)
    await send_whatsapp(reaching, job)
    await send_whatsapp(reaching, job)
    assert len(cloud.sent) == 1


async def test_a_number_taken_back_meanwhile_gets_nothing(reaching: WorkerContext, cloud: CloudServer) -> None:
    awa = await ready_order(reaching.database, Channel.WHATSAPP)
    event = await happen(reaching.database, awa, "receive", "in_transit", "arrived")
    async with reaching.database.session() as session:
        await session.execute(update(Account).where(Account.id == awa.account_id).values(phone=None))
    job = {"event_id": event.id.hex, "account_id": awa.account_id.hex, "or_mail": False}
    await send_whatsapp(reaching, job)
    assert cloud.sent == []


async def test_the_house_is_told_in_its_inbox(reaching: WorkerContext, cloud: CloudServer) -> None:
    awa = await ready_order(reaching.database)
    await happen(reaching.database, awa, "report_problem", "ready", "ready", reason="Colis ouvert")
    await Worker(reaching).drain()
    async with reaching.database.session() as session:
        inbox = reaching.settings.house.email
        [mail] = await session.scalars(select(SandboxMail).where(SandboxMail.recipient == inbox))
    assert mail.subject == "Problème signalé – Cafetière"
    assert cloud.sent == []
