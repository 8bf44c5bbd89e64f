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


class ConversationNeedsOrderError(ForbiddenError):
    """An item has no private conversation before somebody orders it."""

    code = "conversation_needs_order"
    title = Label("Pas de conversation avant la commande", "No conversation before the order")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Un article n’a pas de conversation privée avant la commande : posez la question en commentaire.",
                "An item has no private conversation before an order: ask in its comments.",
            )
        )


class OwnListingInquiryError(ForbiddenError):
    """A seller does not ask themselves."""

    code = "own_listing"
    title = Label("C’est votre propre annonce", "This is your own listing")


class ConversationReadOnlyError(ConflictError):
    """The conversation can be read but no longer written in; ``reason`` among the extras says why."""

    code = "conversation_read_only"
    title = Label("Conversation en lecture seule", "The conversation is read-only")
