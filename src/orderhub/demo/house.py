"""The house at work in the demo: Awa's cart becomes a proforma, and the goods are bought, counted and invoiced."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from orderhub.demo.outside import Outside
from orderhub.demo.stage import DemoError, Document, Stage
from orderhub.domain import samples

_EURO: Final = {"EUR": 100, "CHF": 95, "XOF": 656, "XAF": 656, "TND": 3_350}
"""What a euro is worth about, in minor units."""
_ADDRESS: Final = {
    "name": "Awa Diallo",
    "line1": "12 rue Oberkampf",
    "postcode": "75011",
    "city": "Paris",
    "country": "FR",
    "phone": "06 12 34 56 78",
}
_ARTICLES: Final = (
    ("Bazin riche indigo, 5 mètres", "https://maison-du-bazin.example/bazin-riche-indigo", 2, 45),
    ("Perceuse à percussion 18 V", "https://quincaillerie-brotteaux.example/perceuse-18v", 1, 110),
)
"""Name, page, quantity, price of one in euros."""


class House:
    """Chloé of support and Félix of finance, serving Awa in one currency."""

    def __init__(self, stage: Stage, outside: Outside, currency: str) -> None:
        self.stage, self.outside, self._currency = stage, outside, currency
        self._reference = uuid.uuid4().hex[:10].upper()
        self.quote: Document = {}

    def money(self, euros: int) -> Document:
        """About so many euros."""
        return {"amount": euros * _EURO[self._currency], "currency": self._currency}

    def open(self) -> None:
        """Awa signs up; staff of the sample data sign in."""
        self.stage.say(f"Awa signs up; Chloé of support and Félix of finance sign in. All in {self._currency}.")
        self.stage.join("Awa", "Awa Diallo")
        for name, person in (("Chloé", samples.CHLOE), ("Félix", samples.FELIX)):
            self.stage.sign_in(name, person.email, samples.PASSWORD)

    def issue(self) -> None:
        """A cart, a quote asked for, a proforma issued: everything up to its mail."""
        ask = self.stage.ask
        self.stage.say("Awa gathers two articles of partner shops, and asks for a quote.")
        cart = ask("Awa", "POST", "/v1/carts", json={})
        for name, url, quantity, _ in _ARTICLES:
            line = {"name": name, "url": url, "quantity": quantity}
            ask("Awa", "POST", f"/v1/carts/{cart['id']}/lines", json=line)
        found = ask("Awa", "POST", f"/v1/carts/{cart['id']}/validate")
        if not found["valid"]:
            raise DemoError("The articles are of no partner shop: start the server with its sample data.")
        terms = ask(None, "GET", "/v1/terms")
        wanted = {"accept_terms_version": terms["version"], "address": _ADDRESS}
        self.quote = ask("Awa", "POST", f"/v1/carts/{cart['id']}/quote-request", json=wanted)
        self.stage.hold_to_table("quote", None, "request", self.quote["status"])
        self.stage.say("Chloé prices it and issues version 1: a deposit of 40 %.")
        self.on_quote("Chloé", "take")
        ask("Chloé", "POST", f"/v1/quotes/{self.quote['id']}/versions", json=self._draft())
        self.on_quote("Chloé", "issue")

    def _draft(self) -> Document:
        today = datetime.fromisoformat(self.stage.ask(None, "GET", "/v1/sandbox/clock")["now"]).date()
        lines = [
            {"id": line["id"], "unit_price": self.money(euros), "tax_basis_points": 2000}
            for line, (_, _, _, euros) in zip(self.quote["lines"], _ARTICLES, strict=True)
        ]
        return {
            "currency": self._currency,
            "lines": lines,
            "fees": [self._fee()],
            "freight": {"basis": "weight", "weight_grams": 3_200, "rate_per_kg": self.money(9)},
            "deposit_percent": 40,
            "purchase_by": str(today + timedelta(days=10)),
            "arrive_by": str(today + timedelta(days=30)),
            "payment_instructions": [
                {"method": "transfer", "label": "Banque", "details": "FR76 3000 4000 0312 3456 7890 143"}
            ],
        }

    def _fee(self) -> Document:
        return {"label": "Frais de service", "amount": self.money(12), "tax_basis_points": 2000}

    def on_quote(self, who: str, action: str, **fields: Any) -> Document:
        """Take a row of the quote's table; what comes of it must be one of the rows."""
        before, path = self.quote["status"], f"/v1/quotes/{self.quote['id']}"
        answer = self.stage.ask(who, "POST", f"{path}/transitions", json={"action": action, **fields})
        self.quote = self.stage.ask("Awa", "GET", path) if action == "accept" else answer
        self.stage.hold_to_table("quote", before, action, self.quote["status"])
        return answer

    def accept(self) -> None:
        """Awa accepts the version that she looked at: the order is placed."""
        self.stage.say("Awa accepts the proforma: the order is placed, and waits for its deposit.")
        self.stage.order = self.on_quote("Awa", "accept", version=self.quote["current"]["n"])
        self.stage.hold_to_table("sourced", None, "place", self.stage.order["status"])

    def mailed(self, number: str) -> Document:
        """The mail that brought Awa a document."""
        mail = self.stage.mail_to("Awa", lambda mail: _brings(mail, number), number)
        self.stage.say(f"The mailbox has '{mail['subject']}' with {mail['attachments'][0]['name']}.")
        return mail

    def confirm(self, action: str) -> None:
        """Félix looks at the proof, and sees on the bank's statement that what is due came."""
        self._reference += "X"
        seen = self.stage.ask("Félix", "GET", f"/v1/orders/{self.stage.order['id']}")["sourcing"]
        found = {"proof_sha256": seen["proof"]["sha256"], "received": seen["due"], "reference": self._reference}
        self.stage.act("Félix", action, **found)

    def pay_deposit_by_card(self) -> None:
        """The deposit through the payment provider, which confirms it."""
        self.stage.say("Awa pays the deposit by card.")
        self.stage.pay("Awa", _CARD)
        self.stage.wait_for("Awa", "confirmed")

    def fetch_goods(self) -> None:
        """Chloé buys every line, and counts what comes."""
        self.stage.say("Chloé buys from the shops; the goods travel, come, and are counted.")
        lines = self.stage.order["sourcing"]["lines"]
        bought = [{"line_id": line["id"], "supplier_reference": f"CMD-{n}"} for n, line in enumerate(lines, 88_213)]
        self.stage.act("Chloé", "purchase", lines=bought)
        self.stage.act("Chloé", "ship_to_hub")
        self.stage.act("Chloé", "receive", lines=[_counted(line) for line in lines])

    def invoice(self) -> None:
        """Félix issues the final invoice: the freight came to a little more."""
        self.stage.say("Félix issues the final invoice: the freight came to a little more.")
        freight = {"basis": "flat", "amount": self.money(32)}
        self.stage.act("Félix", "issue_final_invoice", fees=[self._fee()], freight=freight)

    def pay_balance_by_card(self) -> None:
        """The balance through the payment provider; the goods are ready then."""
        self.stage.say("Awa pays the balance by card.")
        self.stage.pay("Awa", _CARD)
        self.stage.wait_for("Awa", "ready")

    def hand_over(self) -> None:
        """Awa comes with her code."""
        self.stage.say("Chloé says when the goods can be fetched; Awa comes with her code.")
        self.stage.act("Chloé", "arrange", instructions="Du lundi au vendredi, de 9 h à 18 h, 8 rue du Port, Lyon.")
        code = self.stage.ask("Awa", "GET", f"/v1/orders/{self.stage.order['id']}")["sourcing"]["pick_up"]["code"]
        self.stage.act("Chloé", "hand_over", code=code)

    def total(self) -> int:
        """What the order costs now."""
        return int(self.stage.order["sourcing"]["total"]["amount"])


_CARD: Final = "4242424242424242"


def _brings(mail: Document, number: str) -> bool:
    return any(file["name"].startswith(number) for file in mail["attachments"])


def _counted(line: Document) -> Document:
    return {"line_id": line["id"], "counted": line["quantity"]}
