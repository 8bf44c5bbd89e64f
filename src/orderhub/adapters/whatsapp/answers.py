"""What the Cloud API answers, as far as we read it."""

import msgspec


class SentMessage(msgspec.Struct, frozen=True):
    """A message that WhatsApp took: ``wamid.…``."""

    id: str


class SentAnswer(msgspec.Struct, frozen=True):
    """The answer to a message."""

    messages: list[SentMessage]


class ErrorDetails(msgspec.Struct, frozen=True):
    """Meta's own number for what went wrong."""

    code: int = 0


class ErrorAnswer(msgspec.Struct, frozen=True):
    """Any refusal."""

    error: ErrorDetails
