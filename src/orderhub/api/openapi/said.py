"""With which actions each member of ``said`` is said: derived from the tables' rows."""

from typing import Any, Final

from orderhub.domain.orders.said import OVERTAKEN, said_with

SAID: Final = "OrderSaid"


def say_members(document: dict[str, Any]) -> None:
    """Add them, in place, to what each member of an order's ``said`` means."""
    for name, member in document["components"]["schemas"][SAID]["properties"].items():
        actions = ", ".join(f"`{action}`" for action, names in said_with().items() if name in names)
        where = "whatever leaves a status" if name == OVERTAKEN else actions
        member["description"] = f"{member['description']} Said with {where}."
