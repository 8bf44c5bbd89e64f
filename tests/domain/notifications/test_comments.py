"""Bruno hears of a question under his jacket, Awa of the answer, Driss that he is mentioned."""

from collections.abc import Sequence
from datetime import UTC
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.preferences import Channel, Topic, replace_preferences
from orderhub.domain.catalog.models import Listing
from orderhub.domain.comments.models import Comment
from orderhub.domain.comments.service import Deleter, NewComment, delete_comment, write_comment
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.models import Notification
from orderhub.domain.notifications.phrases import filled
from orderhub.domain.notifications.service import Addressed, notify
from orderhub.kit.ids import show_id
from orderhub.kit.text import Language
from tests.making.instants import NOON
from tests.making.items import add_item


@pytest.fixture
async def jacket(session: AsyncSession, bruno: UUID) -> Listing:
    for account in await session.scalars(select(Account)):
        account.confirmed_at = NOON
    return await add_item(session, bruno, title="Veste, 06 12 34 56 78")


async def write(
    session: AsyncSession, listing: Listing, author_id: UUID, text: str, to: Comment | None = None
) -> Comment:
    seller = await session.get_one(Account, listing.seller_id)
    said = NewComment(author_id, text, to and to.id)
    return await write_comment(session, listing, seller, said, now=NOON)


async def told(session: AsyncSession, comment: Comment) -> Sequence[Addressed]:
    events = await session.scalars(select(Event).where(Event.subject == show_id("cmt", comment.id)))
    return [each for event in events.all() for each in await notify(session, event)]


async def alert_of(session: AsyncSession, account_id: UUID) -> Notification:
    return (await session.scalars(select(Notification).where(Notification.account_id == account_id))).one()


async def test_each_hears_what_concerns_them_in_the_member_area_and_by_mail(
    session: AsyncSession, awa: UUID, bruno: UUID, driss: UUID, jacket: Listing
) -> None:
    driss_account = await session.get_one(Account, driss)
    driss_account.confirmed_at = NOON
    asked = await write(session, jacket, awa, "Taille-t-elle petit, @driss ? awa@example.fr")
    mails = await told(session, asked)
    assert {(mail.account_id, mail.channel) for mail in mails} == {(bruno, Channel.EMAIL), (driss, Channel.EMAIL)}
    seller, third = await alert_of(session, bruno), await alert_of(session, driss)
    assert (seller.topic, seller.code, seller.listing_id) == ("comments", "comment.asked", jacket.id)
    title, body = filled(seller.code, seller.params, Language.FRENCH, UTC)
    assert title == "Nouvelle question"
    assert body == ("awa a écrit sous votre annonce « Veste, 06 12 34 56 78 » : Taille-t-elle petit, @driss ? •••••")
    assert filled(third.code, third.params, Language.ENGLISH, UTC) == (
        "You are mentioned",
        "awa mentions you under the listing “Veste, •••••”: Taille-t-elle petit, @driss ? •••••",
    )
    await told(session, await write(session, jacket, bruno, "Non.", asked))
    assert (await alert_of(session, awa)).code == "comment.answered"


async def test_who_wants_no_mail_gets_none(session: AsyncSession, awa: UUID, bruno: UUID, jacket: Listing) -> None:
    await replace_preferences(session, bruno, {Topic.COMMENTS: frozenset({Channel.IN_APP})})
    assert await told(session, await write(session, jacket, awa, "Bonjour ?")) == []
    assert (await alert_of(session, bruno)).code == "comment.asked"


async def test_nobody_hears_of_what_was_deleted_meanwhile(
    session: AsyncSession, awa: UUID, bruno: UUID, jacket: Listing
) -> None:
    comment = await write(session, jacket, awa, "Bonjour ?")
    await delete_comment(session, jacket.id, comment.id, by=Deleter(awa, is_support=False), now=NOON)
    assert await told(session, comment) == []
    assert (await session.scalars(select(Notification))).all() == []
