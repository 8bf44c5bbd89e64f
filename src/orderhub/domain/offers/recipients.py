"""Who an offer on an item is between: its buyer, or those who favourited it, whom its seller makes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, and_, any_, bindparam, exists, select
from sqlalchemy.dialects.postgresql import ARRAY

from orderhub.domain.accounts.addresses import countries_of_addresses
from orderhub.domain.catalog.models import Favourite
from orderhub.domain.offers.beginning import Place
from orderhub.domain.offers.errors import NobodyToOfferError, NotFavouritedError, OfferOpenError
from orderhub.domain.offers.loading import BUYER
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.people import Person, paid_between, person_columns, person_in
from orderhub.domain.offers.room import is_open
from orderhub.domain.offers.state import OfferSort
from orderhub.infra.database import HotTransaction, Statement
from orderhub.kit.errors import FieldError
from orderhub.kit.text import Label

MOST: Final = 20
"""To how many a seller makes an offer at once."""
_LISTING: Final = bindparam("listing_id", type_=Uuid())
_SELLER: Final = bindparam("seller_id", type_=Uuid())
_open_one = and_(
    Offer.listing_id == _LISTING, Offer.buyer_id == BUYER.id, is_open(), Offer.sort != OfferSort.CUSTOM.value
)
_favourited = and_(Favourite.listing_id == _LISTING, Favourite.account_id == BUYER.id)
_PEOPLE: Final = Statement(
    select(
        *person_columns(BUYER, "buyer"),
        paid_between(BUYER.id, _SELLER).label("paid"),
        countries_of_addresses(BUYER.id, _SELLER).label("countries"),
        select(Offer.id).where(_open_one).limit(1).scalar_subquery().label("open_offer"),
        and_(exists().where(_favourited), BUYER.suspended_at.is_(None)).label("favourited"),
    )
    .where(BUYER.id == any_(bindparam("account_ids", type_=ARRAY(Uuid()))), BUYER.erased_at.is_(None))
    .with_for_update(of=BUYER, read=True, key_share=True, skip_locked=True)
)
"""Held, so that nobody is erased before an offer to them is there to be seen. Whoever is being erased is left out:
the listing is locked, so that to wait for them might be to wait for each other."""
_LATEST: Final = Statement(
    select(Favourite.account_id)
    .join(BUYER, BUYER.id == Favourite.account_id)
    .where(
        Favourite.listing_id == _LISTING,
        BUYER.erased_at.is_(None),
        BUYER.suspended_at.is_(None),
        BUYER.id != _SELLER,
        ~exists().where(_open_one),
    )
    .order_by(Favourite.id.desc())
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """The buyer of an offer that begins, as they stand to its seller and its listing."""

    person: Person
    paid: bool
    countries: Sequence[str]
    open_offer: UUID | None
    favourited: bool


async def people(transaction: HotTransaction, place: Place, account_ids: Sequence[UUID]) -> Sequence[Recipient]:
    """These people in this order; whoever was erased is left out. The listing is locked."""
    values = {"listing_id": place.listing.id, "seller_id": place.seller.id, "account_ids": list(account_ids)}
    found = {row["buyer_account_id"]: _recipient(row) for row in await transaction.rows(_PEOPLE, values)}
    return [found[account_id] for account_id in account_ids if account_id in found]


async def favouriters(transaction: HotTransaction, place: Place, to: Sequence[UUID]) -> Sequence[Recipient]:
    """Those of ``to``, or for none the latest who favourited the listing.

    Raises NotFavouritedError naming each who has not, OfferOpenError, NobodyToOfferError.
    """
    if not to:
        values = {"listing_id": place.listing.id, "seller_id": place.seller.id}
        latest = [row["account_id"] for row in await transaction.rows(_LATEST, values)]
        reached = await people(transaction, place, latest)
        if not reached:
            raise NobodyToOfferError
        return reached
    found = {each.person.id: each for each in await people(transaction, place, to)}
    _require_favourites(to, found)
    under_way = [each.open_offer for each in found.values() if each.open_offer is not None]
    if under_way:
        raise OfferOpenError(*under_way)
    return [found[account_id] for account_id in to]


def _require_favourites(to: Sequence[UUID], found: Mapping[UUID, Recipient]) -> None:
    detail = Label(
        "Cette personne n’a pas l’annonce en favori : voyez GET /v1/listings/{id}/favourites.",
        "This person has not favourited the listing: see GET /v1/listings/{id}/favourites.",
    )
    strangers = [place for place, each in enumerate(to) if each not in found or not found[each].favourited]
    if strangers:
        faults = tuple(FieldError(f"/to/{place}", NotFavouritedError.code, detail) for place in strangers)
        raise NotFavouritedError(detail, errors=faults)


def _recipient(row: Mapping[str, Any]) -> Recipient:
    return Recipient(person_in(row, "buyer"), row["paid"], row["countries"], row["open_offer"], row["favourited"])
