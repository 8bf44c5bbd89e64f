"""What Awa wrote to us is hers: exported whole, and emptied when she goes."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.cases.personal_data import erase_cases
from orderhub.domain.replies.models import InboundMail
from orderhub.domain.replies.personal_data import erase_mails, export_mails
from orderhub.kit.ids import new_id, show_id
from tests.making.instants import NOON
from tests.making.people import add_person

SAID = "Le reçu est joint, appelez-moi au 06 12 34 56 78."


async def write(session: AsyncSession, account_id: UUID) -> tuple[InboundMail, Case]:
    """A mail of this account's that became a case."""
    reason = f"No receipt.\nFrom: awa@example.fr\n\n{SAID}"
    case = Case(id=new_id(), kind=CaseKind.MAIL.value, opened_by=account_id, reason=reason, opened_at=NOON)
    session.add(case)
    await session.flush()
    mail = InboundMail(
        id=new_id(),
        message_key=new_id().bytes,
        received_at=NOON,
        sender="awa@example.fr",
        subject="Re: proforma",
        text=SAID,
        account_id=account_id,
        file_ids=[new_id()],
        meant=1,
        outcome="case",
        case_id=case.id,
    )
    session.add(mail)
    await session.flush()
    return mail, case


async def test_mails_are_exported_and_emptied_with_the_case_that_quotes_them(session: AsyncSession) -> None:
    awa, fatou = await add_person(session, "awa"), await add_person(session, "fatou")
    mine, my_case = await write(session, awa)
    hers, her_case = await write(session, fatou)
    assert await export_mails(session, awa) == [
        {
            "received_at": "2026-11-23T12:00:00Z",
            "message_id": None,
            "sender": "awa@example.fr",
            "subject": "Re: proforma",
            "text": SAID,
            "files": [show_id("fil", mine.file_ids[0])],
            "outcome": "case",
        }
    ]
    await erase_mails(session, awa)
    await erase_cases(session, awa)
    texts = dict((await session.execute(select(InboundMail.id, InboundMail.text))).all())
    assert texts == {mine.id: "", hers.id: SAID}
    reasons = dict((await session.execute(select(Case.id, Case.reason))).all())
    assert reasons[my_case.id] == "No receipt."
    assert reasons[her_case.id].endswith(SAID)
