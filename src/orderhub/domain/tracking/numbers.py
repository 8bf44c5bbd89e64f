"""Names of carriers and numbers of parcels, in the one way in which they are compared."""

import re
from typing import Final

_SEPARATING: Final = re.compile(r"[\W_]+")


def comparable(text: str) -> str:
    """``6A 1234-5678`` and ``6a12345678`` are one number, ``La Poste`` and ``la-poste`` one carrier."""
    return _SEPARATING.sub("", text).upper()
