"""What the town has for comments: Bruno's jacket, under which Awa asks, and one that is hidden by now."""

from collections.abc import Mapping

from sqlalchemy import update

from orderhub.domain.catalog.models import Listing
from orderhub.domain.comments.models import Comment
from orderhub.infra.database import Database
from orderhub.kit.ids import parse_id, show_id
from tests.lives.world import Person
from tests.making.items import add_item


async def ask_in_public(database: Database, people: Mapping[str, Person]) -> dict[str, dict[str, str]]:
    """The listings and Awa's comments; under the hidden one, too."""
    async with database.session() as session:
        items = [await add_item(session, people["seller"].account_id) for _ in range(2)]
    shown, hidden = [{"listing_id": show_id("lst", item.id)} for item in items]
    asked = [await _ask(people["buyer"], item) for item in (shown, hidden)]
    async with database.session() as session:
        await session.execute(update(Listing).where(Listing.id == items[1].id).values(state="paused"))
    return {"item": shown, "hidden_item": hidden, "comment": shown | asked[0], "hidden_comment": hidden | asked[1]}


async def undelete(database: Database, thing: Mapping[str, str]) -> None:
    """Have the comment there, whoever deleted it."""
    async with database.session() as session:
        comment = await session.get_one(Comment, parse_id("cmt", thing["comment_id"]))
        comment.deleted_at = comment.deleted_by = None


async def _ask(person: Person, item: Mapping[str, str]) -> dict[str, str]:
    path = f"/listings/{item['listing_id']}/comments"
    return {"comment_id": (await person.ask("POST", path, 201, json={"text": "Taille-t-elle petit ?"}))["id"]}
