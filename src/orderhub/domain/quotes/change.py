"""A change of a quote in the making: the quote before and after, and the document that it issues. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orderhub.domain.orders.loading import Loaded as LoadedOrder
from orderhub.domain.quotes.state import QuoteState
from orderhub.domain.transitions.change import Change


@dataclass(slots=True)
class QuoteChange(Change):
    """What a row of the table is about to change."""

    before: QuoteState
    quote: QuoteState
    issues: Mapping[str, Any] | None = None
    """The content to publish as the next version: the engine takes its number."""
    places: bool = False
    """Whether the change places the order."""
    placed: LoadedOrder | None = None
    """The order, once it is placed with the change."""
