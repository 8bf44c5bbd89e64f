"""Reads of offers: one for its reader, a page of them, the history of one."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.models import Listing
from orderhub.domain.files.models import File
from orderhub.domain.files.visibility import Viewer, shows_files
from orderhub.domain.offers import loading
from orderhub.domain.offers.errors import OfferNotFoundError
from orderhub.domain.offers.loading import Loaded, loaded_columns, read_loaded
from orderhub.domain.offers.models import Offer
from orderhub.domain.requests import diagnosis
from orderhub.domain.requests.caller import Caller
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.infra.pages import one_more, where_given
from orderhub.kit.pages import Page, PageRequest, cut


class OfferRole(StrEnum):
    """As what somebody looks at a list of offers."""

    BUYER = "buyer"
    SELLER = "seller"
    STAFF = "staff"


async def read(database: Database, caller: Caller, offer_id: UUID) -> Loaded:
    """An offer for a caller, in one statement. Raises UnauthenticatedError, OfferNotFoundError."""
    row = await database.row(loading.READ, {"offer_id": offer_id, **caller.values()})
    if row is None:
        await diagnosis.require_alive(database, caller)
        raise OfferNotFoundError
    return read_loaded(row)


async def require_visible(session: AsyncSession, offer_id: UUID, account_id: UUID, *, staff: bool) -> None:
    """Raises OfferNotFoundError where the caller is neither of its parties nor staff."""
    offer = await session.get(Offer, offer_id)
    if offer is None or not (staff or account_id in {offer.buyer_id, offer.seller_id}):
        raise OfferNotFoundError


async def history_of(session: AsyncSession, offer_id: UUID) -> Sequence[History]:
    """What happened to an offer, the newest first: it has three steps at most."""
    wanted = select(History).where(History.subject_id == offer_id)
    return (await session.scalars(wanted.order_by(History.version.desc()))).all()


async def offers_of(  # noqa: PLR0913, PLR0917 - whose, as what, and which of them
    session: AsyncSession,
    account_id: UUID,
    role: OfferRole,
    page: PageRequest,
    status: str | None,
    listing_id: UUID | None,
) -> Page[Loaded]:
    """A page of somebody's offers on one side, of theirs on both for ``staff`` of everybody's; the newest first."""
    wanted = (_seen_as(role, account_id), *where_given((Offer.status, status), (Offer.listing_id, listing_id)))
    query = one_more(loaded_columns().where(*wanted), page, Offer.id)
    found = [read_loaded(dict(row)) for row in (await session.execute(query)).mappings()]
    return cut(found, page.limit, lambda loaded: loaded.offer.id)


def _seen_as(role: OfferRole, account_id: UUID) -> ColumnElement[bool]:
    match role:
        case OfferRole.BUYER:
            return Offer.buyer_id == account_id
        case OfferRole.SELLER:
            return Offer.seller_id == account_id
        case OfferRole.STAFF:
            return Offer.id.is_not(None)


@shows_files
async def is_photo_of_offer(session: AsyncSession, file_id: UUID, viewer: Viewer | None) -> bool:
    """Whether a file is the first photo of a listing that the viewer has an offer on, for staff that anybody has.

    What its parties agreed about they see, whatever became of the listing.
    """
    if viewer is None:
        return False
    theirs = or_(Offer.buyer_id == viewer.account_id, Offer.seller_id == viewer.account_id)
    offered = (
        select(Offer.id)
        .join(Listing, Listing.id == Offer.listing_id)
        # Through its owner, who has few listings: photos of what is off show are in no index.
        .join(File, File.owner_id == Listing.seller_id)
        .where(File.id == file_id, Listing.photo_ids[1] == file_id, true() if viewer.roles else theirs)
        .limit(1)
    )
    return await session.scalar(offered) is not None
