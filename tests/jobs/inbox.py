"""The inbox that Awa's answers arrive in, for the tests of what becomes of them."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from orderhub.domain.cases.files import files_of
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.files.models import File
from orderhub.domain.notifications.models import Notification
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.models import Quote
from orderhub.domain.replies.addresses import QuoteVersionReply, ReplyAddresses
from orderhub.domain.replies.models import InboundMail
from orderhub.domain.replies.reading import MailReader
from orderhub.domain.replies.recording import record
from orderhub.infra.database import Database
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.worker import Worker
from orderhub.kit.clock import real_now
from tests.domain.replies.letters import raw
from tests.making import quotes


@dataclass
class Inbox:
    """Where Awa's answers arrive, and what became of them."""

    context: WorkerContext
    reader: MailReader
    quote_id: UUID
    buyer_id: UUID

    @property
    def addresses(self) -> ReplyAddresses:
        mail = self.context.settings.mail
        return ReplyAddresses(mail.reply_domain, mail.inbound_secret.get_secret_value())

    def of_version(self, n: int = 1) -> str:
        return self.addresses.make(QuoteVersionReply(self.quote_id, n))

    async def take(self, message: EmailMessage | bytes) -> str:
        content = message if isinstance(message, bytes) else raw(message)
        context = self.context
        return await record(context.database, context.storage, self.reader, context.printer, self.addresses, content)

    async def work(self) -> None:
        await Worker(self.context).drain()

    async def mails(self) -> list[InboundMail]:
        async with self.context.database.session() as session:
            return list(await session.scalars(select(InboundMail).order_by(InboundMail.id)))

    async def ends(self) -> list[tuple[str | None, str | None]]:
        return [(mail.outcome, mail.reason) for mail in await self.mails()]

    async def count(self, table: type[Any]) -> int:
        async with self.context.database.session() as session:
            return await session.scalar(select(func.count()).select_from(table)) or 0

    async def order(self) -> Order:
        async with self.context.database.session() as session:
            return (await session.scalars(select(Order))).one()

    async def case(self) -> tuple[Case, list[File]]:
        async with self.context.database.session() as session:
            case = (await session.scalars(select(Case).where(Case.kind == CaseKind.MAIL.value))).one()
            return case, [await session.get_one(File, each) for each in await files_of(session, case.id)]

    async def told(self) -> list[str]:
        """What Awa was told of her mails, in the member area."""
        async with self.context.database.session() as session:
            about = (Notification.account_id == self.buyer_id, Notification.code.startswith("mail."))
            return list(await session.scalars(select(Notification.code).where(*about).order_by(Notification.id)))


async def issue(database: Database, quote_id: UUID, by: UUID) -> None:
    async with database.session() as session:
        quote = await session.get_one(Quote, quote_id)
        if quote.status == "issued":
            await quotes.lead(session, quote, "changes_requested", at=real_now())
        await quotes.lead(session, quote, "in_preparation", at=real_now())
        await quotes.issue(session, quote, by, at=real_now())
