"""Named refusals of comments."""

from orderhub.kit.errors import ConflictError, ForbiddenError, NotFoundError
from orderhub.kit.text import Label


class CommentNotFoundError(NotFoundError):
    """There is no such comment under this listing, or it was deleted."""

    code = "comment_not_found"
    title = Label("Commentaire introuvable", "Comment not found")


class NoCommentsError(ForbiddenError):
    """The listing is of a kind that has no comments: a service is asked about in private."""

    code = "no_comments"
    title = Label("Pas de commentaires sur cette annonce", "No comments on this listing")


class CommentsClosedError(ConflictError):
    """The item is no longer on sale: what was asked can be read."""

    code = "comments_closed"
    title = Label("Commentaires fermés", "Comments are closed")
