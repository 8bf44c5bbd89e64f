"""What was said with a change of an order, as it may be shown.

The history keeps it as it was written. A reader other than its author sees contact details masked
until the order is paid, and payment links and messengers masked for ever.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from orderhub.domain.contact_details import masking

PRIVATE: Final = frozenset({"payment_id", "commission", "released", "amount"})
"""Left out of what both parties read alike: how the buyer paid, what the hub keeps, amounts."""
_TEXTS: Final = ("reason", "message", "decision", "resolution")


def shown(said: Mapping[str, Any], hidden: AbstractSet[str], *, paid: bool) -> dict[str, Any]:
    """What was said, without ``hidden``, its texts masked."""
    found = {name: value for name, value in said.items() if name not in hidden}
    for name in _TEXTS:
        text = found.get(name)
        if isinstance(text, str):
            found[name] = masking.masked(text, masking.hidden(masking.find(text), paid=paid))
    return found
