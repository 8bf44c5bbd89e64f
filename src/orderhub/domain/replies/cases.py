"""The case that a mail becomes: why, what it said, and its files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases import files
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.events import log
from orderhub.domain.replies.models import CaseReason, InboundMail
from orderhub.kit.ids import new_id, show_id

OPENED: Final = "case.opened"
_WHY: Final = {
    CaseReason.AUTOMATIC: "A machine wrote this mail, so it had no effect and nobody was answered; look at its files.",
    CaseReason.UNKNOWN_ADDRESS: "A mail came to no reply address of ours, or to one that was changed.",
    CaseReason.SEVERAL_ADDRESSES: "A mail came to several reply addresses at once.",
    CaseReason.UNREADABLE: "A mail has too many parts, or parts that can't be read in time; it is kept whole.",
    CaseReason.NO_PROOF: "The answer has no attachment that could be a receipt.",
    CaseReason.NOT_AWAITED: "The answer brings a receipt, but no payment is awaited on what it answers.",
    CaseReason.MORE_FILES: "The first attachment of the answer was submitted as the proof; these came with it.",
}


def open_case(session: AsyncSession, mail: InboundMail, file_ids: Sequence[UUID], now: datetime) -> UUID:
    """Open the case of a mail whose ``reason`` is known, with its event; its id."""
    case = Case(
        id=new_id(),
        kind=CaseKind.MAIL.value,
        order_id=mail.order_id,
        opened_by=mail.account_id,
        reason=_told(mail),
        opened_at=now,
    )
    session.add(case)
    files.attach(session, case.id, file_ids)
    data = {
        "case_id": show_id("cas", case.id),
        "kind": case.kind,
        "order_id": mail.order_id and show_id("ord", mail.order_id),
    }
    log.write(session, topic=OPENED, subject=show_id("cas", case.id), sequence=1, at=now, data=data)
    return case.id


def _told(mail: InboundMail) -> str:
    """Why, and the mail itself, for staff."""
    about = [_WHY[CaseReason(mail.reason or "")], f"From: {mail.sender or '-'}", f"Subject: {mail.subject or '-'}"]
    if mail.quote_id is not None:
        about.append(f"About: {show_id('quo', mail.quote_id)}, version {mail.quote_version}")
    if mail.document_id is not None:
        about.append(f"About: {show_id('doc', mail.document_id)}")
    return "\n".join([*about, "", mail.text]).strip()
