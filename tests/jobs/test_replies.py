"""Awa answers our mails: what becomes of each answer, once, whatever happens on the way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.cases.models import Case
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.events.models import Event
from orderhub.domain.files.models import File
from orderhub.domain.notifications.models import SandboxMail
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.manual import MailedProof
from orderhub.domain.payments.models import Payment, Proof
from orderhub.domain.quotes.mailed import accept_by_mail
from orderhub.domain.quotes.models import Quote
from orderhub.domain.replies.addresses import DocumentReply, QuoteVersionReply
from orderhub.domain.replies.applying import Ways, apply
from orderhub.domain.replies.models import InboundMail
from orderhub.domain.replies.reading import MailReader
from orderhub.infra.database import Database
from orderhub.infra.isolation.pool import Isolation
from orderhub.jobs.context import WorkerContext
from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from orderhub.kit.text import Language
from tests.domain.replies.letters import PDF, letter, picture, raw, with_pdf, with_picture
from tests.jobs.inbox import Inbox, issue
from tests.making import documents, quotes
from tests.making.documents import OPERATOR
from tests.making.people import add_person
from tests.making.purchases import lead_order


@pytest.fixture
async def inbox(context: WorkerContext) -> AsyncIterator[Inbox]:
    """Chloé has issued Awa's proforma."""
    async with context.database.session() as session:
        awa = await add_person(session, "awa", now=real_now())
        chloe = await add_person(session, "chloe", now=real_now())
        quote = await quotes.add_quote(session, awa, now=real_now())
    await issue(context.database, quote.id, chloe)
    async with Isolation() as isolation:
        yield Inbox(context, MailReader(isolation), quote.id, awa)


async def test_a_reply_with_a_receipt_accepts_the_proforma_and_brings_the_proof(inbox: Inbox) -> None:
    assert await inbox.take(with_pdf(letter(inbox.of_version()))) == "recorded"
    await inbox.work()
    order = await inbox.order()
    assert (order.status, order.buyer_id, order.seller_id) == ("deposit_review", inbox.buyer_id, HOUSE_ID)
    async with inbox.context.database.session() as session:
        proof = (await session.scalars(select(Proof))).one()
        file = await session.get_one(File, proof.file_id)
        quote = await session.get_one(Quote, inbox.quote_id)
    assert (proof.order_id, proof.via, proof.status, proof.amount) == (order.id, "mail", "under_review", None)
    assert proof.sha256 == file.sha256 == sha256(PDF).digest()
    assert (file.owner_id, file.name, file.purpose) == (inbox.buyer_id, "reçu.pdf", "attachment")
    assert (quote.status, quote.order_id) == ("accepted", order.id)
    assert await inbox.ends() == [("accepted", None)]
    assert await inbox.count(Case) == 0
    assert await inbox.told() == ["mail.accepted"]


async def test_the_sender_is_told_by_mail(inbox: Inbox) -> None:
    await inbox.take(with_pdf(letter(inbox.of_version())))
    await inbox.work()
    async with inbox.context.database.session() as session:
        mails = await session.scalars(select(SandboxMail).where(SandboxMail.recipient == "awa@example.fr"))
        found = [mail for mail in mails if mail.subject.startswith("Proforma acceptée, preuve reçue")]
    assert len(found) == 1
    assert "accepte la proforma « Sandales »" in found[0].text


async def test_the_same_mail_twice_has_one_effect(inbox: Inbox) -> None:
    message = with_pdf(letter(inbox.of_version()))
    assert await inbox.take(message) == "recorded"
    assert await inbox.take(b"Received: from mx2.example\r\n" + raw(message)) == "repeated"
    await inbox.work()
    assert await inbox.take(message) == "repeated"
    await inbox.work()
    assert [await inbox.count(table) for table in (InboundMail, Order, Proof, Payment, Case)] == [1, 1, 1, 1, 0]
    assert await inbox.told() == ["mail.accepted"]


async def test_a_receipt_for_an_order_that_awaits_its_deposit_is_submitted(inbox: Inbox) -> None:
    await inbox.take(with_pdf(letter(inbox.of_version())))
    await inbox.work()
    await lead_order(inbox.context.database, (await inbox.order()).id, "reject_proof")
    second = with_picture(letter(inbox.of_version(), "La bonne photo"), picture())
    await inbox.take(second)
    await inbox.work()
    assert await inbox.ends() == [("accepted", None), ("submitted", None)]
    assert (await inbox.order()).status == "deposit_review"
    assert await inbox.count(Proof) == 2
    assert await inbox.told() == ["mail.accepted", "mail.submitted"]


