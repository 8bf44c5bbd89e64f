"""What is said of one kind of order besides its wording: letters of its own."""

from collections.abc import Mapping
from typing import Final

from orderhub.domain.notifications.kinds.item.letters import LETTERS as ITEM_LETTERS
from orderhub.domain.notifications.kinds.sourced.letters import LETTERS as SOURCED_LETTERS
from orderhub.domain.notifications.letters import OwnLetter

LETTERS: Final[Mapping[str, OwnLetter]] = {**SOURCED_LETTERS, **ITEM_LETTERS}
"""By the alert's code."""
