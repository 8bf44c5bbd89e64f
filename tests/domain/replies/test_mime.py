"""Mails are taken apart as their senders meant them, and never blow up."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from orderhub.domain.replies.mime import read
from tests.domain.replies.letters import PDF, letter, picture, raw, raw_utf8, with_pdf, with_picture


def test_an_answer_with_a_receipt() -> None:
    mail = read(raw(with_pdf(letter())))
    assert (mail.sender, mail.subject) == ("awa@example.fr", "Re: Votre proforma – reçu")
    assert (mail.text, mail.message_id) == ("Bonjour, voici le virement.", "reply-1@example.fr")
    assert mail.addressed_to == ("hub@maison.example",)
    (file,) = mail.attachments
    assert (file.name, file.content, file.claimed_type, file.is_attached) == ("reçu.pdf", PDF, "application/pdf", True)
    assert not mail.is_automatic
    assert mail.unread is None


def test_accents_survive_every_way_of_writing_them() -> None:
    message = with_pdf(letter(text="Déjà payé à l’agence, œuvre n° 7."))
    message.replace_header("From", "Zoë <zoë@exämple.fr>")
    assert read(raw_utf8(message)).sender == "zoë@exämple.fr"
    assert read(raw_utf8(message)).subject == "Re: Votre proforma – reçu"
    latin = b"From: a@b.fr\r\nSubject: =?iso-8859-1?Q?d=E9j=E0?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
    mail = read(latin + b"Content-Transfer-Encoding: 8bit\r\n\r\npay\xe9 \xe0 l'agence")
    assert (mail.subject, mail.text) == ("déjà", "payé à l'agence")
    odd = read(b"From: a@b.fr\r\nSubject: =?klingon?B?////?=\r\nContent-Type: text/plain; charset=nope\r\n\r\n\xff?")
    assert odd.text == "ÿ?"


def test_text_is_read_in_the_characters_that_were_meant() -> None:
    for charset, content in (
        ("us-ascii", "l’été à 5 €".encode()),
        ("iso-8859-1", "l’été à 5 €".encode("cp1252")),
        ("", "l’été à 5 €".encode("cp1252")),
        ("punycode", "l’été à 5 €".encode()),
        ("base64", "l’été à 5 €".encode()),
        ("a\x00b", "l’été à 5 €".encode()),
        ("utf-16", "l’été à 5 €".encode("utf-16")),
    ):
        head = b"Content-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=" + charset.encode()
        assert read(head + b"\r\n\r\n" + content).text == "l’été à 5 €", charset


def test_text_that_was_cut_around_pictures_is_read_whole() -> None:
    message = letter(text="Voici le reçu :")
    with_picture(message, picture())
    message.add_attachment("Merci, Awa", disposition="inline")
    assert read(raw(message)).text == "Voici le reçu :\n\nMerci, Awa"


def test_what_is_no_text_to_read_is_a_file() -> None:
    message = letter()
    for subtype in ("csv", "calendar"):
        message.add_attachment("a;b\n", subtype=subtype, disposition="inline")
    assert [file.claimed_type for file in read(raw(message)).attachments] == ["text/csv", "text/calendar"]


def test_a_mail_that_is_not_divided_where_it_says_is_kept_whole() -> None:
    divided = raw(with_pdf(letter()))
    boundary = divided.partition(b'boundary="')[2].partition(b'"')[0]
    mail = read(divided.replace(b"--" + boundary, b"--another"))
    assert (mail.attachments, mail.subject) == ((), "Re: Votre proforma – reçu")
    assert mail.unread is not None


def test_html_alone_is_read_without_its_tags() -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "awa@example.fr"
    page = (
        "<html><head><style>p{}</style><title>t</title></head><body><p>Voil&agrave;</p><div>le <b>reçu</b></div></body>"
    )
    message.set_content(page, subtype="html")
    assert read(raw(message)).text.split() == ["Voilà", "le", "reçu"]


def test_receipts_are_found_in_nested_parts() -> None:
    """Text beside HTML, with a logo within, a photo beside, and the bank's mail forwarded as a whole."""
    message = letter()
    message.add_alternative('<p>Voici</p><img src="cid:logo">', subtype="html")
    html = message.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(picture(90, 40, "PNG"), "image", "png", cid="<logo>")
    with_picture(message, picture())
    message.add_attachment(with_pdf(letter(text="Avis de virement"), "avis.pdf"))
    mail = read(raw(message))
    assert mail.text == "Bonjour, voici le virement.\n\nAvis de virement"
    assert [(file.name, file.is_attached, file.is_embedded) for file in mail.attachments] == [
        ("", False, True),
        ("photo.jpg", True, False),
        ("avis.pdf", True, False),
    ]


def test_where_it_was_delivered_to_is_told() -> None:
    head = b"Delivered-To: one@x.example\r\nX-Original-To: two@x.example\r\nDelivered-To: three@x.example\r\n"
    mail = read(head + b"To: Maison <four@x.example>,\r\n five@x.example\r\nCc: six@x.example\r\n\r\nHi")
    assert mail.delivered_to == ("one@x.example", "three@x.example", "two@x.example")
    assert mail.addressed_to == ("Maison <four@x.example>, five@x.example", "six@x.example")


def test_hostile_names_and_headers_are_harmless() -> None:
    message = with_pdf(letter(), "../../etc/passwd\u202efdp.exe")
    mail = read(raw(message))
    assert "\u202e" not in mail.attachments[0].name
    assert read("Subject: a\u2028b\u202ec\r\n\r\n".encode()).subject == "a b c"
    nul = read(b"From: <a\x00b@c>\r\nSubject: x\x00y\x1b[2J\r\n\r\nte\x00xt\x07")
    assert (nul.sender, nul.subject, nul.text) == ("b@c", "x y [2J", "text")


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"\r\n",
        b"\x00\xff\xfe" * 1000,
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        b'Content-Type: image/png; name="=?utf-8?b?////"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!',
        b"Content-Type: text/plain; charset*=bad''%ff\r\n\r\nx",
        b"From: " + b"(" * 5000 + b"\r\nTo: " + b"<" * 5000 + b"\r\n\r\n",
        b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    ],
)
def test_anything_can_be_read(hostile: bytes) -> None:
    mail = read(hostile)
    assert len(mail.attachments) <= 1


def test_more_attachments_than_are_looked_into_are_kept_whole() -> None:
    message = letter()
    for number in range(21):
        with_pdf(message, f"{number}.pdf")
    mail = read(raw(message))
    assert mail.attachments == ()
    assert mail.unread == raw(message)
    assert mail.text == "Bonjour, voici le virement."


def test_the_same_mail_is_known_on_whichever_way_it_comes() -> None:
    mail = raw(with_pdf(letter()))
    first = read(mail).key("target")
    assert read(b"Received: from mx2\r\nDelivered-To: x@y.example\r\n" + mail).key("target") == first
    assert read(mail).key("another target") != first
    assert read(raw(with_pdf(letter(), content=PDF + b"\n"))).key("target") != first
    other = with_pdf(letter())
    other.replace_header("Message-ID", "<reply-2@example.fr>")
    assert read(raw(other)).key("target") != first