async def test_a_receipt_for_an_invoice_whose_balance_is_awaited_is_submitted(inbox: Inbox) -> None:
    await inbox.take(with_pdf(letter(inbox.of_version())))
    await inbox.work()
    steps = ("confirm_deposit", "purchase", "receive", "issue_final_invoice")
    order = await lead_order(inbox.context.database, (await inbox.order()).id, *steps)
    assert order.status == "awaiting_balance"
    invoice = document_row(
        DocumentKind.FINAL_INVOICE, documents.final_invoice(), Subject(order_id=order.id), at=real_now(), by=None
    )
    async with inbox.context.database.session() as session:
        session.add(Document(**invoice))
    address = inbox.addresses.make(DocumentReply(invoice["id"]))
    await inbox.take(with_pdf(letter(address, "Le solde"), "solde.pdf", PDF + b"2"))
    await inbox.work()
    assert (await inbox.ends())[1:] == [("submitted", None)]
    assert (await inbox.order()).status == "balance_review"
    # The invoice's address asks for the balance: of an order that reviews it, nothing is awaited.
    await inbox.take(with_pdf(letter(address, "Encore"), "solde.pdf", PDF + b"3"))
    await inbox.work()
    assert (await inbox.ends())[2:] == [("case", "not_awaited")]
    assert (await inbox.case())[0].order_id == order.id


async def test_a_receipt_that_nothing_awaits_becomes_a_case(inbox: Inbox) -> None:
    await inbox.take(with_pdf(letter(inbox.of_version())))
    await inbox.work()
    await inbox.take(with_pdf(letter(inbox.of_version(), "Voici le reçu\nde la banque"), "copie.pdf", PDF + b"2"))
    await inbox.work()
    assert await inbox.ends() == [("accepted", None), ("case", "not_awaited")]
    case, files = await inbox.case()
    assert case.order_id == (await inbox.order()).id
    assert [file.name for file in files] == ["copie.pdf"]
    assert "From: awa@example.fr" in case.reason
    assert show_id("quo", inbox.quote_id) in case.reason
    assert case.reason.endswith("Voici le reçu\nde la banque")
    assert await inbox.told() == ["mail.accepted", "mail.not_awaited"]


async def test_a_version_that_is_no_longer_current_is_not_accepted(inbox: Inbox) -> None:
    await issue(inbox.context.database, inbox.quote_id, inbox.buyer_id)
    await inbox.take(with_pdf(letter(inbox.of_version(1))))
    await inbox.work()
    assert await inbox.ends() == [("case", "not_awaited")]
    assert await inbox.count(Order) == 0
    await inbox.take(with_pdf(letter(inbox.of_version(2))))
    await inbox.work()
    assert (await inbox.ends())[1:] == [("accepted", None)]


async def test_a_reply_without_a_receipt_becomes_a_case(inbox: Inbox) -> None:
    message = letter(inbox.of_version(), "Je paie demain, promis.")
    message.add_attachment(b"MZ\x90" + bytes(99), maintype="application", subtype="x-dosexec", filename="recu.exe")
    await inbox.take(message)
    await inbox.work()
    assert await inbox.ends() == [("case", "no_proof")]
    case, files = await inbox.case()
    assert case.opened_by == inbox.buyer_id
    assert [file.media_type for file in files] == ["application/zip"]
    assert await inbox.count(Order) == 0
    assert await inbox.told() == ["mail.without_proof"]


def an_address(inbox: Inbox, change: str) -> str:
    local, _, domain = inbox.of_version().partition("@")
    found = {"tampered": f"{local[:-3]}aaa@{domain}", "elsewhere": f"{local}@x.example", "none": f"hello@{domain}"}
    return found[change]


@pytest.mark.parametrize("change", ["tampered", "elsewhere", "none"])
async def test_an_address_that_we_did_not_make_opens_nothing_but_a_case(inbox: Inbox, change: str) -> None:
    await inbox.take(with_pdf(letter(an_address(inbox, change))))
    await inbox.work()
    assert await inbox.ends() == [("case", "unknown_address")]
    case, files = await inbox.case()
    assert (case.order_id, case.opened_by) == (None, None)
    assert [(file.name, file.owner_id) for file in files] == [("reçu.pdf", HOUSE_ID)]
    assert await inbox.count(Order) == 0
    assert await inbox.told() == []


async def test_where_a_server_delivers_to_decides(inbox: Inbox) -> None:
    other = inbox.addresses.make(QuoteVersionReply(inbox.buyer_id, 1))
    message = raw(with_pdf(letter(f"{other}, {inbox.of_version()}")))
    await inbox.take(message)
    await inbox.work()
    assert await inbox.ends() == [("case", "several_addresses")]
    await inbox.take(f"Delivered-To: {inbox.of_version().upper()}\r\n".encode() + message)
    await inbox.work()
    assert (await inbox.ends())[1:] == [("accepted", None)]


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
