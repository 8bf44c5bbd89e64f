"""Each answer has its effect once, whatever happens on the way: workers that die, and several at once."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from orderhub.domain.cases.models import Case
from orderhub.domain.events.models import Event
from orderhub.domain.files.models import File
from orderhub.domain.payments.manual import MailedProof
from orderhub.domain.quotes.mailed import accept_by_mail
from orderhub.domain.replies.applying import Ways, apply
from orderhub.domain.replies.models import InboundMail
from orderhub.infra.database import Database
from orderhub.jobs.context import WorkerContext
from tests.domain.replies.letters import letter, with_pdf
from tests.jobs.inbox import Inbox
from tests.making.documents import OPERATOR

Accept = Callable[..., Awaitable[UUID | None]]


async def arrived(inbox: Inbox) -> UUID:
    await inbox.take(with_pdf(letter(inbox.of_version())))
    return (await inbox.mails())[0].id


async def test_a_worker_that_died_half_way_is_made_good(inbox: Inbox, accept: Accept) -> None:
    mail_id = await arrived(inbox)

    async def accepted_and_died(database: Database, quote_id: UUID, n: int, proof: MailedProof) -> UUID | None:
        await accept(database, quote_id, n, proof)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await apply(inbox.context.database, mail_id, Ways(accepted_and_died, never))
    assert await inbox.ends() == [(None, None)]
    await apply(inbox.context.database, mail_id, Ways(never, never))
    assert await inbox.ends() == [("accepted", None)]
    await apply(inbox.context.database, mail_id, Ways(never, never))
    assert await inbox.count(Case) == 0
    async with inbox.context.database.session() as session:
        topics = list(await session.scalars(select(Event.topic).where(Event.topic.startswith("mail."))))
    assert sorted(topics) == ["mail.accepted", "mail.arrived"]


async def never(*_: Any) -> Any:
    raise AssertionError("it was done before")


@pytest.fixture
def accept(context: WorkerContext) -> Accept:
    return partial(accept_by_mail, operator=OPERATOR)


async def test_two_workers_at_once_open_one_case(inbox: Inbox) -> None:
    await inbox.take(letter(inbox.of_version()))
    mail_id = (await inbox.mails())[0].id
    await asyncio.gather(*(apply(inbox.context.database, mail_id, Ways(never, never)) for _ in range(5)))
    assert await inbox.count(Case) == 1


async def test_the_same_mail_through_two_servers_at_once_is_recorded_once(inbox: Inbox) -> None:
    message = with_pdf(letter(inbox.of_version()))
    answers = await asyncio.gather(*(inbox.take(message) for _ in range(5)))
    assert sorted(answers) == ["recorded", *["repeated"] * 4]
    assert [await inbox.count(table) for table in (InboundMail, File)] == [1, 1]
