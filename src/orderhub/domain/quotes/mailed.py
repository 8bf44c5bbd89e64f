"""Accepting a proforma by replying to its mail with a proof: quote, order and proof in one transaction."""

from uuid import UUID

from orderhub.domain.operator import Operator
from orderhub.domain.orders.engine import ORDERS
from orderhub.domain.orders.settlement.mailed_proofs import submitted
from orderhub.domain.payments.manual import MailedProof
from orderhub.domain.process import Actor, By
from orderhub.domain.quotes import advance
from orderhub.domain.quotes.change import QuoteChange
from orderhub.domain.quotes.engine import QUOTES
from orderhub.domain.quotes.loading import Loaded
from orderhub.domain.transitions.taking import try_inside, write_taken
from orderhub.infra.database import Database, HotTransaction


async def accept_by_mail(
    database: Database, quote_id: UUID, n: int, proof: MailedProof, operator: Operator
) -> UUID | None:
    """Accept version ``n`` for the buyer, place the order and submit the proof to it.

    None where that version can't be accepted any more; nothing has changed then.
    """

    def decide(loaded: Loaded) -> QuoteChange:
        buyer = Actor(frozenset({By.BUYER}), loaded.quote.buyer_id)
        return advance.take(loaded, buyer, "accept", {"version": n}, operator)

    async def submit(transaction: HotTransaction, change: QuoteChange) -> None:
        placed = change.placed
        assert placed is not None  # noqa: S101 - accepting places the order
        await write_taken(transaction, ORDERS, placed, submitted(placed, proof))

    accepted = await try_inside(database, QUOTES, quote_id, decide, then=submit)
    return None if accepted is None else accepted.quote.order_id
