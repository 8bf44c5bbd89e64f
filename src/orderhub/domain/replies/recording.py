"""Records a mail with its files, once however often it comes; what it does is done afterwards by a job.

Whoever hands it over is told as soon as it is recorded: a mail that is recorded is not lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from anyio import to_thread
from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.documents.ports import Printer
from orderhub.domain.events import log
from orderhub.domain.files import service as files
from orderhub.domain.files.ports import FileStorage
from orderhub.domain.files.service import Keys
from orderhub.domain.replies import own_documents, targets
from orderhub.domain.replies.addresses import DocumentReply, QuoteVersionReply, ReplyAddresses, ReplyTarget
from orderhub.domain.replies.attachments import Kept
from orderhub.domain.replies.counting import require_room_for_mail
from orderhub.domain.replies.errors import MailEmptyError, MailTooLargeError
from orderhub.domain.replies.mail import MAX_BYTES, InboundMessage
from orderhub.domain.replies.models import CaseReason, InboundMail, MailOutcome
from orderhub.domain.replies.reading import MailReader
from orderhub.domain.replies.targets import Matter
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

Taken = Literal["recorded", "repeated", "automatic"]
ARRIVED: Final = "mail.arrived"
"""Causes the job that applies the mail."""


class _RepeatedError(Exception):
    """Somebody else recorded the same mail meanwhile."""


@dataclass(frozen=True, slots=True)
class _Inbound:
    """A mail with what it is about."""

    mail: InboundMessage
    targets: Sequence[ReplyTarget]
    key: bytes

    @property
    def target(self) -> ReplyTarget | None:
        return self.targets[0] if len(self.targets) == 1 else None


async def record(  # noqa: PLR0913, PLR0917 - what each mail is read with
    database: Database,
    storage: FileStorage,
    reader: MailReader,
    printer: Printer,
    addresses: ReplyAddresses,
    raw: bytes,
) -> Taken:
    """Record a mail: ``recorded``, ``repeated``, or ``automatic`` for what a machine wrote that nobody need look at.

    Raises MailEmptyError and MailTooLargeError, and StorageUnavailableError, OverloadedError and LimitReachedError:
    then it may come again.
    """
    if not raw.strip():
        raise MailEmptyError(
            Label(
                "Envoyez le message entier comme il est venu, en-têtes d’abord.",
                "Send the whole message as it came, headers first.",
            )
        )
    if len(raw) > MAX_BYTES:
        raise MailTooLargeError(
            Label(f"Un mail a au plus {MAX_BYTES} octets.", f"A mail has at most {MAX_BYTES} bytes."),
            max_bytes=MAX_BYTES,
        )
    mail = await reader.read(raw)
    found = targets.targets_of(mail, addresses)
    inbound = _Inbound(mail, found, await to_thread.run_sync(mail.key, targets.shown(found)))
    async with database.session() as session:
        if await session.scalar(select(exists().where(InboundMail.message_key == inbound.key))):
            return "repeated"
        matter = await _matter(session, inbound)
        await require_room_for_mail(session, matter and matter.buyer_id, await business_now(session))
    mail, kept = await reader.look_into(mail, raw)
    try:
        kept = await own_documents.set_aside(database, printer, kept)
        return await _record(database, storage, replace(inbound, mail=mail), kept)
    except _RepeatedError:
        return "repeated"
    finally:
        for each in kept:
            each.upload.close()


async def _record(database: Database, storage: FileStorage, inbound: _Inbound, kept: Sequence[Kept]) -> Taken:
    stored = [(await files.store(storage, each.upload), each) for each in kept]
    async with database.session() as session:
        return await _add_with_files(session, inbound, stored)


async def _add_with_files(session: AsyncSession, inbound: _Inbound, stored: Sequence[tuple[Keys, Kept]]) -> Taken:
    now = await business_now(session)
    matter = await _matter(session, inbound)
    await require_room_for_mail(session, matter and matter.buyer_id, now, lock=True)
    # What nobody can be named for belongs to the house: an address in a From is no proof of who wrote it.
    owner_id = matter.buyer_id if matter else HOUSE_ID
    kept = [files.record(session, each.upload, keys=keys, owner_id=owner_id, now=now) for keys, each in stored]
    await session.flush()
    meant = sum(each.was_meant for _, each in stored)
    values: dict[str, Any] = {"file_ids": [file.id for file in kept], "meant": meant, "reason": _reason(inbound)}
    if matter is not None:
        values["account_id"] = matter.buyer_id
    if inbound.mail.is_automatic and not meant:
        await _add(session, inbound, values | {"outcome": MailOutcome.AUTOMATIC.value, "reason": None})
        return "automatic"
    if kept and stored[0][1].may_be_proof and not inbound.mail.is_automatic:
        values["proof_file_id"] = kept[0].id
    mail_id = await _add(session, inbound, values)
    subject = show_id("mai", mail_id)
    log.write(session, topic=ARRIVED, subject=subject, sequence=1, at=now, data={"mail_id": subject})
    return "recorded"


async def _matter(session: AsyncSession, inbound: _Inbound) -> Matter | None:
    return None if inbound.target is None else await targets.find(session, inbound.target)


async def _add(session: AsyncSession, inbound: _Inbound, values: dict[str, Any]) -> UUID:
    """The mail's row. Raises _RepeatedError, which undoes the rest."""
    now: datetime = await business_now(session)
    mail, target = inbound.mail, inbound.target
    added = await session.scalar(
        insert(InboundMail)
        .values(
            id=new_id(),
            message_key=inbound.key,
            message_id=mail.message_id,
            received_at=now,
            sender=mail.sender,
            subject=mail.subject,
            text=mail.text,
            quote_id=target.quote_id if isinstance(target, QuoteVersionReply) else None,
            quote_version=target.n if isinstance(target, QuoteVersionReply) else None,
            document_id=target.document_id if isinstance(target, DocumentReply) else None,
            **values,
        )
        .on_conflict_do_nothing(index_elements=[InboundMail.message_key])
        .returning(InboundMail.id)
    )
    if added is None:
        raise _RepeatedError
    return added


def _reason(inbound: _Inbound) -> str | None:
    """What is known already to be a matter for staff."""
    if inbound.mail.is_automatic:
        return CaseReason.AUTOMATIC.value
    if not inbound.targets:
        return CaseReason.UNKNOWN_ADDRESS.value
    if len(inbound.targets) > 1:
        return CaseReason.SEVERAL_ADDRESSES.value
    return CaseReason.UNREADABLE.value if inbound.mail.unread is not None else None
