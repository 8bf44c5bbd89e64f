"""Accepting a proforma places the order: the quote and the order begin and end in one statement."""

from orderhub.domain.decisions import decide
from orderhub.domain.orders.beginning import fields_of, rows_of
from orderhub.domain.orders.kinds.sourced.placing import Agreed, order_of
from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.loading import Loaded as LoadedOrder
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Actor, By
from orderhub.domain.quotes.change import QuoteChange
from orderhub.domain.quotes.loading import Loaded


def place(change: QuoteChange, loaded: Loaded, actor: Actor) -> LoadedOrder:
    """The order that the acceptance places; its rows are appended to the change.

    Sample data names its ``order_id`` and ``conversation_id`` in the command.
    """
    quote = change.quote
    order = order_of(_agreed(loaded, change), loaded.policy, change.operated_by, change.now)
    decide(SOURCED, None, "place", actor, Facts(order, change.now, actor))
    placed = LoadedOrder(order, loaded.buyer, loaded.house, change.now)
    quote.order_id = order.id
    change.rows["orders"] = [{"id": order.id, **fields_of(order)}]
    for table, rows in rows_of(placed, By.BUYER, order.buyer_id).items():
        change.rows[table] = [*change.rows.get(table, []), *rows]
    return placed


def _agreed(loaded: Loaded, change: QuoteChange) -> Agreed:
    quote, content = loaded.quote, loaded.content
    assert content is not None  # noqa: S101 - the row's guard: a version was issued
    assert quote.current is not None  # noqa: S101 - likewise
    assert quote.number is not None  # noqa: S101 - likewise
    assert quote.expires_at is not None  # noqa: S101 - likewise
    named = {name: change.command[name] for name in ("order_id", "conversation_id") if name in change.command}
    return Agreed(
        quote.id,
        quote.current,
        quote.number,
        content,
        quote.expires_at,
        quote.buyer_id,
        quote.title,
        quote.address,
        quote.staff_ids,
        **named,
    )
