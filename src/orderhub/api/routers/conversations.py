"""Private conversations: inquiries before an order, and the one that every order has."""

from typing import Annotated

from fastapi import Depends, Query, Response, status

from orderhub.api.dependencies import AppParts, AskedLanguage, DatabaseSession, Photos, SignedIn
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageAsOfParams, PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import ConversationId, Flag, Omittable, PageOut
from orderhub.api.schemas.conversations import (
    ConversationOut,
    ConversationSummaryOut,
    InquiryIn,
    MessageIn,
    MessageOut,
)
from orderhub.api.versions import show_place
from orderhub.domain.catalog.errors import ListingNotFoundError
from orderhub.domain.files.errors import FileUnusableError
from orderhub.domain.messages import queries, service
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.errors import (
    ConversationNeedsOrderError,
    ConversationNotFoundError,
    ConversationReadOnlyError,
    InquiriesNotAcceptedError,
    OwnListingInquiryError,
)
from orderhub.domain.messages.participation import Participation
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now
from orderhub.kit.ids import show_id

router = Router(prefix="/conversations", route_class=IdempotentRoute)


async def read_participation(
    session: DatabaseSession, caller: SignedIn, conversation_id: ConversationId
) -> Participation:
    """The conversation of the path as the caller stands to it. Raises ConversationNotFoundError."""
    return await standing(session, conversation_id, account_id=caller.account_id, roles=caller.roles)


UnreadFilter = Annotated[Omittable[Flag], Query(description="Only those with unread messages, or only those without.")]


@router.get("", summary="List my conversations")
async def list_conversations(
    session: DatabaseSession, photos: Photos, caller: SignedIn, page: PageAsOfParams, unread: UnreadFilter = None
) -> PageOut[ConversationSummaryOut]:
    """The one with the newest message first, each with the other party, an excerpt and the unread count.

    Further pages keep to the order that there was at the first one, whatever is written meanwhile.
    """
    found = await queries.conversations(session, page, account_id=caller.account_id, unread=unread)
    return show_page(found, lambda listed: ConversationSummaryOut.of(listed, caller.account_id, photos))


@router.post(
    "",
    summary="Ask a seller before ordering",
    status_code=status.HTTP_201_CREATED,
    responses={
        200: {"model": ConversationOut, "description": "The message was added to your inquiry on this listing."},
        **problems(
            InquiriesNotAcceptedError,
            ConversationNeedsOrderError,
            OwnListingInquiryError,
            ListingNotFoundError,
            ConversationReadOnlyError,
            FileUnusableError,
            LimitReachedError,
        ),
    },
)
async def create_conversation(
    session: DatabaseSession,
    photos: Photos,
    caller: SignedIn,
    language: AskedLanguage,
    body: InquiryIn,
    response: Response,
) -> ConversationOut:
    """One inquiry per buyer and service that accepts inquiries; a second one goes on in the first."""
    now = await business_now(session)
    conversation_id, is_new = await service.inquire(
        session,
        listing_id=body.listing_id,
        buyer_id=caller.account_id,
        text=body.text,
        file_ids=body.attachments,
        now=now,
    )
    if not is_new:
        response.status_code = status.HTTP_200_OK
    else:
        show_place(response, f"/conversations/{show_id('cnv', conversation_id)}")
    place = await standing(session, conversation_id, account_id=caller.account_id, roles=caller.roles)
    return ConversationOut.of(place, place.silence(now), language, photos)


@router.get("/{conversation_id}", summary="Read a conversation", responses=problems(ConversationNotFoundError))
async def get_conversation(
    session: DatabaseSession,
    photos: Photos,
    place: Annotated[Participation, Depends(read_participation)],
    language: AskedLanguage,
) -> ConversationOut:
    """Its parties, what it is about, and whether you may write in it now, or why not."""
    return ConversationOut.of(place, place.silence(await business_now(session)), language, photos)


@router.get("/{conversation_id}/messages", summary="List messages", responses=problems(ConversationNotFoundError))
async def list_messages(
    session: DatabaseSession,
    parts: AppParts,
    caller: SignedIn,
    place: Annotated[Participation, Depends(read_participation)],
    language: AskedLanguage,
    page: PageParams,
) -> PageOut[MessageOut]:
    """Newest first. Contact details are masked for the reader until an order between the two is paid."""
    found = await queries.messages(session, page, conversation_id=place.conversation.id)
    links = parts.links_for(caller.session_id)
    return show_page(found, lambda written: MessageOut.of(written, place, caller.account_id, language, links))


@router.post(
    "/{conversation_id}/messages",
    summary="Send a message",
    status_code=status.HTTP_201_CREATED,
    responses=problems(ConversationNotFoundError, ConversationReadOnlyError, FileUnusableError, LimitReachedError),
)
async def send_message(
    session: DatabaseSession,
    parts: AppParts,
    caller: SignedIn,
    place: Annotated[Participation, Depends(read_participation)],
    language: AskedLanguage,
    body: MessageIn,
) -> MessageOut:
    """A text, files, or both. `notice` says when contact details in it are masked for the other person."""
    message = await service.send(
        session,
        place,
        author_id=caller.account_id,
        text=body.text,
        file_ids=body.attachments,
        now=await business_now(session),
    )
    written, links = await queries.written(session, message), parts.links_for(caller.session_id)
    return MessageOut.of(written, place, caller.account_id, language, links)


@router.post(
    "/{conversation_id}/read",
    summary="Mark a conversation as read",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(ConversationNotFoundError),
)
async def mark_conversation_read(
    session: DatabaseSession, caller: SignedIn, place: Annotated[Participation, Depends(read_participation)]
) -> None:
    """Everything in it counts as read; a new message is told by mail again."""
    await service.mark_read(session, place, account_id=caller.account_id, now=await business_now(session))
