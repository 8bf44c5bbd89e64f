"""The bare handler that OrderHub's reads are held against: FastAPI and asyncpg, nothing between them.

It answers the same JSON from the same rows as a good developer would who needs no sign-in, no
languages and no transition table: plain statements on the driver's default pool, encoded once. Ids
are plain UUIDs; everything else is the same, byte for byte, and a test holds it to that.

``BENCH_DSN`` names the database. ``/limit/…`` is the same code on the rows of another schema, to be
held against a server that others wrote for it.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
from fastapi import FastAPI, HTTPException, Response

_encode: Final = msgspec.json.encode

ORDER: Final = """
SELECT o.id, o.kind, o.version, o.status, o.title, o.photo_file_id, o.conversation_id, o.buyer_id, o.seller_id,
    b.handle AS buyer_handle, b.display_name AS buyer_name, s.handle AS seller_handle, s.display_name AS seller_name,
    b.photo_id AS buyer_photo, b.photo_width AS buyer_width, b.photo_height AS buyer_height,
    s.photo_id AS seller_photo, s.photo_width AS seller_width, s.photo_height AS seller_height,
    f.id AS shown_photo, f.width AS shown_width, f.height AS shown_height,
    o.listing_id, o.category, o.lines, o.currency, o.total, o.held, o.released, o.refunded, o.details,
    o.placed_at, o.paid_at, o.due_at, o.final_at, o.status_since, o.cancellation
FROM orders o JOIN accounts b ON b.id = o.buyer_id JOIN accounts s ON s.id = o.seller_id
LEFT JOIN files f ON f.id = o.photo_file_id
WHERE o.id = $1"""
CLOCKS: Final = "SELECT kind, action, due FROM timers WHERE subject_id = $1 AND kind <> 'remind' ORDER BY due"
PAGE: Final = """
SELECT o.*, a.id AS other_id, a.handle AS other_handle, a.display_name AS other_name, m.unread,
    a.photo_id AS other_photo, a.photo_width AS other_width, a.photo_height AS other_height,
    f.id AS shown_photo, f.width AS shown_width, f.height AS shown_height
FROM (
    SELECT id, kind, version, status, title, photo_file_id, conversation_id, buyer_id, seller_id, currency, total,
        commission_basis_points, due_at, placed_at
    FROM orders WHERE buyer_id = $1 OR seller_id = $1 ORDER BY id DESC LIMIT 21
) o
JOIN accounts a ON a.id = CASE WHEN o.buyer_id = $1 THEN o.seller_id ELSE o.buyer_id END
JOIN conversation_members m ON m.conversation_id = o.conversation_id AND m.account_id = $1
LEFT JOIN files f ON f.id = o.photo_file_id
ORDER BY o.id DESC"""
DUES: Final = """
SELECT subject_id, min(due) AS due FROM timers WHERE subject_id = ANY($1) AND kind <> 'remind' GROUP BY subject_id"""
CART: Final = """
SELECT id, account_id, status, separate, version, quote_id, created_at, updated_at FROM carts WHERE id = $1"""
CART_LINES: Final = """
SELECT l.id, l.name, l.url, l.quantity, l.note, l.created_at, l.shop_id, s.name AS shop_name, s.currency
FROM cart_lines l LEFT JOIN shops s ON s.id = l.shop_id AND s.active WHERE l.cart_id = $1 ORDER BY l.place"""
_LIMIT_ORDER: Final = """
SELECT id, buyer_id, seller_id, status, currency, total, version, created_at FROM lim_order WHERE id = $1"""
_LIMIT_LINES: Final = "SELECT id, sku, title, quantity, unit_price FROM lim_line WHERE order_id = $1 ORDER BY id"
_LIMIT_AT: Final = "SELECT created_at FROM lim_order WHERE id = $1"
_LIMIT_PAGE: Final = """
SELECT id, buyer_id, seller_id, status, currency, total, version, created_at FROM lim_order
WHERE id < $1 AND (created_at, id) < ($2, $1) ORDER BY created_at DESC, id DESC LIMIT 20"""

WORDS: Final = {
    "in_progress": ("En cours", "blue", "in_progress", "En cours"),
    "delivered": ("Livrée", "violet", "delivered", "Livrée"),
    "completed": ("Terminée", "green", "completed", "Terminée"),
}
ACTIONS: Final = {
    "in_progress": ["request_cancellation", "cancel", "add_extra", "open_dispute", "report_problem"],
    "delivered": ["approve", "request_revision", "open_dispute", "report_problem"],
}
NOT_YET: Final = {
    "in_progress": [
        {"action": action, "code": code, "reason": f"Aucune demande {of} n’est en cours."}
        for action, code, of in (
            ("withdraw_cancellation", "no_cancellation_pending", "d’annulation"),
            ("accept_extension", "no_extension_pending", "de prolongation"),
            ("decline_extension", "no_extension_pending", "de prolongation"),
        )
    ],
}
MAY: Final = {"allowed": True, "code": None, "reason": None}
ALLOWANCES: Final = {
    "can_review": {
        "allowed": False,
        "code": "order_not_completed",
        "reason": "Attendez que la commande soit terminée.",
    },
    "can_write": MAY,
    "can_report": MAY,
}
WAITS_FOR: Final = {"deliver": ["seller"], "auto_approve": ["buyer"], "freeze": []}

pool: Any = None


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=msgspec.json.decode)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
    """Open the driver's pool as it comes."""
    global pool
    make: Any = asyncpg.create_pool  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - untyped
    async with make(os.environ["BENCH_DSN"], init=_prepare) as pool:
        yield


