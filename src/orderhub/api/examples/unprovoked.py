"""The problem codes that no request to a running hub is answered with: why, and the refusal as it is raised.

`problems.written` makes the examples of these from it; every other code's is recorded.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from orderhub.api.problems import InternalError
from orderhub.domain.accounts.errors import EmailTakenError
from orderhub.domain.notifications.ports import (
    MailRefusedError,
    MailUnavailableError,
    WhatsAppRefusedError,
    WhatsAppUnavailableError,
)
from orderhub.kit.errors import DomainError, GoneError
from orderhub.kit.text import Label


class Unprovoked(NamedTuple):
    """Why nobody is answered with it in a recording, and what is raised."""

    reason: str
    error: DomainError


UNPROVOKED: Final[Mapping[str, Unprovoked]] = {
    "email_taken": Unprovoked(
        "said on the operator's command line alone: over HTTP nobody learns who has an account",
        EmailTakenError(
            Label(
                "Choisissez une autre adresse, ou changez les rôles de ce compte.",
                "Choose another address, or change the roles of that account.",
            )
        ),
    ),
    "gone": Unprovoked("the family's own: each thing that is gone has a code of its own", GoneError()),
    "internal_error": Unprovoked("a fault of ours: whatever provoked it would be mended", InternalError()),
    "mail_refused": Unprovoked(
        "between the job that sends mails and the mail server",
        MailRefusedError(Label("Le serveur de mail a répondu 550.", "The mail server answered 550.")),
    ),
    "mail_unavailable": Unprovoked(
        "between the job that sends mails and the mail server",
        MailUnavailableError(
            Label(
                "Le serveur de mail est injoignable ou demande de revenir plus tard.",
                "The mail server can't be reached or asks to come back later.",
            )
        ),
    ),
    "whatsapp_refused": Unprovoked(
        "between the job that sends messages and WhatsApp",
        WhatsAppRefusedError(
            Label("WhatsApp a répondu 400 avec le code 131026.", "WhatsApp answered 400 with code 131026.")
        ),
    ),
    "whatsapp_unavailable": Unprovoked(
        "between the job that sends messages and WhatsApp",
        WhatsAppUnavailableError(Label("WhatsApp est injoignable.", "WhatsApp can't be reached.")),
    ),
}
