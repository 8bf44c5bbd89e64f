"""Examples of messages, files, reviews and events: what people exchange around an order."""

from typing import Final

from orderhub.api.examples.sample import Sample, Samples, Setup, conversation, listing, order
from orderhub.domain.samples import (
    AWA,
    BRUNO,
    KOFFI,
    YANNICK,
    Conversations,
    Files,
    Listings,
    Orders,
    Questions,
    Reviews,
    Sessions,
)
from orderhub.kit.ids import show_id

_BICYCLE: Final = listing(Questions.BICYCLE)

SAMPLES: Final[Samples] = {
    "list_conversations": Sample(AWA),
    "create_conversation": {
        "new": Sample(
            AWA,
            body={
                "listing_id": show_id("lst", Listings.LOGO),
                "text": "Bonjour, pouvez-vous livrer le logo avant le 15 décembre ?",
            },
            summary="The first question about a listing",
        ),
        "existing": Sample(
            KOFFI,
            body={"listing_id": show_id("lst", Listings.LOGO), "text": "Et pour une enseigne, en plus du logo ?"},
            summary="A further one: the conversation that there is goes on",
        ),
    },
    "get_conversation": Sample(AWA, conversation(Conversations.IN_PROGRESS)),
    "list_messages": Sample(AWA, conversation(Conversations.IN_PROGRESS)),
    "send_message": Sample(
        AWA,
        conversation(Conversations.IN_PROGRESS),
        body={
            "text": "Bonjour, pouvez-vous décliner le logo en blanc ?",
            "attachments": [show_id("fil", Files.BRIEF)],
        },
    ),
    "mark_conversation_read": Sample(AWA, conversation(Conversations.IN_PROGRESS)),
    "list_comments": Sample(path=_BICYCLE),
    "create_comment": {
        "question": Sample(
            KOFFI, _BICYCLE, body={"text": "Livrez-vous à Abidjan ? @lea, l’avez-vous vu ?"}, summary="A question"
        ),
        "answer": Sample(
            YANNICK,
            _BICYCLE,
            body={"text": "Oui, il est réservé jusqu’à ce soir.", "parent_id": show_id("cmt", Questions.FLAGGED)},
            summary="An answer of the seller",
        ),
    },
    "delete_comment": Sample(AWA, {**_BICYCLE, "comment_id": show_id("cmt", Questions.TO_DELETE)}),
    "upload_file": Sample(AWA, body={"file": "Bonjour", "purpose": "attachment"}),
    "get_file": Sample(path={"file_id": show_id("fil", Files.LOGO_PHOTO)}),
    "download_file": Sample(
        path={"file_id": show_id("fil", Files.LOGO_PHOTO)},
        query={"expires": 1795258800, "signature": "0" * 64},
        setup=Setup.DOWNLOAD_LINK,
    ),
    "download_thumbnail": Sample(
        path={"file_id": show_id("fil", Files.LOGO_PHOTO)},
        query={"expires": 1795258800, "signature": "0" * 64},
        setup=Setup.THUMBNAIL_LINK,
    ),
    "get_photo": Sample(path={"photo_id": show_id("fil", Files.LOGO_PHOTO)}),
    "get_photo_thumbnail": Sample(path={"photo_id": show_id("fil", Files.PORTRAIT_OF_BRUNO)}),
    "download_original": Sample(
        BRUNO,
        {"file_id": show_id("fil", Files.DRAFT_FLYER)},
        {"expires": 1795258800, "session": show_id("ses", Sessions.OLD_PHONE), "signature": "0" * 64},
        setup=Setup.ORIGINAL_LINK,
    ),
    "list_reviews": Sample(path=listing(Listings.FLYER)),
    "list_account_reviews": Sample(path={"account_id": show_id("acc", BRUNO.id)}),
    "list_order_reviews": Sample(AWA, order(Orders.REVIEWED)),
    "create_review": Sample(
        AWA, order(Orders.REVIEWABLE), body={"rating": 5, "text": "Livré en avance, et l’imprimeur est ravi."}
    ),
    "reply_to_review": Sample(
        BRUNO,
        {"review_id": show_id("rev", Reviews.UNANSWERED)},
        body={"text": "Merci Léa, au plaisir de recommencer !"},
    ),
    "list_events": Sample(AWA),
    "create_stream_ticket": Sample(AWA),
    "stream_events": Sample(AWA),
}
