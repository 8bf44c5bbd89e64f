"""Lives of items' orders over HTTP: how Awa buys of Bruno, and what they and a carrier say."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import new_id, show_id
from tests.kinds.item.commands import ADDRESS, BACK_TO, COMMANDS, TOO_LARGE, euros
from tests.kinds.item.orders import FEE, TOTAL
from tests.lives.plays import Life, Line, Played
from tests.making.items import new_item
from tests.making.pictures import SIZE, saved, scene
from tests.making.signatures import signed
from tests.making.traders import new_trader

SPLIT: Final = euros(1_000)
THERE: Final = {"carrier": "colissimo", "tracking_number": "6A 1234 5678 901"}
BACK: Final = {"carrier": "colissimo", "tracking_number": "6A 9876 5432 109"}


def said_of(address: Mapping[str, Any]) -> dict[str, Any]:
    """An address as it is sent."""
    return {name: value for name, value in address.items() if value is not None}


@dataclass(slots=True)
class ItemPlayed(Played):
    """Awa buys a jacket of Bruno's: one that fits or not, of a trader or not, where the life says so."""

    async def place(self) -> Any:
        """Of listings of this life's own."""
        settings, seller_id = self.life.settings, self.bruno.account_id
        size = TOO_LARGE if settings.get("fits") is False else "38"
        sold = [new_item(seller_id, now=real_now(), size=size) for _ in range(settings.get("items", 1))]
        async with self.world.parts.database.session() as session:
            session.add_all(sold)
            if settings.get("trader"):
                session.add(new_trader(seller_id, now=real_now()))
        ids = [show_id("lst", listing.id) for listing in sold]
        body = {"kind": "item", "listing_ids": ids, "address": said_of(ADDRESS)}
        return await self.hub.awa.ask("POST", "/orders", 201, json=body)

    async def said(self, line: Line) -> Mapping[str, Any]:
        """What goes with the action."""
        usual = COMMANDS[line.action].said
        special: dict[str, dict[str, Any]] = {
            "change_address": {"address": said_of(ADDRESS | {"line1": "8 rue Oberkampf"})},
            "ship": THERE,
            "ship_return": BACK,
            "hand_over": {"code": self.order["item"]["hand_over_code"]},
            "accept_return": {"address": said_of(BACK_TO)},
            "order_return": {**usual, "address": said_of(BACK_TO)},
            "rule_split": {**usual, "amount": SPLIT},
        }
        if line.action == "request_return":
            return await self._reason()
        if line.action == "contest_return":
            return {**usual, "photo_ids": [await self._photo(line.who)]}
        return special.get(line.action, usual)

    async def _reason(self) -> dict[str, Any]:
        if self.life.settings.get("fits") is False:
            return {"reason": "changed_mind"}
        return {"reason": "not_as_described", "message": "Il y a une tache.", "photo_ids": [await self._photo("Awa")]}

    async def _photo(self, who: str) -> str:
        files = {"file": ("tache.png", saved(scene(SIZE), "PNG"), "image/png")}
        found = await self.person(who).ask("POST", "/files", 201, files=files, data={"purpose": "attachment"})
        return found["id"]

    async def pay(self, line: Line) -> str:  # noqa: ARG002 - all of it, with a card
        """With a card."""
        return (await self.world.pay(self.hub.awa, self.order["id"]))["id"]

    async def hear_from_carrier(self) -> None:
        """The carrier says that the parcel is delivered, or that nobody fetched it."""
        await self.world.worker.drain()
        parcel = BACK if self.order["status"] == "return_shipped" else THERE
        status = "returned" if self.life.settings.get("unfetched") else "delivered"
        news = {"id": new_id().hex, "tracking_number": parcel["tracking_number"], "status": status}
        body = json.dumps(news | {"occurred_at": show_instant(real_now())}).encode()
        secret = self.world.parts.settings.carriers["colissimo"]
        headers = {"Content-Type": "application/json"} | signed(secret.get_secret_value(), body)
        async with httpx.AsyncClient(base_url=self.world.base_url, trust_env=False) as carrier:
            answer = await carrier.post("/v1/hooks/tracking/colissimo", content=body, headers=headers)
        assert answer.json() == {"outcome": "applied"}

    async def ends_well(self) -> None:
        """Bruno has what was released but for the fee, and the listings stand as the order left them."""
        balance = (await self.bruno.ask("GET", "/me/balance"))["data"]
        assert sum(found["clearing"]["amount"] for found in balance) == self.life.released - fee_of(self.life)
        unpaid = self.order["paid_at"] is None
        wanted = {"completed": "sold"}.get(self.order["status"], "active" if unpaid else "paused")
        for item in self.order["item"]["items"]:
            listing = await self.bruno.ask("GET", f"/listings/{item['listing_id']}")
            assert listing["state"] == wanted


def fee_of(life: Life) -> int:
    """The hub's part of what was released: what is left of it once Bruno has all of his."""
    return max(life.released - (TOTAL - FEE), 0)


def books(life: Life) -> list[str]:
    """What the ledger of an order comes to."""
    fee = fee_of(life)
    moves = {"chargeback": life.charged_back, "hub": fee, "payable": life.released - fee}
    moves["provider"] = -life.released - life.charged_back
    return [f"{account} EUR {amount}" for account, amount in moves.items() if amount]
