"""Named refusals of conversations and messages."""

from orderhub.kit.errors import ConflictError, ForbiddenError, NotFoundError
from orderhub.kit.text import Label


class ConversationNotFoundError(NotFoundError):
    """There is no such conversation, or the caller has no part in it."""

    code = "conversation_not_found"
    title = Label("Conversation introuvable", "Conversation not found")


class InquiriesNotAcceptedError(ForbiddenError):
    """The listing takes no private questions before an order."""

    code = "inquiries_not_accepted"
    title = Label("Pas de question privée sur cette annonce", "No private inquiries on this listing")


class OwnListingInquiryError(ForbiddenError):
    """A seller does not ask themselves."""

    code = "own_listing"
    title = Label("C’est votre propre annonce", "This is your own listing")


class ConversationReadOnlyError(ConflictError):
    """The conversation can be read but no longer written in; ``reason`` among the extras says why."""

    code = "conversation_read_only"
    title = Label("Conversation en lecture seule", "The conversation is read-only")