app = FastAPI(lifespan=lifespan)


def _answer(found: Any) -> Response:
    return Response(_encode(found), media_type="application/json")


@app.get("/orders/{order_id}")
async def get_order(order_id: UUID) -> Response:
    """One order with its clocks: two statements."""
    async with pool.acquire() as connection:
        order = await connection.fetchrow(ORDER, order_id)
        if order is None:
            raise HTTPException(404)
        clocks = await connection.fetch(CLOCKS, order_id)
    return _answer(_shown(order, clocks))


@app.get("/orders")
async def list_orders(account: UUID) -> Response:
    """The newest 20 orders of an account: two statements."""
    async with pool.acquire() as connection:
        orders = await connection.fetch(PAGE, account)
        dues = await connection.fetch(DUES, [order["id"] for order in orders])
    due_of = {due["subject_id"]: due["due"] for due in dues}
    now = datetime.now(UTC)
    page = [_summary(order, account, due_of.get(order["id"]), now) for order in orders[:20]]
    return _answer({"data": page, "next_cursor": orders[19]["id"] if len(orders) > 20 else None})


@app.get("/carts/{cart_id}")
async def get_cart(cart_id: UUID) -> Response:
    """One cart with its lines: two statements. Every line is taken for one that a shop sells, and no other repeats."""
    async with pool.acquire() as connection:
        cart = await connection.fetchrow(CART, cart_id)
        if cart is None:
            raise HTTPException(404)
        lines = await connection.fetch(CART_LINES, cart_id)
    return _answer(_cart(cart, lines))


@app.get("/limit/orders/{order_id}")
async def read_limit_order(order_id: int) -> Response:
    """The same reading, on rows of the shared server."""
    async with pool.acquire() as connection:
        order = await connection.fetchrow(_LIMIT_ORDER, order_id)
        if order is None:
            raise HTTPException(404)
        lines = await connection.fetch(_LIMIT_LINES, order_id)
    return _answer({**order, "lines": [dict(line) for line in lines]})


@app.get("/limit/orders")
async def list_limit_orders(before: int) -> Response:
    """The same listing, on rows of the shared server."""
    async with pool.acquire() as connection:
        at = await connection.fetchval(_LIMIT_AT, before)
        rows = await connection.fetch(_LIMIT_PAGE, before, at)
    return _answer({"items": [dict(row) for row in rows], "next": rows[-1]["id"] if rows else None})


def _head(order: Any, now: datetime) -> dict[str, Any]:
    status = order["status"]
    label, colour, stage, stage_label = WORDS[status]
    return {
        "id": order["id"],
        "kind": order["kind"],
        "version": order["version"],
        "status": status,
        "label": label,
        "colour": colour,
        "stage": stage,
        "stage_label": stage_label,
        "disputed": False,
        "late": status == "in_progress" and now > order["due_at"],
        "title": order["title"],
        "photo": _photo(order, "shown"),
        "conversation_id": order["conversation_id"],
    }


