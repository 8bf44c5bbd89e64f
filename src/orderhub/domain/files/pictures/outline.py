"""How large a picture says it is, and how often its pixels are gone over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file says of its picture."""

    width: int
    height: int
    passes: int = 1
    """Scans of a JPEG, pictures of an animation."""

    @property
    def pixels(self) -> int:
        """Of one pass."""
        return self.width * self.height


class UnreadableError(Exception):
    """The pieces of a file do not fit together, or are too many."""
