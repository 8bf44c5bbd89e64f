"""Refusals of reviews."""

from orderhub.kit.errors import ConflictError, NotFoundError
from orderhub.kit.text import Label


class ReviewNotFoundError(NotFoundError):
    """No such review."""

    code = "review_not_found"
    title = Label("Avis introuvable", "Review not found")


class OrderNotCompletedError(ConflictError):
    """Only a completed order can be reviewed."""

    code = "order_not_completed"
    title = Label("Commande non terminée", "The order is not completed")


class ReviewTooLateError(ConflictError):
    """The time to review the order is over; the extras say since when."""

    code = "review_too_late"
    title = Label("Trop tard pour donner un avis", "Too late for a review")


class AlreadyReviewedError(ConflictError):
    """Each party reviews an order once."""

    code = "already_reviewed"
    title = Label("Avis déjà donné", "Already reviewed")


class AlreadyRepliedError(ConflictError):
    """The one who is reviewed replies once."""

    code = "already_replied"
    title = Label("Réponse déjà donnée", "Already replied")
