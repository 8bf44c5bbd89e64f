"""Custom offers: what the seller of a service proposes to one person in their conversation.

Accepted, it becomes a new order, or an extra of one that runs.
Who is between it, and whether the order runs, `messages.offering` finds out.
"""

from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final
from uuid import UUID

from orderhub.domain.catalog.errors import ListingNotFoundError, currency_mismatch
from orderhub.domain.offers import advance, recipients
from orderhub.domain.offers.amounts import Amount
from orderhub.domain.offers.beginning import LOCK, LOCK_KEYED, Place, place_in, require_open, require_visible
from orderhub.domain.offers.drafting import drafted
from orderhub.domain.offers.effects import CUSTOM_ANSWER
from orderhub.domain.offers.errors import OffersNotTakenError
from orderhub.domain.offers.flagging import flag
from orderhub.domain.offers.loading import Render
from orderhub.domain.offers.room import LOCK_AUTHOR, require_room_for
from orderhub.domain.offers.state import OfferSort
from orderhub.domain.process import By
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.changing import attempt, conclude, find
from orderhub.infra.database import Database, HotTransaction
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

CREATED: Final = 201


@dataclass(frozen=True, slots=True)
class CustomOffer:
    """What a seller proposes, and where."""

    listing_id: UUID
    conversation_id: UUID
    buyer_id: UUID
    amount: Amount
    days: int
    revisions: int | None
    scope: str
    message: str | None = None
    for_order_id: UUID | None = None
    currency: str | None = None
    """That of the running order; None takes the listing's."""
    id: UUID = field(default_factory=new_id)


async def make_custom(database: Database, caller: Caller, wanted: CustomOffer, render: Render) -> Answer:
    """Propose it, and answer with the offer.

    Raises ListingNotFoundError, OffersNotTakenError, NotOnSaleError, CurrencyMismatchError, LimitReachedError,
    UnauthenticatedError, and those of the key.
    """
    change = partial(_make, caller=caller, wanted=wanted, render=render)
    return await attempt(database, caller, change, partial(require_visible, database, caller, wanted.listing_id))


async def _make(transaction: HotTransaction, *, caller: Caller, wanted: CustomOffer, render: Render) -> Answer:
    await transaction.row(LOCK_AUTHOR, {"account_id": caller.account_id})
    statement = LOCK if caller.key is None else LOCK_KEYED
    row = await find(transaction, statement, {"listing_id": wanted.listing_id, **caller.values()})
    place = place_in(row, CUSTOM_ANSWER)
    _require_currency(place, wanted)
    (buyer,) = await recipients.people(transaction, place, [wanted.buyer_id]) or (None,)
    if buyer is None or place.seller.id != caller.account_id:
        raise ListingNotFoundError
    await require_room_for(transaction, caller.account_id, wanted.listing_id, place.now)
    loaded = drafted(
        place,
        buyer,
        caller.account_id,
        offer_id=wanted.id,
        sort=OfferSort.CUSTOM,
        amount=wanted.amount,
        message=wanted.message,
        conversation_id=wanted.conversation_id,
        for_order_id=wanted.for_order_id,
        days=wanted.days,
        revisions=wanted.revisions,
        scope=wanted.scope,
    )
    offer, rows = advance.rows_of_begun(loaded, By.SELLER)
    headers = {"ETag": '"1"', "Location": f"/v1/offers/{show_id('off', offer.id)}"}
    body = render(replace(loaded, offer=offer), offer.actor(caller.account_id))
    changes = advance.begun_changes([(offer, rows)])
    await flag(transaction, [loaded], changes.rows)
    return await conclude(transaction, caller, changes, Answer(CREATED, body, headers))


def _require_currency(place: Place, wanted: CustomOffer) -> None:
    """That of the order, which may run whatever became of its listing; else that of a listing on sale."""
    if place.listing.is_item:
        raise OffersNotTakenError(
            Label(
                "Une offre sur mesure se fait pour un service. Pour un article, répondez à une offre de l’acheteur.",
                "A custom offer is made for a service. For an item, answer an offer of the buyer's.",
            )
        )
    currency = wanted.currency or require_open(place)[1]
    if wanted.amount["currency"] != currency:
        raise currency_mismatch("/amount/currency", currency)
