"""What was said with a change of an order, as it may be shown.

The history keeps it as it was written. A reader other than its author sees contact details masked
until the order is paid, and payment links and messengers masked for ever.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final, cast

from orderhub.domain.contact_details.disclosure import Disclosure
from orderhub.kit.clock import show_instant

PRIVATE: Final = frozenset({"payment_id", "commission", "fee", "released", "amount"})
"""Left out of what both parties read alike: how the buyer paid, what the hub keeps, amounts."""
_AMOUNTS: Final = frozenset({"amount", "commission", "fee", "price", "received", "refunded", "released", "unit_price"})
_INSTANTS: Final = frozenset({"appointment", "arrive_by", "due_at", "purchase_by"})
_CODES: Final = frozenset(("id", "proof_id", "payment_id", "extra_id", "line_id", "document", "number", "reference"))
"""What the hub itself, or staff, say: never masked."""


def shown(said: Mapping[str, Any], hidden: AbstractSet[str], words: Disclosure) -> dict[str, Any]:
    """What was said, without ``hidden``, its texts as their reader sees them."""
    found = {name: value for name, value in said.items() if name not in hidden}
    return {name: value if name in _CODES else words.document(value) for name, value in found.items()}


def public(said: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """The same in the forms of the API: amounts with their currency, instants in UTC, and nothing that is null.

    It is kept in minor units of the order's currency.
    """
    return {name: _public(name, value, currency) for name, value in said.items() if value is not None}


def _public(name: str, value: Any, currency: str) -> Any:
    match value:
        case {"currency": _}:
            return value
        case dict():
            return public(cast("dict[str, Any]", value), currency)
        case int() if name in _AMOUNTS:
            return {"amount": value, "currency": currency}
        case str() if name in _INSTANTS:
            return show_instant(datetime.fromisoformat(value))
        case _:
            return value
