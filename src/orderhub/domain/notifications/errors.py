"""Named refusals of notifications."""

from orderhub.kit.errors import NotFoundError
from orderhub.kit.text import Label


class NotificationNotFoundError(NotFoundError):
    """There is no such notification, or it is somebody else's."""

    code = "notification_not_found"
    title = Label("Notification introuvable", "Notification not found")
