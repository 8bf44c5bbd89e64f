"""The endings of an item's order: Bruno sells a jacket to Awa, who keeps it, sends it back, or never has it."""

from collections.abc import Callable
from typing import Final

from orderhub.demo.outside import Outside, Secrets
from orderhub.demo.selling import BACK_TO, PRICE, Sale, euros
from orderhub.demo.stage import DemoError, Stage
from orderhub.domain import samples

_TRADER: Final = {
    "name": "Kalo Vintage SARL",
    "registration_number": "732 829 320 00074",
    "vat_number": "FR44 732 829 320",
    "address": BACK_TO,
}


def buy_now(sale: Sale) -> None:
    """Bought at its price, sent, delivered by the carrier's word, approved."""
    _delivered(sale)
    sale.stage.act("Awa", "approve")
    _kept(sale)


def offer(sale: Sale) -> None:
    """An offer, a counter, agreed, paid, sent, approved."""
    stage, agreed = sale.stage, 4_600
    stage.say("Awa offers 40.00 EUR; Bruno counters with 46.00, and she accepts.")
    path = f"/v1/listings/{sale.listing_id}/offers"
    (first,) = stage.ask("Awa", "POST", path, json={"amount": euros(4_000)})["data"]
    second = sale.offer(first["id"], "Bruno", "counter", amount=euros(agreed))
    sale.hold_offer(first["id"], "Awa", "countered")
    sale.offer(second["id"], "Awa", "accept", amount=euros(agreed))
    sale.hold_offer(second["id"], "Awa", "accepted")
    stage.say("Awa orders with the offer, and pays; Bruno sends it.")
    stage.place("Awa", sale.wanted(offer_id=second["id"]))
    sale.pay("Awa", agreed)
    sale.hold_offer(second["id"], "Awa", "ordered")
    _sent(sale)
    stage.act("Awa", "mark_delivered")
    stage.act("Awa", "approve")
    _kept(sale)


def favourites(sale: Sale) -> None:
    """Offered to all who favourited it; two take it at the same instant, and one has it."""
    stage, lower = sale.stage, 4_500
    stage.say("Koffi signs up; he and Awa favourite the jacket, and Bruno offers it to both for 45.00 EUR.")
    stage.join("Koffi", "Koffi Mensah")
    for who in ("Awa", "Koffi"):
        stage.ask(who, "PUT", f"/v1/listings/{sale.listing_id}/favourite")
    made = stage.ask(
        "Bruno", "POST", f"/v1/listings/{sale.listing_id}/offers", json={"amount": euros(lower), "to": "all"}
    )["data"]
    handles = {each["buyer"]["handle"]: each["id"] for each in made}
    offers = {who: handles[stage.ask(who, "GET", "/v1/me")["handle"]] for who in ("Awa", "Koffi")}
    for who, offer_id in offers.items():
        sale.offer(offer_id, who, "accept", amount=euros(lower))
    stage.say("Both order at the same instant: the jacket is reserved for one, the other is refused.")
    first, other = sale.race(offers)
    stage.say(f"{first} was first, and pays; {other} is refused again, and has paid nothing.")
    sale.pay(first, lower)
    sale.hold_offer(offers[first], first, "ordered")
    sale.hold_offer(offers[other], other, "superseded")
    stage.refused(other, "POST", "/v1/orders", 409, json=sale.wanted(offer_id=offers[other]))
    if stage.ask(other, "GET", "/v1/orders")["data"]:
        raise DemoError(f"{other} was refused, and has an order.")
    _sent(sale)
    stage.act(first, "mark_delivered")
    stage.act(first, "approve")
    _kept(sale, first)


def return_accepted(sale: Sale) -> None:
    """It isn't as described: Bruno takes it back, and Awa has all of her money."""
    _return_sent(sale)
    sale.stage.act("Bruno", "receive_return")
    _refunded(sale, "returned")


def return_contested(sale: Sale) -> None:
    """What came back isn't what was sent, as Bruno shows: Chloé of support divides the money."""
    stage, part = sale.stage, 2_000
    _return_sent(sale)
    stage.say("Bruno shows that it came back torn; Chloé of support divides price and shipping.")
    shown = [sale.picture("Bruno", "attachment", "red")]
    stage.act("Bruno", "contest_return", reason="La manche est déchirée.", photo_ids=shown)
    stage.sign_in("Chloé", samples.CHLOE.email, samples.PASSWORD)
    stage.act("Chloé", "rule_split", decision="Le défaut et la déchirure se partagent.", amount=euros(part))
    stage.expect("Awa", "completed", held=0, released=sale.total - sale.fee - part, refunded=part + sale.fee)
    stage.expect_refund("Awa", "succeeded")


