"""Accepting a proforma by replying to its mail with a proof: quote, order and proof in one transaction."""

from uuid import UUID

from orderhub.domain.operator import Operator
from orderhub.domain.orders import engine as orders
from orderhub.domain.orders.settlement.mailed_proofs import submitted
from orderhub.domain.payments.manual import MailedProof
from orderhub.domain.process import Actor, By
from orderhub.domain.quotes import accepting, advance, loading
from orderhub.domain.quotes.loading import read_loaded
from orderhub.domain.refusals import GuardError, TransitionError
from orderhub.domain.requests.changing import write_change
from orderhub.infra.database import Database
from orderhub.infra.locking import lock


async def accept_by_mail(
    database: Database, quote_id: UUID, n: int, proof: MailedProof, operator: Operator
) -> UUID | None:
    """Accept version ``n`` for the buyer, place the order and submit the proof to it.

    None where that version can't be accepted any more; nothing has changed then.
    """
    async with database.hot_transaction() as transaction:
        row = await lock(transaction, loading.LOCK_FOR_MAIL, {"quote_id": quote_id})
        if row is None:
            return None
        loaded = read_loaded(row)
        buyer = Actor(frozenset({By.BUYER}), loaded.quote.buyer_id)
        try:
            change = advance.take(loaded, buyer, "accept", {"version": n}, operator)
        except (TransitionError, GuardError):
            return None
        placed = accepting.place(change, loaded, buyer)
        await write_change(transaction, advance.changes_of(change, loaded))
        await orders.write_order_change(transaction, placed, submitted(placed, proof))
    return placed.order.id
