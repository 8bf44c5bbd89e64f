"""A private sale in the demo: Bruno shows a jacket, Awa buys it, a carrier brings it and perhaps takes it back."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from secrets import randbelow
from typing import Any, Final

from PIL import Image

from orderhub.demo.outside import CARRIER, Outside
from orderhub.demo.stage import DemoError, Document, Stage

PRICE: Final = 5_000
CARD: Final = "4242424242424242"
HOME: Final = {
    "name": "Awa Diallo",
    "line1": "12 rue Oberkampf",
    "postcode": "75011",
    "city": "Paris",
    "country": "FR",
}
BACK_TO: Final = {
    "name": "Bruno Keller",
    "line1": "8 rue de la Soie",
    "postcode": "69001",
    "city": "Lyon",
    "country": "FR",
}
_JACKET: Final[Document] = {
    "kind": "item",
    "title": "Veste en cuir",
    "description": "Cuir d’agneau souple, doublure refaite l’an dernier.",
    "category": "womens_clothing",
    "price": {"amount": PRICE, "currency": "EUR"},
    "condition": "very_good",
    "size": "38",
    "colour": "noir",
    "parcel_size": "small",
    "takes_offers": True,
    "state": "active",
}


def euros(cents: int) -> Document:
    """An amount as the API says it."""
    return {"amount": cents, "currency": "EUR"}


class Sale:
    """Bruno's jacket, and whoever wants it."""

    def __init__(self, stage: Stage, outside: Outside) -> None:
        self.stage, self._outside = stage, outside
        self.listing_id = ""
        self.total = self.shipping = self.fee = 0
        """What the buyer pays, and what of it is for the parcel and for their protection; known once it is paid."""
        self._number = ""

    def open(self) -> None:
        """Awa and Bruno sign up, and Bruno puts his jacket on sale."""
        self.stage.say("Awa and Bruno sign up; Bruno puts his jacket on sale.")
        self.stage.join("Awa", "Awa Diallo")
        self.stage.join("Bruno", "Bruno Keller")
        listing = {**_JACKET, "photo_ids": [self.picture("Bruno", "photo", "black")]}
        self.listing_id = self.stage.ask("Bruno", "POST", "/v1/listings", json=listing)["id"]

    def picture(self, who: str, purpose: str, colour: str) -> str:
        """The id of a picture that somebody uploads."""
        drawn = BytesIO()
        Image.new("RGB", (480, 320), colour).save(drawn, "PNG")
        files = {"file": ("photo.png", drawn.getvalue(), "image/png")}
        return str(self.stage.ask(who, "POST", "/v1/files", files=files, data={"purpose": purpose})["id"])

    def wanted(self, **more: Any) -> Document:
        """What is sent to buy the jacket."""
        return {"kind": "item", "listing_ids": [self.listing_id], "address": HOME, **more}

    def offer(self, offer_id: str, who: str, action: str, **fields: Any) -> Document:
        """Take a row of the offer's table. A counter answers with the offer that it makes."""
        path = f"/v1/offers/{offer_id}/transitions"
        answer: Document = self.stage.ask(who, "POST", path, json={"action": action, **fields})
        return answer

    def hold_offer(self, offer_id: str, who: str, status: str) -> None:
        """The offer as it must be now; every change must be a row of the table."""
        found = self.stage.ask(who, "GET", f"/v1/offers/{offer_id}")
        if found["status"] != status:
            raise DemoError(f"Expected an offer that is {status}, found {found['status']}.")
        for change in self.stage.ask(who, "GET", f"/v1/offers/{offer_id}/transitions")["data"]:
            self.stage.hold_to_table("offer", change["from"], change["action"], change["to"])

    def race(self, offers: dict[str, str]) -> Sequence[str]:
        """Each orders with an accepted offer at the same instant; the one who has the jacket first, then the other."""

        def order(who: str) -> tuple[int, Document]:
            return self.stage.answered(who, "POST", "/v1/orders", json=self.wanted(offer_id=offers[who]))

        with ThreadPoolExecutor(len(offers)) as both:
            answers = dict(zip(offers, both.map(order, offers), strict=True))
        ranked = sorted(answers, key=lambda who: answers[who][0])
        found = [(answers[who][0], answers[who][1].get("code")) for who in ranked]
        if found != [(201, None), (409, "listing_reserved")]:
            raise DemoError(f"Expected one order and one refusal as reserved, found {found}.")
        self.stage.order = answers[ranked[0]][1]
        self.stage.hold_to_table("item", None, "place", str(self.stage.order["status"]))
        return ranked

    def pay(self, who: str, price: int) -> None:
        """The total is what the jacket costs, its shipping and the protection fee; all of it is held."""
        self.total, item = self.stage.order["total"]["amount"], self.stage.order["item"]
        self.shipping, self.fee = item["shipping"]["amount"], item["protection"]["amount"]
        if (item["price"]["amount"], self.total) != (price, price + self.shipping + self.fee):
            raise DemoError(f"Expected {price} with shipping and fee, found {item['price']} of {self.total}.")
        self.hold_listing("reserved")
        self.stage.pay(who, CARD)
        self.stage.wait_for(who, "awaiting_shipment")
        self.stage.expect(who, "awaiting_shipment", held=self.total, released=0, refunded=0)
        self.hold_listing("sold")

    def send(self, who: str = "Bruno", action: str = "ship") -> None:
        """A parcel goes to the carrier."""
        self._number = f"6A{randbelow(10**11):011}"
        self.stage.act(who, action, carrier=CARRIER, tracking_number=self._number)

    def carrier_says(self, status: str) -> None:
        """The carrier's signed word about the parcel that was sent last."""
        self._outside.say_of_parcel(self._number, status)

    def hold_listing(self, state: str) -> None:
        """Bruno's listing as it must be now."""
        found = self.stage.ask("Bruno", "GET", f"/v1/listings/{self.listing_id}")["state"]
        if found != state:
            raise DemoError(f"Expected a listing that is {state}, found {found}.")

    def earned(self, amount: int) -> None:
        """What Bruno must have of it, less a commission if there is one."""
        found = sum(each["clearing"]["amount"] for each in self.stage.ask("Bruno", "GET", "/v1/me/balance")["data"])
        if found != amount:
            raise DemoError(f"Expected {amount} for Bruno, found {found}.")
