"""A proof that came by mail: the same row as an uploaded one, taken for the buyer whose reply it is."""

from typing import Any
from uuid import UUID

from orderhub.domain.orders import advance, engine
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.payments.manual import MailedProof
from orderhub.domain.process import Actor, By
from orderhub.domain.transitions.taking import try_inside
from orderhub.infra.database import Database


async def submit_by_mail(database: Database, order_id: UUID, proof: MailedProof) -> bool:
    """Submit a mailed proof to an order that awaits one; False where it doesn't, and nothing has changed."""
    return await try_inside(database, engine.ORDERS, order_id, lambda loaded: submitted(loaded, proof)) is not None


def submitted(loaded: Loaded, proof: MailedProof) -> OrderChange:
    """The change that submits a mailed proof: amount, method and reference are left to staff."""
    buyer = Actor(frozenset({By.BUYER}), loaded.order.buyer_id)
    command: dict[str, Any] = {"file_id": proof.file_id, "sha256": proof.sha256, "via": "mail"}
    return advance.take(loaded.order, buyer, "submit_proof", loaded.now, command=command)