def return_to_trader(sale: Sale) -> None:
    """Awa changes her mind about what a professional sold, who says nothing: it is her right."""
    stage = sale.stage
    stage.say("Bruno says that he sells as a professional, and Chloé of support verifies it.")
    submitted = stage.ask("Bruno", "PUT", "/v1/me/trader", json=_TRADER)
    stage.sign_in("Chloé", samples.CHLOE.email, samples.PASSWORD)
    stage.ask("Chloé", "POST", f"/v1/staff/traders/{submitted['id']}/decisions", json={"action": "verify"})
    _delivered(sale)
    stage.say("Awa changes her mind; Bruno says nothing for three days, and she sends it to his business.")
    stage.act("Awa", "request_return", reason="changed_mind")
    stage.pass_time("P3D")
    stage.wait_for("Awa", "return_accepted")
    if stage.order["item"]["return"]["address"]["line1"] != BACK_TO["line1"]:
        raise DemoError("The return doesn't go to the address that was verified.")
    sale.send("Awa", "ship_return")
    stage.say("The carrier delivers it, and Bruno says nothing for three more days.")
    sale.carrier_says("delivered")
    stage.until("Awa", _order(stage), lambda order: order["item"]["return"]["delivered_at"] is not None)
    stage.pass_time("P3D")
    _refunded(sale, "returned")


def lost(sale: Sale) -> None:
    """The carrier says nothing for fourteen days: the clock reports it, and Chloé refunds it."""
    stage = sale.stage
    _paid(sale)
    _sent(sale)
    stage.pass_time("P14D")
    stage.wait_for("Awa", "disputed")
    stage.expect("Awa", "disputed", held=sale.total, released=0, refunded=0)
    stage.say("The clock has reported the parcel as lost; Chloé of support refunds it.")
    stage.sign_in("Chloé", samples.CHLOE.email, samples.PASSWORD)
    stage.act("Chloé", "rule_refund", decision="Le transporteur reconnaît la perte.")
    _refunded(sale, "cancelled")


def sent_back(sale: Sale) -> None:
    """Never fetched: the carrier takes it back to Bruno, who keeps what sending it cost."""
    stage = sale.stage
    _paid(sale)
    _sent(sale)
    stage.say("Nobody fetches it, and the carrier says that it goes back.")
    sale.carrier_says("returned")
    stage.wait_for("Awa", "returned")
    stage.expect("Awa", "returned", held=0, released=sale.shipping, refunded=sale.total - sale.shipping)
    stage.expect_refund("Awa", "succeeded")
    sale.earned(sale.shipping)
    sale.hold_listing("paused")


def _paid(sale: Sale) -> None:
    sale.stage.say("Awa buys the jacket and pays.")
    sale.stage.place("Awa", sale.wanted())
    sale.pay("Awa", PRICE)


def _sent(sale: Sale) -> None:
    sale.stage.say("Bruno gives the parcel to the carrier.")
    sale.send()


def _delivered(sale: Sale) -> None:
    _paid(sale)
    _sent(sale)
    sale.stage.say("The carrier says that it is delivered.")
    sale.carrier_says("delivered")
    sale.stage.wait_for("Awa", "delivered")


def _return_sent(sale: Sale) -> None:
    """…and Awa sends it back, since it isn't as described."""
    _delivered(sale)
    sale.stage.say("Awa shows that it isn't as described; Bruno says where to send it, and she does.")
    shown = [sale.picture("Awa", "attachment", "brown")]
    sale.stage.act(
        "Awa", "request_return", reason="not_as_described", message="Une tache dans le dos.", photo_ids=shown
    )
    sale.stage.act("Bruno", "accept_return", address=BACK_TO)
    sale.send("Awa", "ship_return")


def _kept(sale: Sale, who: str = "Awa") -> None:
    """It stays with its buyer, and Bruno is paid."""
    sale.stage.expect(who, "completed", held=0, released=sale.total, refunded=0)
    sale.earned(int(sale.stage.ask("Bruno", "GET", _order(sale.stage))["net"]["amount"]))
    sale.hold_listing("sold")


def _refunded(sale: Sale, status: str) -> None:
    """Awa has everything back, and Bruno his jacket, which he may put on sale again."""
    sale.stage.expect("Awa", status, held=0, released=0, refunded=sale.total)
    sale.stage.expect_refund("Awa", "succeeded")
    sale.hold_listing("paused")


def _order(stage: Stage) -> str:
    return f"/v1/orders/{stage.order['id']}"


_PLAYS: Final[tuple[Callable[[Sale], None], ...]] = (
    buy_now,
    offer,
    favourites,
    return_accepted,
    return_contested,
    return_to_trader,
    lost,
    sent_back,
)


def _staged(play: Callable[[Sale], None]) -> Callable[[Stage, Secrets], None]:
    def perform(stage: Stage, secrets: Secrets) -> None:
        sale = Sale(stage, Outside(stage, secrets))
        sale.open()
        play(sale)

    return perform


ENDINGS: Final = {play.__name__.replace("_", "-"): _staged(play) for play in _PLAYS}
"""By the name that ``--ending`` takes."""
