"""Refusals of inbound mails: only of what is none, or too large. Everything else is recorded."""

from orderhub.kit.errors import MalformedError, TooLargeError
from orderhub.kit.text import Label


class MailEmptyError(MalformedError):
    """There is nothing in it."""

    code = "mail_empty"
    title = Label("Message vide", "Empty mail")


class MailTooLargeError(TooLargeError):
    """It is larger than a mail may be; the extras say how large that is."""

    code = "mail_too_large"
    title = Label("Message trop volumineux", "Mail too large")
