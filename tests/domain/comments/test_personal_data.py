"""What a person leaves under items once erased: that they wrote, and where they were mentioned, without a name."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.schemas.comments import MOST_SHOWN
from orderhub.domain.accounts.handles import erased_handle
from orderhub.domain.accounts.models import Account
from orderhub.domain.comments.models import Comment
from orderhub.domain.comments.personal_data import erase_comments, export_comments
from orderhub.domain.comments.service import NewComment, write_comment
from orderhub.domain.comments.shown import ANYBODY, text_for
from orderhub.domain.events.models import Event
from orderhub.kit.errors import UnauthenticatedError
from tests.making.instants import NOON
from tests.making.items import add_item


async def wrote(session: AsyncSession, seller_id: UUID, author_id: UUID, text: str) -> Comment:
    seller = await session.get_one(Account, seller_id)
    listing = await add_item(session, seller_id)
    return await write_comment(session, listing, seller, NewComment(author_id, text), now=NOON)


async def confirm(session: AsyncSession) -> None:
    for account in await session.scalars(select(Account)):
        account.confirmed_at = NOON
    await session.flush()


async def told(session: AsyncSession) -> Sequence[Event]:
    """What was told of comments, as it stands in the log by now."""
    query = select(Event).where(Event.topic.startswith("comment.")).execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


async def test_what_was_written_is_exported_whole(session: AsyncSession, awa: UUID, bruno: UUID) -> None:
    await wrote(session, bruno, awa, "Écris à awa@example.fr")
    await wrote(session, awa, bruno, "Bonjour")
    (found,) = await export_comments(session, awa)
    assert (found["text"], found["parent_id"], found["deleted_at"]) == ("Écris à awa@example.fr", None, None)


async def test_what_was_written_is_emptied_in_the_log_too(session: AsyncSession, awa: UUID, bruno: UUID) -> None:
    comment = await wrote(session, bruno, awa, "Écris à awa@example.fr")
    (await session.get_one(Account, awa)).handle = erased_handle(awa)
    await session.flush()
    await erase_comments(session, awa)
    assert (comment.text, comment.spans, comment.mentions) == ("", [], [])
    (event,) = await told(session)
    said = event.data["comment"]
    assert (said["text"], said["masked"], said["author"]["handle"]) == ("", [], erased_handle(awa))


async def test_mentions_of_them_name_nobody_and_all_else_stays_in_its_place(
    session: AsyncSession, awa: UUID, bruno: UUID, driss: UUID
) -> None:
    await confirm(session)
    comment = await wrote(session, bruno, awa, "@driss, écris à awa@example.fr ; @bruno et @driss : merci")
    await erase_comments(session, driss)
    gone = f"@{erased_handle(driss)}"
    assert comment.text == f"{gone}, écris à awa@example.fr ; @bruno et {gone} : merci"
    assert text_for(comment, ANYBODY).text == f"{gone}, écris à ••••• ; @bruno et {gone} : merci"
    at = [comment.text[each["start"] : each["end"]] for each in comment.mentions]
    assert at == [gone, "@bruno", gone]
    assert {event.data["comment"]["text"] for event in await told(session)} == {text_for(comment, ANYBODY).text}


async def test_however_often_they_are_mentioned_the_comment_can_be_shown(
    session: AsyncSession, awa: UUID, bruno: UUID, driss: UUID
) -> None:
    """The handle of somebody erased is longer than theirs was: the longest comment of shortest mentions is the most."""
    await confirm(session)
    (await session.get_one(Account, driss)).handle = "dri"
    await session.flush()
    comment = await wrote(session, bruno, awa, "@dri " * 399 + "@dri")
    await erase_comments(session, driss)
    assert 10_000 < len(comment.text) <= MOST_SHOWN
    gone = f"@{erased_handle(driss)}"
    assert comment.text == " ".join([gone] * 400)
    assert {comment.text[each["start"] : each["end"]] for each in comment.mentions} == {gone}


async def test_nobody_writes_once_erased(session: AsyncSession, awa: UUID, bruno: UUID) -> None:
    (await session.get_one(Account, awa)).erased_at = NOON
    await session.flush()
    with pytest.raises(UnauthenticatedError):
        await wrote(session, bruno, awa, "Bonjour")
