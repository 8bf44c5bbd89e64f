"""Writes the sample data: who is there, what is sold, then the stories in the order in which they happened."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.adapters.storage.objects import open_storage
from orderhub.bootstrap import operator_of
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.infra.embedded_postgres import default_data_dir
from orderhub.seed import questions
from orderhub.seed.at_provider import pay_at_provider
from orderhub.seed.attic import ATTIC, write_attic
from orderhub.seed.baskets import BASKETS, gather
from orderhub.seed.directory import write_shops
from orderhub.seed.haggling import BOUGHT, HAGGLES, Haggle, offer, reply, write_coat
from orderhub.seed.inquiries import INQUIRIES, answer, ask
from orderhub.seed.notifying import notify_everybody
from orderhub.seed.one_transaction import one_transaction
from orderhub.seed.people import hash_password, sign_everybody_in, write_people
from orderhub.seed.questions import QUESTIONS
from orderhub.seed.quoting import QUOTES, TO_REQUEST, moments_of
from orderhub.seed.running import RUNNING
from orderhub.seed.shelves import write_listings
from orderhub.seed.sourcing import SOURCED
from orderhub.seed.stage import Stage, set_right, turn_back
from orderhub.seed.steps import Step, Story, place
from orderhub.seed.stories import ENDED
from orderhub.seed.trading import write_traders
from orderhub.seed.uploads import Stored, store_files, write_files
from orderhub.seed.wardrobe import write_items
from orderhub.settings import Settings

BEGINNING: Final = timedelta(days=72)
"""How long ago the stories begin."""
_ANSWERED_AFTER: Final = timedelta(hours=4)

STORIES: Final = (*ENDED, *RUNNING, *ATTIC, BOUGHT)

Moment = tuple[datetime, Callable[[Stage], Awaitable[None]]]


async def seed(database: Database, settings: Settings, stories: Sequence[Story] = STORIES) -> None:
    """Write the sample data into a migrated database, unless somebody is there already."""
    if await _is_inhabited(database):
        return
    password_hash = await hash_password()
    folder = settings.server.data_dir or default_data_dir()
    stored = await store_files(open_storage(settings.files.url, folder / "files"))
    async with one_transaction(database) as whole:
        async with whole.session() as session:
            now = await business_now(session)
            sessions = await _furnish(session, settings, password_hash, stored, now)
            ahead = await turn_back(session, BEGINNING)
        stage = Stage(whole, sessions, now - BEGINNING, operator_of(settings))
        await _play(stage, stories, now)
        async with whole.session() as session:
            await set_right(session, ahead)
            await notify_everybody(session, now)
    await pay_at_provider(database, settings.payments)


async def _is_inhabited(database: Database) -> bool:
    """Whether there is anybody but the house, which is there from the beginning."""
    async with database.session() as session:
        return bool(await session.scalar(select(exists(select(Account.id).where(Account.id != HOUSE_ID)))))


async def _furnish(
    session: AsyncSession, settings: Settings, password_hash: str, stored: Sequence[Stored], now: datetime
) -> Mapping[UUID, UUID]:
    """People, their sessions, files, listings and shops; the sessions by account."""
    begun = now - BEGINNING
    await write_people(session, password_hash, now)
    await write_files(session, stored, begun)
    await write_listings(session, begun)
    await write_coat(session, begun)
    await write_items(session, begun)
    await write_attic(session, begun)
    await write_shops(session, begun)
    await write_traders(session, now)
    return await sign_everybody_in(session, timedelta(days=settings.auth.refresh_days))


async def _play(stage: Stage, stories: Sequence[Story], until: datetime) -> None:
    for instant, do in _moments(stories, until):
        await stage.go(instant)
        await do(stage)
    await stage.go(until)


def _moments(stories: Sequence[Story], now: datetime) -> list[Moment]:
    """Everything that happens, in order."""
    found: list[Moment] = []
    for story in stories:
        found += _moments_of(story, now - timedelta(days=story.days_ago))
    for request in (*QUOTES, *SOURCED):
        found += moments_of(request, now)
    for inquiry in INQUIRIES:
        at = now - timedelta(days=inquiry.days_ago)
        found.append((at, partial(ask, inquiry=inquiry)))
        if inquiry.answer:
            found.append((at + _ANSWERED_AFTER, partial(answer, inquiry=inquiry)))
    for haggle in HAGGLES:
        found += _haggling(haggle, now)
    found += [(now - timedelta(days=each.days_ago), partial(questions.write, question=each)) for each in QUESTIONS]
    found += [
        (now - timedelta(days=basket.days_ago), partial(gather, basket=basket)) for basket in (*BASKETS, TO_REQUEST)
    ]
    return sorted(found, key=lambda moment: moment[0])


def _haggling(haggle: Haggle, now: datetime) -> list[Moment]:
    offered: Moment = (now - timedelta(hours=haggle.hours_ago), partial(offer, haggle=haggle))
    if haggle.reply is None:
        return [offered]
    replied = partial(reply, haggle=haggle, reply=haggle.reply)
    return [offered, (now - timedelta(hours=haggle.reply.hours_ago), replied)]


def _moments_of(story: Story, placed_at: datetime) -> list[Moment]:
    hours = accumulate(after for after, _ in story.steps)
    instants = [placed_at + timedelta(hours=passed) for passed in hours]
    scenes = [_scene(step, story) for _, step in story.steps]
    return [(placed_at, _scene(place, story)), *zip(instants, scenes, strict=True)]


def _scene(step: Step, story: Story) -> Callable[[Stage], Awaitable[None]]:
    return lambda stage: step(stage, story)
