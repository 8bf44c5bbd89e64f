"""Custom offers: what the seller of a service proposes to one person, in their conversation."""

from typing import Annotated

from fastapi import Depends, Response, status

from orderhub.api.dependencies import DatabaseSession
from orderhub.api.idempotency import NONE, IdempotentRoute, idempotency
from orderhub.api.offers import rendering
from orderhub.api.problems import problems
from orderhub.api.request_context import Changing, respond
from orderhub.api.routers.conversations import read_participation
from orderhub.api.routing import Router
from orderhub.api.schemas.offers import CustomOfferIn, OfferOut
from orderhub.domain.catalog.errors import CurrencyMismatchError
from orderhub.domain.messages.errors import ConversationNotFoundError, ConversationReadOnlyError
from orderhub.domain.messages.offering import offered_in
from orderhub.domain.messages.participation import Participation
from orderhub.domain.offers.custom import CustomOffer, make_custom
from orderhub.domain.offers.errors import NotOnSaleError, OffersNotTakenError
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now
from orderhub.infra.idempotency import KeyInUseError, KeyReusedError
from orderhub.kit.errors import ForbiddenError

router = Router(route_class=IdempotentRoute)


async def read_wanted(
    session: DatabaseSession,
    body: CustomOfferIn,
    place: Annotated[Participation, Depends(read_participation)],
) -> CustomOffer:
    """What is proposed in the conversation of the path. Raises the refusals of who may not."""
    return await offered_in(
        session,
        place,
        amount=body.amount.model_dump(),
        days=body.days,
        revisions=body.revisions,
        scope=body.scope,
        message=body.message,
        for_order_id=body.for_order_id,
        now=await business_now(session),
    )


@router.post(
    "/conversations/{conversation_id}/offers",
    summary="Make a custom offer",
    status_code=status.HTTP_201_CREATED,
    response_model=OfferOut,
    responses=problems(
        KeyInUseError,
        KeyReusedError,
        ForbiddenError,
        ConversationNotFoundError,
        ConversationReadOnlyError,
        OffersNotTakenError,
        NotOnSaleError,
        CurrencyMismatchError,
        LimitReachedError,
    ),
)
@idempotency(NONE)
async def create_custom_offer(context: Changing, wanted: Annotated[CustomOffer, Depends(read_wanted)]) -> Response:
    """The seller of a service proposes price, days, revisions and scope to the buyer, who has seven days to answer.

    Accepted, it becomes a new order (`POST /v1/orders` with `offer_id`), or with `for_order_id` an extra of that
    running order (`add_extra` with `offer_id`), once it is paid.
    """
    return respond(await make_custom(context.database, context.caller, wanted, rendering(context)))
