"""Comments: public questions and answers under items."""

from typing import Annotated

from fastapi import Depends, status

from orderhub.api.dependencies import AskedLanguage, Caller, DatabaseSession, MaybeSignedIn, Photos, SignedIn
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routers.listings import SEEN_REFUSALS, Visible, read_visible
from orderhub.api.routing import Router
from orderhub.api.schemas.base import CommentId, ListingId, PageOut
from orderhub.api.schemas.comments import CommentIn, CommentOut, QuestionOut
from orderhub.domain.accounts.models import StaffRole
from orderhub.domain.catalog.errors import ListingNotFoundError
from orderhub.domain.catalog.queries import visible_listing
from orderhub.domain.comments import queries, service
from orderhub.domain.comments.errors import CommentNotFoundError, CommentsClosedError, NoCommentsError
from orderhub.domain.comments.shown import ANYBODY, Reader
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import ForbiddenError

router = Router(route_class=IdempotentRoute, prefix="/listings/{listing_id}/comments")


async def read_commented(session: DatabaseSession, caller: SignedIn, listing_id: ListingId) -> Visible:
    """The listing of the path and its seller, for somebody who is signed in."""
    return await visible_listing(session, listing_id, caller.account_id)


def _reader(caller: Caller | None) -> Reader:
    return ANYBODY if caller is None else Reader(caller.account_id, bool(caller.roles))


@router.get("", summary="List the comments of an item", responses=problems(*SEEN_REFUSALS))
async def list_comments(
    session: DatabaseSession,
    photos: Photos,
    caller: MaybeSignedIn,
    language: AskedLanguage,
    found: Annotated[Visible, Depends(read_visible)],
    page: PageParams,
) -> PageOut[QuestionOut]:
    """Questions, newest first, each with its answers, the oldest first. A service has none: it is asked in private."""
    listing, _ = found
    threads, reader = await queries.threads(session, listing.id, page), _reader(caller)
    return show_page(threads, lambda thread: QuestionOut.asked(thread, reader, language, photos))


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    summary="Ask or answer under an item",
    responses=problems(
        401,
        NoCommentsError,
        ListingNotFoundError,
        CommentNotFoundError,
        CommentsClosedError,
        LimitReachedError,
        422,
    ),
)
async def create_comment(
    session: DatabaseSession,
    photos: Photos,
    caller: SignedIn,
    language: AskedLanguage,
    found: Annotated[Visible, Depends(read_commented)],
    body: CommentIn,
) -> CommentOut:
    """Everybody reads it. The seller is told of a question, the asker of an answer, and whoever is mentioned.

    `@handle` has to be somebody's: `GET /v1/accounts?handle_prefix=` looks it up. Contact details are masked for
    everybody else, and staff are told.
    """
    listing, seller = found
    now = await business_now(session)
    comment = await service.write_comment(session, listing, seller, body.said(caller.account_id), now=now)
    return CommentOut.of(await queries.sign(session, comment), _reader(caller), language, photos)


@router.delete(
    "/{comment_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="Delete a comment",
    responses=problems(401, ForbiddenError, CommentNotFoundError),
)
async def delete_comment(
    session: DatabaseSession, caller: SignedIn, listing_id: ListingId, comment_id: CommentId
) -> None:
    """By its author, the seller, or support. A question takes its answers along."""
    by = service.Deleter(caller.account_id, StaffRole.SUPPORT in caller.roles)
    await service.delete_comment(session, listing_id, comment_id, by=by, now=await business_now(session))
