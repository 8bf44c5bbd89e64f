"""What people of the sample data ask in public under a bicycle; one of them gives a number away, and is flagged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog import service
from orderhub.domain.catalog.items import Condition, ParcelSize
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.service import ListingChanges
from orderhub.domain.comments.service import NewComment, write_comment
from orderhub.domain.samples import AWA, KOFFI, LEA, YANNICK, Files, Questions, SamplePerson
from orderhub.infra.business_clock import business_now
from orderhub.kit.money import Money
from orderhub.seed.stage import Stage


@dataclass(frozen=True, slots=True)
class Question:
    """A comment, and since how many days it stands there."""

    id: UUID
    author: SamplePerson
    days_ago: float
    text: str
    parent_id: UUID | None = None


QUESTIONS: Final[Sequence[Question]] = (
    Question(Questions.SIZE, LEA, 5, "Bonjour, quelle est la taille du cadre ? Je mesure 1,65 m."),
    Question(
        Questions.ANSWER, YANNICK, 4.9, "Bonjour @lea, c’est un 50 : il devrait vous aller.", parent_id=Questions.SIZE
    ),
    Question(Questions.FLAGGED, KOFFI, 3, "Toujours disponible ? Appelez-moi au 07 07 65 43 21."),
    Question(Questions.TO_DELETE, AWA, 1, "Pardon, je me suis trompée d’annonce."),
)


async def _write_bicycle(session: AsyncSession) -> None:
    """What they ask about."""
    changes = ListingChanges(
        title="Vélo de ville, cadre acier",
        description="Révisé au printemps, freins et pneus neufs. Une rayure sur le garde-boue arrière.",
        category="sports_leisure",
        price=Money(14_000, "EUR"),
        condition=Condition.GOOD.value,
        parcel_size=ParcelSize.LARGE.value,
        size="50",
        brand="Peugeot",
        colour="vert",
        takes_offers=True,
        photo_ids=[Files.MOVING_PHOTO],
        state=ListingState.ACTIVE,
    )
    now = await business_now(session)
    bicycle = await service.create_listing(
        session, seller_id=YANNICK.id, changes=changes, now=now, kind=ListingKind.ITEM
    )
    bicycle.id = Questions.BICYCLE
    await session.flush()


async def write(stage: Stage, question: Question) -> None:
    """One of them, with an id that is known beforehand."""
    async with stage.database.session() as session:
        if await session.get(Listing, Questions.BICYCLE) is None:
            await _write_bicycle(session)
        listing = await session.get_one(Listing, Questions.BICYCLE)
        seller = await session.get_one(Account, YANNICK.id)
        said = NewComment(question.author.id, question.text, question.parent_id, id=question.id)
        await write_comment(session, listing, seller, said, now=await business_now(session))
