"""An offer as it begins: whoever makes one says what sort it is and what it gives."""

from typing import Any
from uuid import UUID

from orderhub.domain.offers.amounts import Amount
from orderhub.domain.offers.beginning import Place
from orderhub.domain.offers.loading import Loaded
from orderhub.domain.offers.process import OFFER
from orderhub.domain.offers.recipients import Recipient
from orderhub.domain.offers.state import OfferSort, OfferState


def drafted(  # noqa: PLR0913 - what an offer begins with
    place: Place,
    buyer: Recipient,
    author_id: UUID,
    *,
    offer_id: UUID,
    sort: OfferSort,
    amount: Amount,
    message: str | None,
    **custom: Any,
) -> Loaded:
    """The offer before anything answers it; ``custom`` are the columns that only a custom offer has."""
    listing, now, seller = place.listing, place.now, place.seller
    plain: dict[str, Any] = dict.fromkeys(("conversation_id", "for_order_id", "days", "revisions", "scope"))
    offer = OfferState(
        id=offer_id,
        sort=sort.value,
        status=OFFER.start.code,
        version=1,
        listing_id=listing.id,
        buyer_id=buyer.person.id,
        seller_id=seller.id,
        author_id=author_id,
        recipient_id=buyer.person.id if author_id == seller.id else seller.id,
        amount=amount["amount"],
        currency=amount["currency"],
        listing_price=listing.price or 0,
        message=message,
        parent_id=None,
        order_id=None,
        terms=place.terms,
        made_at=now,
        status_since=now,
        clock_anchor=now,
        accepted_at=None,
        expires_at=place.expires_at,
        **(plain | custom),
    )
    return Loaded(offer, listing, buyer.person, seller, buyer.paid, buyer.countries, now)
