"""A mail that can't be read in its time is kept whole, and holds up no other."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from orderhub.domain.replies.mail import MAX_BYTES
from orderhub.domain.replies.reading import MailReader
from orderhub.infra.isolation.pool import Isolation
from tests.domain.replies.letters import PDF, letter, picture, raw, with_pdf, with_picture

LARGEST = 5800
"""Pixels of a side; a picture may have 40 million."""


@pytest.fixture
async def isolation() -> AsyncIterator[Isolation]:
    async with Isolation() as found:
        yield found


def large() -> bytes:
    """A mail of nearly the largest size: three documents of several megabytes."""
    message = letter()
    for number in range(3):
        with_pdf(message, f"{number}.pdf", PDF + os.urandom(MAX_BYTES // 5))
    return raw(message)


async def test_the_largest_mail_is_read(isolation: Isolation) -> None:
    reader, message = MailReader(isolation), large()
    mail, kept = await reader.look_into(await reader.read(message), message)
    assert mail.unread is None
    assert [each.upload.size for each in kept] == [len(PDF) + MAX_BYTES // 5] * 3
    assert kept[0].upload.content.read(8) == PDF[:8]


async def test_a_mail_that_takes_too_long_to_read_is_kept_whole(isolation: Isolation) -> None:
    reader, message = MailReader(isolation, read_within=0.01), large()
    mail = await reader.read(message)
    assert mail.unread == message
    assert (mail.sender, mail.subject, mail.attachments) == ("awa@example.fr", "Re: Votre proforma – reçu", ())
    assert [each.upload.name for each in (await reader.look_into(mail, message))[1]] == ["message.zip"]


async def test_a_mail_whose_files_take_too_long_is_kept_whole(isolation: Isolation) -> None:
    reader = MailReader(isolation, look_within=0.05)
    message = raw(with_picture(letter(), picture(LARGEST, LARGEST, "PNG"), "photo.png"))
    read = await reader.read(message)
    assert [file.name for file in read.attachments] == ["photo.png"]
    mail, kept = await reader.look_into(read, message)
    assert (mail.unread, mail.attachments, mail.subject) == (message, (), read.subject)
    assert [(each.upload.name, each.may_be_proof) for each in kept] == [("message.zip", False)]


async def test_other_mails_go_on_meanwhile(isolation: Isolation) -> None:
    reader, hostile, photo = MailReader(isolation), letter(), picture(LARGEST, LARGEST, "PNG")
    for number in range(9):
        with_picture(hostile, photo, f"{number}.png")
    slow = asyncio.create_task(reader.look_into(await reader.read(raw(hostile)), raw(hostile)))
    for number in range(3):
        message = raw(with_pdf(letter(), f"{number}.pdf"))
        _, kept = await reader.look_into(await reader.read(message), message)
        assert [each.upload.name for each in kept] == [f"{number}.pdf"]
    assert not slow.done()
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
