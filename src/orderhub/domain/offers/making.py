"""Making offers on items: a buyer's, and a seller's to those who favourited. The row of the table that begins one.

The author is locked, then the listing: their offers of the day and the open ones of the listing are counted in turn,
and no offer comes past a seller who is changing the price.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final
from uuid import UUID

from orderhub.domain.catalog.errors import ListingNotFoundError
from orderhub.domain.offers import advance, recipients
from orderhub.domain.offers.amounts import Amount, check_buyers, check_favourite
from orderhub.domain.offers.beginning import LOCK, LOCK_KEYED, Place, place_in, require_open, require_visible
from orderhub.domain.offers.drafting import drafted
from orderhub.domain.offers.effects import ANSWER
from orderhub.domain.offers.errors import OfferOpenError, OffersNotTakenError, OwnListingOfferError
from orderhub.domain.offers.flagging import flag
from orderhub.domain.offers.loading import Loaded
from orderhub.domain.offers.recipients import Recipient
from orderhub.domain.offers.room import LOCK_AUTHOR, require_room_for
from orderhub.domain.offers.state import OfferSort
from orderhub.domain.process import By
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.changing import attempt, conclude, find
from orderhub.infra.database import Database, HotTransaction
from orderhub.kit.errors import ForbiddenError
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label

CREATED: Final = 201
RenderAll = Callable[[Sequence[Loaded]], bytes]
"""Makes the body of an answer from the offers as they will be."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks to be offered on an item."""

    listing_id: UUID
    amount: Amount
    message: str | None = None
    to: Sequence[UUID] | None = None
    """A seller's: the accounts, each once; empty stands for the latest who favourited; None for a buyer's."""
    ids: Sequence[UUID] = field(default_factory=tuple[UUID, ...])
    """The ids that the offers will have, as sample data names them; others are new."""


async def make(database: Database, caller: Caller, wanted: Wanted, render: RenderAll) -> Answer:
    """Offer an amount for an item: as a buyer, or with ``to`` as its seller. Answers with every offer made.

    Raises ListingNotFoundError, OwnListingOfferError, OffersNotTakenError, ForbiddenError, ListingReservedError,
    ListingSoldError, NotOnSaleError, OfferOpenError, NobodyToOfferError, NotFavouritedError, OfferAmountError,
    CurrencyMismatchError, LimitReachedError, UnauthenticatedError, and those of the key.
    """
    change = partial(_make, caller=caller, wanted=wanted, render=render)
    return await attempt(database, caller, change, partial(require_visible, database, caller, wanted.listing_id))


async def _make(transaction: HotTransaction, *, caller: Caller, wanted: Wanted, render: RenderAll) -> Answer:
    await transaction.row(LOCK_AUTHOR, {"account_id": caller.account_id})
    statement = LOCK if caller.key is None else LOCK_KEYED
    row = await find(transaction, statement, {"listing_id": wanted.listing_id, **caller.values()})
    place = place_in(row, ANSWER)
    _require_allowed(place, caller.account_id, wanted)
    price, currency = require_open(place)
    if wanted.to is None:
        check_buyers(wanted.amount, price, currency)
        found = await _buyer(transaction, place, caller.account_id)
    else:
        check_favourite(wanted.amount, price, currency)
        found = await recipients.favouriters(transaction, place, wanted.to)
    await require_room_for(transaction, caller.account_id, wanted.listing_id, place.now, len(found))
    made = [_offer(place, each, caller.account_id, wanted, number) for number, each in enumerate(found)]
    begun = [advance.rows_of_begun(loaded, _side(place, caller.account_id)) for loaded in made]
    shown = [replace(loaded, offer=offer) for loaded, (offer, _) in zip(made, begun, strict=True)]
    changes = advance.begun_changes(begun)
    await flag(transaction, shown, changes.rows)
    return await conclude(transaction, caller, changes, Answer(CREATED, render(shown), {}))


def _side(place: Place, author_id: UUID) -> By:
    return By.SELLER if author_id == place.seller.id else By.BUYER


def _require_allowed(place: Place, author_id: UUID, wanted: Wanted) -> None:
    listing, own = place.listing, author_id == place.seller.id
    if not own and (not listing.on_show or place.seller.suspended):
        raise ListingNotFoundError
    if own and wanted.to is None:
        raise OwnListingOfferError
    if not own and wanted.to is not None:
        raise ForbiddenError(
            Label("Seul le vendeur fait une offre à d’autres.", "Only its seller makes an offer to others.")
        )
    if not listing.is_item or (not own and not listing.takes_offers):
        raise OffersNotTakenError(
            Label(
                "Cette annonce se commande à son prix. Une offre sur mesure se demande dans une conversation.",
                "This listing is ordered at its price. A custom offer is asked for in a conversation.",
            )
        )


async def _buyer(transaction: HotTransaction, place: Place, account_id: UUID) -> Sequence[Recipient]:
    (buyer,) = await recipients.people(transaction, place, [account_id])
    if buyer.open_offer is not None:
        raise OfferOpenError(buyer.open_offer)
    return (buyer,)


def _offer(place: Place, buyer: Recipient, author_id: UUID, wanted: Wanted, number: int) -> Loaded:
    own = author_id == place.seller.id
    return drafted(
        place,
        buyer,
        author_id,
        offer_id=wanted.ids[number] if number < len(wanted.ids) else new_id(),
        sort=OfferSort.FAVOURITE if own else OfferSort.BUYER,
        amount=wanted.amount,
        message=wanted.message,
    )
