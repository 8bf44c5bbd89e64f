"""The house at work: from a cart to an accepted proforma and further, over HTTP, with real files and real staff."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from orderhub.infra.business_clock import business_now
from tests.lives.world import Person, World
from tests.making.shops import add_shop

RECEIPT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
ADDRESS = {
    "name": "Awa Diop",
    "line1": "12 rue Oberkampf",
    "postcode": "75011",
    "city": "Paris",
    "country": "FR",
    "phone": "06 12 34 56 78",
}


@dataclass(slots=True)
class Hub:
    """Awa buys through the house: Chloé is support, Farid finance, Ada admin."""

    world: World
    awa: Person
    chloe: Person
    farid: Person
    ada: Person
    currency: str = "EUR"

    def money(self, amount: int) -> dict[str, Any]:
        """An amount of this hub's currency."""
        return {"amount": amount, "currency": self.currency}

    async def requested(self) -> Any:
        """A quote asked for out of a cart of two lines."""
        await self._shop()
        cart = await self.awa.ask("POST", "/carts", 201, json={})
        for name, quantity in (("Sandales", 2), ("Foulard", 1)):
            line = {"name": name, "url": f"https://teranga.example/{name.lower()}", "quantity": quantity}
            await self.awa.ask("POST", f"/carts/{cart['id']}/lines", 201, json=line)
        wanted = {"accept_terms_version": 1, "address": ADDRESS}
        return await self.awa.ask("POST", f"/carts/{cart['id']}/quote-request", 201, json=wanted)

    async def _shop(self) -> None:
        found = await self.awa.ask("GET", "/shops")
        if not found["data"]:
            async with self.world.parts.database.session() as session:
                await add_shop(session, "Maison Teranga", "teranga.example")

    async def issued(self, deposit_percent: int = 40, **more: Any) -> Any:
        """A quote whose first version is issued: twice 45.90, 12.00, a fee and freight."""
        quote = await self.requested()
        await self.on_quote(self.chloe, quote, "take")
        return await self.issue(quote, deposit_percent=deposit_percent, **more)

    async def issue(self, quote: Any, **more: Any) -> Any:
        """Save a draft and publish it."""
        draft = await self.draft(quote, **more)
        await self.chloe.ask("POST", f"/quotes/{quote['id']}/versions", json=draft)
        return await self.on_quote(self.chloe, quote, "issue")

    async def draft(self, quote: Any, **more: Any) -> dict[str, Any]:
        """What Chloé says of a quote; she leaves out what is None."""
        async with self.world.parts.database.session() as session:
            today = (await business_now(session)).date()
        prices = (4_590, 1_200)
        lines = [
            {"id": line["id"], "unit_price": self.money(price), "tax_basis_points": 2000}
            for line, price in zip(quote["lines"], prices, strict=True)
        ]
        plain = {
            "currency": self.currency,
            "lines": lines,
            "fees": [{"label": "Frais de service", "amount": self.money(900)}],
            "freight": {"basis": "weight", "weight_grams": 1_850, "rate_per_kg": self.money(1_000)},
            "deposit_percent": 40,
            "purchase_by": (today + timedelta(days=8)).isoformat(),
            "arrive_by": (today + timedelta(days=20)).isoformat(),
            "payment_instructions": [
                {"method": "transfer", "label": "Banque", "details": "FR76 3000 4000 0312 3456 7890 143"},
                {"method": "mobile_money", "label": "Wave", "details": "+221 77 123 45 67"},
            ],
        }
        said = plain | more
        return {name: value for name, value in said.items() if value is not None}

    async def on_quote(self, person: Person, quote: Any, action: str, expect: int = 200, **fields: Any) -> Any:
        """Act on a quote."""
        path = f"/quotes/{quote['id']}/transitions"
        return await person.ask("POST", path, expect, json={"action": action, **fields})

    async def ordered(self, **more: Any) -> Any:
        """An order placed by accepting the issued version."""
        quote = await self.issued(**more)
        return await self.on_quote(self.awa, quote, "accept", 201, version=quote["current"]["n"])

    async def receipt(self, text: str = "") -> str:
        """The id of a receipt that Awa uploaded."""
        files = {"file": ("recu.pdf", RECEIPT + text.encode(), "application/pdf")}
        found = await self.awa.ask("POST", "/files", 201, files=files, data={"purpose": "attachment"})
        return found["id"]

    async def proven(self, order: Any, amount: int | None = None, reference: str = "VIR 1") -> Any:
        """A proof submitted by upload."""
        claimed = amount or order["sourcing"]["due"]["amount"]
        return await self.awa.do(
            order["id"],
            "submit_proof",
            file_id=await self.receipt(reference),
            amount=self.money(claimed),
            method="transfer",
            reference=reference,
        )

    async def confirm(self, order: Any, action: str, received: int, reference: str = "VIR 1", expect: int = 200) -> Any:
        """Farid looks at the proof and says what came."""
        seen = await self.farid.ask("GET", f"/orders/{order['id']}")
        return await self.farid.do(
            order["id"],
            action,
            expect,
            proof_sha256=seen["sourcing"]["proof"]["sha256"],
            received=self.money(received),
            reference=reference,
        )

    async def confirmed(self, **more: Any) -> Any:
        """An order whose deposit has come by transfer."""
        order = await self.ordered(**more)
        order = await self.proven(order)
        return await self.confirm(order, "confirm_deposit", order["sourcing"]["due"]["amount"])

    async def arrived(self, **more: Any) -> Any:
        """An order whose goods are counted."""
        order = await self.confirmed(**more)
        lines = [line["id"] for line in order["sourcing"]["lines"]]
        bought = [{"line_id": line, "supplier_reference": f"CMD-{place}"} for place, line in enumerate(lines)]
        await self.chloe.do(order["id"], "purchase", lines=bought)
        await self.chloe.do(order["id"], "ship_to_hub")
        counted = [{"line_id": line["id"], "counted": line["quantity"]} for line in order["sourcing"]["lines"]]
        return await self.chloe.do(order["id"], "receive", lines=counted)

    async def invoiced(self, **more: Any) -> Any:
        """An order whose final invoice is issued: the freight came to more."""
        order = await self.arrived(**more)
        fees = [{"label": "Frais de service", "amount": self.money(900)}]
        freight = {"basis": "flat", "amount": self.money(2_000)}
        return await self.farid.do(order["id"], "issue_final_invoice", fees=fees, freight=freight)

    async def ready(self, **more: Any) -> Any:
        """An order that is paid whole."""
        order = await self.invoiced(**more)
        order = await self.proven(order, reference="VIR 2")
        return await self.confirm(order, "confirm_balance", order["sourcing"]["due"]["amount"], "VIR 2")
