"""Custom offers in a conversation: who may make one there, and for which running order."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.messages.participation import Participation
from orderhub.domain.messages.service import require_writable
from orderhub.domain.offers.amounts import Amount
from orderhub.domain.offers.custom import CustomOffer
from orderhub.domain.offers.errors import OffersNotTakenError
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.roles import Role
from orderhub.kit.errors import ForbiddenError, invalid_field
from orderhub.kit.text import Label


async def offered_in(  # noqa: PLR0913 - what is proposed, named
    session: AsyncSession,
    place: Participation,
    *,
    amount: Amount,
    days: int,
    revisions: int | None,
    scope: str,
    message: str | None,
    for_order_id: UUID | None,
    now: datetime,
) -> CustomOffer:
    """What the seller of a conversation proposes there.

    Raises ForbiddenError for anybody else, ConversationReadOnlyError, OffersNotTakenError where no service is talked
    about, InvalidError for an order that is not a running one of the two.
    """
    conversation = place.conversation
    if place.role is not Role.SELLER:
        raise ForbiddenError(
            Label("Seul le vendeur d’un service fait une offre sur mesure.", "Only a service's seller makes one.")
        )
    if conversation.listing_id is None:
        raise OffersNotTakenError(
            Label("Cette conversation ne porte sur aucun service.", "This conversation is about no service.")
        )
    require_writable(place, now)
    order = None if for_order_id is None else await _running(session, place, for_order_id)
    return CustomOffer(
        listing_id=conversation.listing_id if order is None else order.listing_id or conversation.listing_id,
        conversation_id=conversation.id,
        buyer_id=conversation.buyer_id,
        amount=amount,
        days=days,
        revisions=revisions,
        scope=scope,
        message=message,
        for_order_id=for_order_id,
        currency=None if order is None else order.currency,
    )


async def _running(session: AsyncSession, place: Participation, order_id: UUID) -> Order:
    order = await session.get(Order, order_id)
    between = order is not None and (order.buyer_id, order.seller_id) == (place.buyer.id, place.seller.id)
    if order is None or not between or not _takes_extras(order):
        raise invalid_field(
            "/for_order_id",
            "order_unfit",
            Label(
                "Nommez une commande de service en cours entre vous deux, ou aucune.",
                "Name a service order between the two of you that is in progress, or none.",
            ),
        )
    return order


def _takes_extras(order: Order) -> bool:
    return bool(KINDS[order.kind].table.rows_of(order.status, "add_extra"))
