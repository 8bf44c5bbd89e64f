"""Adding a line to a cart: a hot write. One statement in, one statement out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.carts import loading
from orderhub.domain.carts.queries import require_visible
from orderhub.domain.carts.requirements import require_agreement, require_open
from orderhub.domain.carts.rules import Line, LineShop
from orderhub.domain.policies.room import require_fixed_room
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.changing import attempt, conclude, find
from orderhub.domain.requests.versions import require_version
from orderhub.domain.shops.hosts import hosts_of
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from orderhub.kit.versions import Versions


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a customer wants; the shop is recognised by the URL when it isn't given."""

    name: str
    url: str | None
    quantity: int
    note: str | None
    shop_id: UUID | None
    id: UUID = field(default_factory=new_id)


Render = Callable[[Line, UUID | None], bytes]
"""Makes the body of an answer from the new line, and from the earlier one that says the same."""


async def add_line(  # noqa: PLR0913 - who adds what to which cart, and how it is shown
    database: Database,
    caller: Caller,
    cart_id: UUID,
    wanted: NewLine,
    render: Render,
    *,
    expected: Versions | None = None,
) -> Answer:
    """Add a line at the end, and answer with it and with what is to be said of it.

    Raises CartNotFoundError, CartClosedError, LimitReachedError, StaleError, InvalidError for a shop that
    isn't active or isn't that of the page, and the refusals of session and key.
    """
    statement = loading.ADD if caller.key is None else loading.ADD_KEYED
    hosts = hosts_of(wanted.url) if wanted.url else []
    values = {
        "cart_id": cart_id,
        "hosts": hosts,
        "shop_id": wanted.shop_id,
        "url": wanted.url,
        "name": wanted.name,
        "note": wanted.note,
        **caller.values(),
    }

    async def change(transaction: HotTransaction) -> Answer:
        row = await find(transaction, statement, values)
        require_open(row["status"])
        require_version("cart", row["version"], expected)
        require_fixed_room("cart_lines", row["line_count"])
        require_agreement(wanted.shop_id, known=row["given_known"], site=row["site_id"])
        now = real_now() + row["ahead"]
        line = _line(wanted, row, now)
        answer = Answer(201, render(line, row["twin"]), {"ETag": f'"{row["version"] + 1}"'})
        return await conclude(transaction, caller, _changes(cart_id, row, line, hosts), answer)

    return await attempt(database, caller, change, lambda: require_visible(database, caller, cart_id))


def _line(wanted: NewLine, row: Any, now: datetime) -> Line:
    shop = LineShop(row["shop_id"], row["shop_name"], row["shop_currency"], active=True) if row["shop_id"] else None
    return Line(wanted.id, wanted.name, wanted.url, wanted.quantity, wanted.note, now, row["site_id"] is not None, shop)


def _changes(cart_id: UUID, row: Any, line: Line, hosts: Sequence[str]) -> Changes:
    place = row["last_place"] + 1
    fields = {"line_count": row["line_count"] + 1, "last_place": place, "updated_at": line.created_at}
    written = {
        "id": line.id,
        "cart_id": cart_id,
        "place": place,
        "shop_id": line.shop and line.shop.id,
        "name": line.name,
        "url": line.url,
        "hosts": hosts,
        "quantity": line.quantity,
        "note": line.note,
        "created_at": line.created_at,
    }
    return Changes("carts", cart_id, row["version"], fields, {"cart_lines": [written]})
