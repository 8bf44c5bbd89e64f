"""Handing a cart over to the request of a quote: lock it, check its lines, and close it with the request.

For `domain/quotes`, whose own change closes the cart in the same statement::

    handed = await hand_over(transaction, caller.account_id, cart_id, expected=expected)
    changes = Changes("quotes", quote_id, None, {"lines": handed.lines, …})
    changes.updates["carts"] = [handed.closed(quote_id, now)]
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from orderhub.domain.carts.errors import CartNotFoundError, CartNotReadyError
from orderhub.domain.carts.loading import read_loaded, with_lines
from orderhub.domain.carts.models import Cart, CartStatus
from orderhub.domain.carts.requirements import require_open
from orderhub.domain.carts.rules import Line, findings_of, findings_of_cart, is_valid
from orderhub.domain.requests.versions import require_version
from orderhub.infra.database import HotTransaction, Statement
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions

_LOCK: Final = Statement(
    select(Cart.status, Cart.version)
    .where(Cart.id == bindparam("cart_id", type_=Uuid()), Cart.account_id == bindparam("account_id", type_=Uuid()))
    .with_for_update()
)
_LINES: Final = Statement(with_lines())


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A locked cart that a quote may be asked for."""

    cart_id: UUID
    version: int
    lines: Sequence[dict[str, Any]]
    """The valid ones, at least one: ``{"id", "shop": {"id", "name"}, "name", "url", "quantity", "note"}``."""
    left_out: Sequence[dict[str, Any]]
    """What can't be quoted: ``{"id", "name", "code"}``; these lines stay in the closed cart."""

    def closed(self, quote_id: UUID, now: datetime) -> dict[str, Any]:
        """The cart's row as it has to become, for ``Changes.updates["carts"]``; its version counts up."""
        status = CartStatus.REQUESTED.value
        return {"id": self.cart_id, "status": status, "quote_id": quote_id, "updated_at": now}


async def hand_over(
    transaction: HotTransaction, account_id: UUID, cart_id: UUID, *, expected: Versions | None = None
) -> HandedOver:
    """Lock an open cart of an account and check its lines as they stand now.

    Raises CartNotFoundError, CartClosedError, StaleError, and CartNotReadyError without a valid line.
    """
    values = {"cart_id": cart_id, "account_id": account_id}
    locked = await transaction.row(_LOCK, values)
    if locked is None:
        raise CartNotFoundError(Label("Voyez les vôtres à GET /v1/carts.", "See GET /v1/carts for your own."))
    require_open(locked["status"])
    require_version("cart", locked["version"], expected)
    # Read once the lock is held: lines that came while it was waited for are among them.
    lines = read_loaded(await transaction.rows(_LINES, values)).lines
    _require_valid(lines)
    return HandedOver(
        cart_id,
        locked["version"],
        [_requested(line) for line in lines if is_valid(line)],
        [_refused(line) for line in lines if not is_valid(line)],
    )


def _require_valid(lines: Sequence[Line]) -> None:
    if any(map(is_valid, lines)):
        return
    findings = [finding.code for finding in findings_of_cart(lines) if finding.blocking]
    detail = Label(
        "Ajoutez ou corrigez une ligne pour qu’une au moins puisse être chiffrée : voyez POST /v1/carts/{id}/validate.",
        "Add or correct a line so that one at least can be quoted: see POST /v1/carts/{id}/validate.",
    )
    raise CartNotReadyError(detail, findings=findings, lines=[_refused(line) for line in lines])


def _requested(line: Line) -> dict[str, Any]:
    shop = {"id": show_id("shp", line.shop.id), "name": line.shop.name} if line.shop else None
    return {
        "id": show_id("lin", line.id),
        "shop": shop,
        "name": line.name,
        "url": line.url,
        "quantity": line.quantity,
        "note": line.note,
    }


def _refused(line: Line) -> dict[str, Any]:
    code = next(finding.code for finding in findings_of(line, None) if finding.blocking)
    return {"id": show_id("lin", line.id), "name": line.name, "code": code}
