"""Awa answers our mails: what becomes of each answer."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.cases.models import Case
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.files.models import File
from orderhub.domain.notifications.models import SandboxMail
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Proof
from orderhub.domain.quotes.models import Quote
from orderhub.domain.replies.addresses import DocumentReply, QuoteVersionReply
from orderhub.domain.replies.models import InboundMail
from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from tests.domain.replies.letters import PDF, letter, picture, raw, with_pdf, with_picture
from tests.jobs.inbox import Inbox, issue
from tests.making import documents
from tests.making.purchases import lead_order


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
