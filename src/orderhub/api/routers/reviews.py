"""Reviews of listings and orders, and the replies to them."""

from typing import Annotated

from fastapi import Depends, status

from orderhub.api.dependencies import DatabaseSession, Photos, Public, SignedIn
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routers.listings import SEEN_REFUSALS, Visible, read_visible
from orderhub.api.routing import Router
from orderhub.api.schemas.base import AccountId, OrderId, PageOut, ReviewId
from orderhub.api.schemas.reviews import OrderReviewsOut, ReplyIn, ReviewIn, ReviewOut
from orderhub.domain.accounts.errors import AccountNotFoundError
from orderhub.domain.accounts.queries import public_account
from orderhub.domain.reviews import queries, service
from orderhub.domain.reviews.errors import (
    AlreadyRepliedError,
    AlreadyReviewedError,
    OrderNotCompletedError,
    ReviewNotFoundError,
    ReviewTooLateError,
)
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import ForbiddenError, NotFoundError

router = Router(route_class=IdempotentRoute)


@router.get(
    "/listings/{listing_id}/reviews", summary="List the reviews of a listing", responses=problems(*SEEN_REFUSALS)
)
async def list_reviews(
    session: DatabaseSession, photos: Photos, found: Annotated[Visible, Depends(read_visible)], page: PageParams
) -> PageOut[ReviewOut]:
    """What buyers say of it, the newest first."""
    listing, _ = found
    return show_page(
        await queries.reviews_of_listing(session, listing.id, page), lambda signed: ReviewOut.of(signed, photos)
    )


@router.get(
    "/accounts/{account_id}/reviews",
    dependencies=[Public],
    summary="List the reviews of a seller",
    responses=problems(AccountNotFoundError),
)
async def list_account_reviews(
    session: DatabaseSession, photos: Photos, account_id: AccountId, page: PageParams
) -> PageOut[ReviewOut]:
    """What buyers say of what this person sold, of whichever kind, the newest first."""
    seller = await public_account(session, account_id)
    found = await queries.reviews_of_seller(session, seller.id, page)
    return show_page(found, lambda signed: ReviewOut.of(signed, photos))


@router.get("/orders/{order_id}/reviews", summary="Read the reviews of an order", responses=problems(NotFoundError))
async def list_order_reviews(
    session: DatabaseSession, photos: Photos, caller: SignedIn, order_id: OrderId
) -> OrderReviewsOut:
    """What its parties wrote of each other: two reviews at most."""
    order = await service.party_order(session, order_id, caller.account_id)
    written = await queries.reviews_of_order(session, order.id)
    return OrderReviewsOut(data=[ReviewOut.of(signed, photos) for signed in written])


@router.post(
    "/orders/{order_id}/reviews",
    summary="Review an order",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFoundError, OrderNotCompletedError, ReviewTooLateError, AlreadyReviewedError),
)
async def create_review(
    session: DatabaseSession, photos: Photos, caller: SignedIn, order_id: OrderId, body: ReviewIn
) -> ReviewOut:
    """What you think of the other party of a completed order: once, within six months, and for good."""
    now = await business_now(session)
    review = await service.create_review(
        session, order_id, author_id=caller.account_id, opinion=body.opinion(), now=now
    )
    return ReviewOut.of(await queries.sign(session, review), photos)


@router.post(
    "/reviews/{review_id}/reply",
    summary="Reply to a review",
    status_code=status.HTTP_201_CREATED,
    responses=problems(ReviewNotFoundError, ForbiddenError, AlreadyRepliedError),
)
async def reply_to_review(
    session: DatabaseSession, photos: Photos, caller: SignedIn, review_id: ReviewId, body: ReplyIn
) -> ReviewOut:
    """The one answer of whoever is reviewed."""
    now = await business_now(session)
    review = await service.write_reply(session, review_id, author_id=caller.account_id, text=body.text, now=now)
    return ReviewOut.of(await queries.sign(session, review), photos)
