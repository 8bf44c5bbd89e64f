"""What was said with a change of an order, as it may be shown.

The history keeps it as it was written. A reader other than its author sees contact details masked
until the order is paid, and payment links and messengers masked for ever.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from orderhub.domain.contact_details.disclosure import Disclosure

PRIVATE: Final = frozenset({"payment_id", "commission", "released", "amount"})
"""Left out of what both parties read alike: how the buyer paid, what the hub keeps, amounts."""
_CODES: Final = frozenset(("id", "proof_id", "payment_id", "extra_id", "line_id", "document", "number", "reference"))
"""What the hub itself, or staff, say: never masked."""


def shown(said: Mapping[str, Any], hidden: AbstractSet[str], words: Disclosure) -> dict[str, Any]:
    """What was said, without ``hidden``, its texts as their reader sees them."""
    found = {name: value for name, value in said.items() if name not in hidden}
    return {name: value if name in _CODES else words.document(value) for name, value in found.items()}
