"""What a recorded mail does: accepts a proforma with its proof, submits a proof, or becomes a case.

A job calls it, at least once. The proof's file tells whether an earlier try had come through: a mail
has its effect once, and exactly one outcome.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events import log
from orderhub.domain.files.models import File
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.manual import MailedProof
from orderhub.domain.payments.models import Proof
from orderhub.domain.replies import targets
from orderhub.domain.replies.addresses import DocumentReply, QuoteVersionReply, ReplyTarget
from orderhub.domain.replies.cases import open_case
from orderhub.domain.replies.models import CaseReason, InboundMail, MailOutcome
from orderhub.domain.replies.targets import Matter
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.infra.locking import locked
from orderhub.kit.errors import DomainError, OverloadedError
from orderhub.kit.ids import show_id

WITHOUT_PROOF, NOT_AWAITED, PASSED_ON = "mail.without_proof", "mail.not_awaited", "mail.passed_on"
KEPT: Final = "mail.kept"
"""Nobody is told of it: two machines that answer each other would never end."""
_TOPICS: Final[Mapping[str, str]] = {
    MailOutcome.ACCEPTED: "mail.accepted",
    MailOutcome.SUBMITTED: "mail.submitted",
    CaseReason.NO_PROOF: WITHOUT_PROOF,
    CaseReason.NOT_AWAITED: NOT_AWAITED,
    CaseReason.AUTOMATIC: KEPT,
}
"""The event of each end, which tells the buyer what became of their mail; PASSED_ON of all others."""

_log = structlog.get_logger()

Accept = Callable[[Database, UUID, int, MailedProof], Awaitable[UUID | None]]
"""Accepts a quote's version with a proof: the order, or None where it can't be accepted."""
Submit = Callable[[Database, UUID, MailedProof], Awaitable[bool]]
"""Submits a proof to an order: whether it was awaited."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a mail can do: the functions of quotes and orders."""

    accept: Accept
    submit: Submit


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A mail that has no outcome yet, with what it is about and the proof that it brings."""

    mail_id: UUID
    matter: Matter | None
    proof: MailedProof | None
    reason: str | None


async def apply(database: Database, mail_id: UUID, ways: Ways) -> None:
    """Do what a mail asks for. One that was applied before, or that is gone, does nothing."""
    async with database.session() as session:
        mail = await session.get(InboundMail, mail_id)
        if mail is None or mail.outcome is not None:
            return
        waiting = await _read(session, mail)
        done = waiting.proof is not None and await _submitted(session, waiting.proof.file_id) is not None
    if not done:
        await _use(database, waiting, ways)
    async with database.session() as session:
        await _settle(session, waiting)


async def _read(session: AsyncSession, mail: InboundMail) -> _Waiting:
    target = _target(mail)
    matter = None if target is None else await targets.find(session, target)
    proof = None
    if mail.proof_file_id is not None and (file := await session.get(File, mail.proof_file_id)) is not None:
        proof = MailedProof(file.id, file.sha256, mail.sender, mail.received_at)
    return _Waiting(mail.id, matter, proof, mail.reason)


def _target(mail: InboundMail) -> ReplyTarget | None:
    if mail.quote_id is not None and mail.quote_version is not None:
        return QuoteVersionReply(mail.quote_id, mail.quote_version)
    return None if mail.document_id is None else DocumentReply(mail.document_id)


async def _use(database: Database, waiting: _Waiting, ways: Ways) -> None:
    """Take the proof to where it is awaited; a refusal shows in that it was submitted nowhere."""
    if waiting.matter is None or waiting.proof is None:
        return
    try:
        await _bring(database, waiting.matter, waiting.proof, ways)
    except OverloadedError:
        raise
    except DomainError as refusal:
        _log.warning("mailed_proof_refused", mail_id=waiting.mail_id.hex, code=refusal.code)


async def _bring(database: Database, matter: Matter, proof: MailedProof, ways: Ways) -> None:
    if matter.order_id is not None and matter.order_status == matter.awaited:
        await ways.submit(database, matter.order_id, proof)
    elif matter.order_id is None and matter.quote is not None:
        await ways.accept(database, matter.quote.quote_id, matter.quote.n, proof)


async def _submitted(session: AsyncSession, file_id: UUID) -> Order | None:
    """The order that a file was submitted to as a proof."""
    return await session.scalar(
        select(Order).join(Proof, Proof.order_id == Order.id).where(Proof.file_id == file_id).limit(1)
    )


async def _settle(session: AsyncSession, waiting: _Waiting) -> None:
    """Write the outcome and its event, and open the case where there is one; whoever comes second does nothing."""
    mail = await locked(session, InboundMail, waiting.mail_id)
    if mail is None or mail.outcome is not None:
        return
    now = await business_now(session)
    order = None if mail.proof_file_id is None else await _submitted(session, mail.proof_file_id)
    if order is None:
        _settle_as_case(mail, waiting)
    else:
        submitted_at = await session.scalar(select(Proof.submitted_at).where(Proof.file_id == mail.proof_file_id))
        accepted = submitted_at == order.placed_at
        mail.order_id = order.id
        mail.outcome = (MailOutcome.ACCEPTED if accepted else MailOutcome.SUBMITTED).value
        if mail.meant > 1:
            mail.reason = CaseReason.MORE_FILES.value
    if mail.reason is not None:
        mail.case_id = open_case(session, mail, mail.file_ids[1 : mail.meant] if order else mail.file_ids, now)
    await session.flush()
    _write_event(session, mail, now)


def _settle_as_case(mail: InboundMail, waiting: _Waiting) -> None:
    mail.outcome = MailOutcome.CASE.value
    mail.order_id = waiting.matter and waiting.matter.order_id
    if mail.reason is None:
        refused = CaseReason.NO_PROOF if waiting.proof is None else CaseReason.NOT_AWAITED
        mail.reason = (CaseReason.UNKNOWN_ADDRESS if waiting.matter is None else refused).value


def _write_event(session: AsyncSession, mail: InboundMail, now: datetime) -> None:
    ended = mail.reason if mail.outcome == MailOutcome.CASE else mail.outcome
    subject, order_id = show_id("mai", mail.id), mail.order_id and show_id("ord", mail.order_id)
    log.write(
        session,
        topic=_TOPICS.get(ended or "", PASSED_ON),
        subject=subject,
        sequence=2,
        parties=(mail.account_id, None),
        at=now,
        data={"mail_id": subject, "outcome": mail.outcome, "reason": mail.reason, "order_id": order_id},
    )
