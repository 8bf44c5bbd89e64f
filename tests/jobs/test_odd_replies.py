"""Answers as mail programs, machines and strangers write them: what is more or less than a letter with a receipt."""

import pytest
from sqlalchemy import select

from orderhub.domain.cases.models import Case
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.events.models import Event
from orderhub.domain.files.models import File
from orderhub.domain.notifications.models import SandboxMail
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Proof
from orderhub.domain.replies.models import InboundMail
from orderhub.kit.clock import real_now
from orderhub.kit.text import Language
from tests.domain.replies.letters import PDF, letter, picture, raw, with_pdf, with_picture
from tests.jobs.inbox import Inbox
from tests.making import documents


async def test_what_came_besides_the_proof_is_not_lost(inbox: Inbox) -> None:
    message = with_picture(with_pdf(letter(inbox.of_version())), picture(), "page2.jpg")
    await inbox.take(message)
    await inbox.work()
    assert await inbox.ends() == [("accepted", "more_files")]
    case, files = await inbox.case()
    assert case.order_id == (await inbox.order()).id
    assert [file.name for file in files] == ["page2.jpg"]


async def test_what_mail_programs_add_is_no_case(inbox: Inbox) -> None:
    message = letter(inbox.of_version())
    message.add_related(picture(120, 60), "image", "jpeg", cid="<logo>", filename="image001.jpg")
    name, ours = await printed_proforma(inbox)
    with_pdf(with_pdf(message, name, ours))
    await inbox.take(message)
    await inbox.work()
    assert await inbox.ends() == [("accepted", None)]
    assert [await inbox.count(table) for table in (File, Case)] == [3, 0]


async def printed_proforma(inbox: Inbox) -> tuple[str, bytes]:
    """One of our own documents: the name of its file, and the file as it is mailed."""
    content = documents.proforma()
    subject = Subject(quote_id=inbox.quote_id, quote_version=9)
    row = document_row(DocumentKind.PROFORMA, content, subject, at=real_now(), by=None)
    async with inbox.context.database.session() as session:
        session.add(Document(**row))
    return f"{row['number']}.pdf", await inbox.context.printer.print(DocumentKind.PROFORMA, content, Language.FRENCH)


async def test_a_receipt_that_is_called_like_one_of_our_documents_is_a_proof(inbox: Inbox) -> None:
    name, ours = await printed_proforma(inbox)
    for file in (PDF, ours + b"% signed"):
        message = letter(inbox.of_version())
        await inbox.take(with_pdf(message, name, file))
    await inbox.take(with_pdf(letter(inbox.of_version()), name, ours))
    async with inbox.context.database.session() as session:
        mails = (await session.scalars(select(InboundMail).order_by(InboundMail.id))).all()
    assert [mail.proof_file_id is not None for mail in mails] == [True, True, False]
    assert [mail.meant for mail in mails] == [1, 1, 0]


async def test_a_mail_in_too_many_pieces_is_kept_whole(inbox: Inbox) -> None:
    message = letter(inbox.of_version())
    for number in range(21):
        with_pdf(message, f"{number}.pdf")
    await inbox.take(message)
    await inbox.work()
    assert await inbox.ends() == [("case", "unreadable")]
    assert [file.name for file in (await inbox.case())[1]] == ["message.zip"]
    assert await inbox.told() == ["mail.passed_on"]


async def test_what_takes_long_to_read_is_kept_whole_and_others_go_on(inbox: Inbox) -> None:
    plain = raw(with_pdf(letter(inbox.of_version())))
    hostile = plain.replace(b"application/pdf", b'image/png; name="' + b";" * 64_000)
    assert await inbox.take(hostile) == await inbox.take(plain) == "recorded"
    await inbox.work()
    assert await inbox.ends() == [("case", "unreadable"), ("accepted", None)]
    case, files = await inbox.case()
    assert [file.name for file in files] == ["message.zip"]
    assert "Re: Votre proforma" in case.reason
    # The two are worked on side by side: which ends first is nobody's promise.
    assert sorted(await inbox.told()) == ["mail.accepted", "mail.passed_on"]


async def test_html_that_never_ends_is_no_reason_to_lose_the_receipt(inbox: Inbox) -> None:
    message = letter(inbox.of_version())
    message.set_content("Payé<br>" + "<a x='" * 6_000, subtype="html")
    await inbox.take(with_pdf(message))
    await inbox.work()
    assert await inbox.ends() == [("accepted", None)]
    assert [mail.text for mail in await inbox.mails()] == ["Payé"]


async def test_a_receipt_whose_encoding_is_written_oddly_is_a_receipt(inbox: Inbox) -> None:
    message = raw(with_pdf(letter(inbox.of_version())))
    await inbox.take(message.replace(b"-Encoding: base64", b"-Encoding: base64 "))
    await inbox.work()
    assert await inbox.ends() == [("accepted", None)]
    assert await inbox.told() == ["mail.accepted"]


async def test_a_receipt_that_begins_a_little_late_is_a_receipt(inbox: Inbox) -> None:
    await inbox.take(with_pdf(letter(inbox.of_version()), content=b"\n" + PDF))
    await inbox.work()
    assert await inbox.ends() == [("accepted", None)]


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: auto-generated", "Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes"]
)
async def test_a_receipt_from_a_machine_is_staffs_to_look_at_and_nobody_is_answered(inbox: Inbox, header: str) -> None:
    message = header.encode() + b"\r\n" + raw(with_pdf(letter(inbox.of_version())))
    assert await inbox.take(message) == "recorded"
    assert await inbox.take(message) == "repeated"
    await inbox.work()
    assert await inbox.ends() == [("case", "automatic")]
    case, files = await inbox.case()
    assert (case.opened_by, [file.name for file in files]) == (inbox.buyer_id, ["reçu.pdf"])
    assert [await inbox.count(table) for table in (Order, Proof)] == [0, 0]
    assert await inbox.told() == []
    async with inbox.context.database.session() as session:
        recipients = set(await session.scalars(select(SandboxMail.recipient)))
        topics = set(await session.scalars(select(Event.topic)))
    assert "awa@example.fr" not in recipients
    assert "case.opened" in topics


async def test_a_mail_that_says_no_machine_wrote_it_is_a_persons(inbox: Inbox) -> None:
    await inbox.take(b"X-Autoreply: no\r\n" + raw(with_pdf(letter(inbox.of_version()))))
    await inbox.work()
    assert await inbox.ends() == [("accepted", None)]
    assert await inbox.told() == ["mail.accepted"]


async def test_an_absent_persons_machine_without_a_receipt_has_no_effect(inbox: Inbox) -> None:
    message = letter(inbox.of_version(), "Je suis absente jusqu'au 3 décembre.")
    message["Auto-Submitted"] = "auto-replied"
    message.add_related(picture(120, 60), "image", "jpeg", cid="<logo>", filename="image001.jpg")
    assert await inbox.take(message) == "automatic"
    assert await inbox.take(message) == "repeated"
    await inbox.work()
    assert await inbox.ends() == [("automatic", None)]
    assert [mail.text for mail in await inbox.mails()] == ["Je suis absente jusqu'au 3 décembre."]
    assert [await inbox.count(table) for table in (Order, Case, File)] == [0, 0, 1]
    assert await inbox.told() == []
