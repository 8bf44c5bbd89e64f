"""What an order of the listing does to the offers on it, in a change of its own: for the tests of offers."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from orderhub.domain.offers import settling, using
from orderhub.domain.process import By
from orderhub.domain.transitions.change import Change
from orderhub.infra.changes import Changes, write
from orderhub.infra.database import Statement
from orderhub.kit.ids import new_id
from tests.engine.haggling import Haggling

_OFFER: Final = using.held()
_FIND: Final = Statement(select(*using.columns(_OFFER)).select_from(_OFFER))


async def place_with(scene: Haggling, offer_id: UUID, order_id: UUID) -> None:
    """An order that uses an offer is placed. Raises OfferNotUsableError."""
    async with scene.database.hot_transaction() as transaction:
        found = await transaction.row(_FIND, {"offer_id": offer_id, "account_id": scene.awa.account_id})
        assert found is not None
        accepted = using.read(found, await scene.now(), offer_id)
        assert accepted is not None
        change = Change(**await _parts(scene, "place"))
        change.steps.append(using.use_step(order_id, accepted.id))
        await write(transaction, await _changes(scene, change))


async def pay_with(scene: Haggling, offer_id: UUID | None) -> None:
    """An order of the listing is placed and paid: it used this offer, or none."""
    if offer_id is not None and (await scene.offer(offer_id)).order_id is None:
        await place_with(scene, offer_id, new_id())
    async with scene.database.hot_transaction() as transaction:
        change = Change(**await _parts(scene, "confirm_payment"))
        await settling.settle(transaction, change, listing_ids=[scene.listing_id], offer_id=offer_id)
        await write(transaction, await _changes(scene, change))


async def give_up(scene: Haggling, offer_id: UUID) -> None:
    """The order that used an offer ends unpaid."""
    async with scene.database.hot_transaction() as transaction:
        change = Change(**await _parts(scene, "cancel"))
        await settling.release(transaction, change, offer_id=offer_id)
        await write(transaction, await _changes(scene, change))


async def _parts(scene: Haggling, action: str) -> dict[str, Any]:
    return {"action": action, "by": By.PROVIDER, "actor_id": None, "now": await scene.now(), "command": {}}


async def _changes(scene: Haggling, change: Change) -> Changes:
    """The change with the listing in the place of the order's own row."""
    (listing,) = await scene.rows("SELECT version FROM listings WHERE id = :id", id=scene.listing_id)
    return Changes("listings", scene.listing_id, listing["version"], {}, change.rows, change.updates, change.steps)
