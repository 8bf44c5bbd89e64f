"""E-mail addresses as they are kept and compared: normalised, in lower case."""

from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label

LONGEST = 254


def normalise_email(text: str, pointer: str = "/email") -> str:
    """The address as it is kept. Raises InvalidError at ``pointer`` for what is not one."""
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        raise invalid_field(
            pointer,
            "invalid_email",
            Label(
                "Donnez une adresse e-mail, comme awa@example.com.", "Give an e-mail address, such as awa@example.com."
            ),
        ) from None
    return found.normalized.lower()


def email_key(text: str) -> str:
    """The address to look for; what is none is looked for as well, and not found."""
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return text.strip().lower()


def erased_email(account_id: UUID) -> str:
    """What stands in the place of an erased person's address; `normalise_email` refuses it."""
    return f"{account_id.hex}@erased.invalid"
