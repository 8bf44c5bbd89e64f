"""How a schema of ours refuses a value: with words of its own, in both languages."""

from typing import Any, Final

from pydantic_core import PydanticCustomError

from orderhub.kit.text import Label

WANTED: Final = "wanted"
"""The name under which an error of Pydantic's keeps the words."""


def unwanted(code: str, wanted: Label) -> PydanticCustomError:
    """The error to raise in a validator; ``wanted`` is a sentence that says what to send."""
    context: dict[str, Any] = {WANTED: wanted}
    return PydanticCustomError(code, "{wanted}", context)  # pyright: ignore[reportArgumentType]