def _money(amount: int, currency: str) -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


def _party(order: Any, party: str) -> dict[str, Any]:
    return {
        "id": order[f"{party}_id"],
        "handle": order[f"{party}_handle"],
        "display_name": order[f"{party}_name"],
        "photo": _photo(order, party),
    }


def _photo(order: Any, whose: str) -> dict[str, Any] | None:
    photo_id = order[f"{whose}_photo"]
    if photo_id is None:
        return None
    url = f"http://127.0.0.1:8000/v1/photos/{photo_id}"
    size = {"width": order[f"{whose}_width"], "height": order[f"{whose}_height"]}
    return {"id": photo_id, "url": url, "thumbnail_url": f"{url}/thumbnail", **size}


def _shown(order: Any, clocks: Any) -> dict[str, Any]:
    status, currency, details = order["status"], order["currency"], order["details"]
    return {
        **_head(order, datetime.now(UTC)),
        "role": "buyer",
        "buyer": _party(order, "buyer"),
        "seller": _party(order, "seller"),
        "listing_id": order["listing_id"],
        "category": order["category"],
        "lines": [{**line, "price": _money(line["price"], currency)} for line in map(_in_order, order["lines"])],
        "total": _money(order["total"], currency),
        "net": None,
        "escrow": {name: _money(order[name], currency) for name in ("held", "released", "refunded")},
        "placed_at": order["placed_at"],
        "paid_at": order["paid_at"],
        "due_at": order["due_at"],
        "final_at": order["final_at"],
        "status_since": order["status_since"],
        "deadlines": [_clock(clock) for clock in clocks],
        "days": details["days"],
        "revisions": {"included": details.get("revisions_included"), "used": details.get("revisions_used", 0)},
        "questions": details["questions"],
        "answers": details["answers"],
        "accepted_at": details.get("accepted_at"),
        "delivered_at": details.get("delivered_at"),
        "deliveries": [],
        "offer_id": details.get("offer_id"),
        "scope": details.get("scope"),
        "sourcing": None,
        "item": None,
        "pending": {"cancellation": order["cancellation"], "extension": details.get("extension"), "extras": []},
        "available_actions": ACTIONS.get(status, []),
        "not_yet": NOT_YET.get(status, []),
        **ALLOWANCES,
    }


def _in_order(line: dict[str, Any]) -> dict[str, Any]:
    return {"id": line["id"], "title": line["title"], "price": line["price"], "days": line["days"]}


def _clock(clock: Any) -> dict[str, Any]:
    action = clock["action"]
    shown = "late" if clock["kind"] == "late" else action
    return {"action": shown, "at": clock["due"], "waits_for": WAITS_FOR[action]}


def _summary(order: Any, me: UUID, due: datetime | None, now: datetime) -> dict[str, Any]:
    total, bought = order["total"], order["buyer_id"] == me
    return {
        **_head(order, now),
        "role": "buyer" if bought else "seller",
        "other_party": _party(order, "other"),
        "amount": _money(total if bought else _net(total, order["commission_basis_points"]), order["currency"]),
        "unread": order["unread"],
        "next_deadline": due,
        "due_at": order["due_at"],
        "placed_at": order["placed_at"],
    }


def _net(total: int, basis_points: int) -> int:
    return total - int((Decimal(total) * basis_points / 10_000).to_integral_value(ROUND_HALF_EVEN))


def _cart(cart: Any, lines: Any) -> dict[str, Any]:
    return {
        "id": cart["id"],
        "status": cart["status"],
        "label": "En préparation",
        "version": cart["version"],
        "separate": cart["separate"],
        "line_count": len(lines),
        "quote_id": cart["quote_id"],
        "created_at": cart["created_at"],
        "updated_at": cart["updated_at"],
        "valid": bool(lines),
        "can_be_requested": bool(lines),
        "lines": [_cart_line(line) for line in lines],
        "findings": [],
    }


def _cart_line(line: Any) -> dict[str, Any]:
    return {
        "id": line["id"],
        "shop": {"id": line["shop_id"], "name": line["shop_name"], "currency": line["currency"]},
        "name": line["name"],
        "url": line["url"],
        "quantity": line["quantity"],
        "note": line["note"],
        "valid": True,
        "duplicate_of": None,
        "findings": [],
        "created_at": line["created_at"],
    }
