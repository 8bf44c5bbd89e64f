"""The endings of a sourced order: the house buys for Awa what is in her cart; each in another currency."""

from collections.abc import Callable
from secrets import randbelow
from typing import Final

from orderhub.demo.house import House
from orderhub.demo.outside import CARRIER, Outside, Secrets
from orderhub.demo.stage import DemoError, Stage
from orderhub.domain import samples


def transfer(house: House) -> None:
    """Paid by transfer: each proof is sent by replying to the mail with the proforma or the invoice."""
    stage = house.stage
    house.issue()
    mail = house.mailed(house.quote["current"]["number"])
    if not stage.download("Awa", f"/v1/quotes/{house.quote['id']}/versions/1/pdf").startswith(b"%PDF"):
        raise DemoError("The proforma is not a PDF.")
    stage.say("Awa replies with the bank's receipt: that accepts the proforma, and is the proof of her deposit.")
    house.outside.reply("Awa", mail, "deposit")
    path = f"/v1/quotes/{house.quote['id']}"
    house.quote = stage.until("Awa", path, lambda quote: bool(quote.get("order_id")))
    stage.hold_to_table("quote", "issued", "accept", house.quote["status"])
    stage.order = stage.ask("Awa", "GET", f"/v1/orders/{house.quote['order_id']}")
    stage.hold_to_table("sourced", "awaiting_deposit", "submit_proof", stage.order["status"])
    house.confirm("confirm_deposit")
    house.fetch_goods()
    house.invoice()
    mail = house.mailed(stage.order["sourcing"]["invoice"]["number"])
    stage.say("Awa replies with the receipt of the balance.")
    house.outside.reply("Awa", mail, "balance")
    stage.wait_for("Awa", "balance_review")
    house.confirm("confirm_balance")
    _fetched(house)


def card(house: House) -> None:
    """Deposit and balance by card; Awa fetches the goods with her code."""
    _invoiced(house)
    house.pay_balance_by_card()
    _fetched(house)


def change(house: House) -> None:
    """A line costs less than thought, and Awa agrees; of another there are fewer, and she lets it go."""
    stage = house.stage
    _confirmed(house)
    before, (cloth, drill) = house.total(), stage.order["sourcing"]["lines"]
    stage.say("The cloth costs less: Chloé proposes the new price, Awa agrees.")
    stage.act(
        "Chloé", "propose_change", line_id=cloth["id"], unit_price=house.money(40), reason="En solde cette semaine."
    )
    stage.act("Awa", "accept_change")
    if house.total() >= before:
        raise DemoError("The accepted change has not lowered the total.")
    stage.say("The drill is sold out: Chloé proposes another, Awa declines, and the line is dropped.")
    stage.act(
        "Chloé", "propose_change", line_id=drill["id"], name="Perceuse 12 V", reason="La 18 V est en rupture de stock."
    )
    stage.act("Awa", "decline_change")
    if len(stage.order["sourcing"]["lines"]) != 1:
        raise DemoError("The declined line is still there.")
    house.fetch_goods()
    house.invoice()
    house.pay_balance_by_card()
    _fetched(house)


def cancelled(house: House) -> None:
    """Awa changes her mind before anything is bought: Chloé agrees, and the deposit goes back."""
    stage = house.stage
    _confirmed(house)
    deposit = stage.order["escrow"]["held"]["amount"]
    stage.say("Awa asks to cancel; nothing is bought yet, and Chloé agrees.")
    stage.act("Awa", "request_cancellation", reason="La cérémonie est reportée.")
    stage.act("Chloé", "accept_cancellation")
    stage.expect("Awa", "cancelled", held=0, released=0, refunded=deposit)
    stage.expect_refund("Awa", "succeeded")


def disputed(house: House) -> None:
    """The goods are damaged: Inès, an administrator, divides the money; a credit note corrects the invoice."""
    stage = house.stage
    _invoiced(house)
    house.pay_balance_by_card()
    stage.say("Awa finds the cloth torn and opens a dispute; Inès, who has not acted on the order, rules.")
    stage.act("Awa", "open_dispute", reason="Le bazin est déchiré sur un mètre.")
    stage.sign_in("Inès", samples.INES.email, samples.PASSWORD)
    total, part = house.total(), house.money(45)
    stage.act("Inès", "rule_split", decision="Un coupon sur deux est abîmé : il est remboursé.", amount=part)
    stage.expect("Awa", "completed", held=0, released=total - part["amount"], refunded=part["amount"])
    stage.expect_refund("Awa", "succeeded")
    kinds = [found["kind"] for found in stage.ask("Awa", "GET", f"/v1/orders/{stage.order['id']}/documents")["data"]]
    if kinds != ["credit_note", "final_invoice", "proforma"]:
        raise DemoError(f"Expected proforma, final invoice and credit note, newest first; found {kinds}.")


def delivery(house: House) -> None:
    """Sent home: the carrier's own word that it was delivered completes the order."""
    stage = house.stage
    _invoiced(house)
    house.pay_balance_by_card()
    stage.say("Chloé hands the parcel to the carrier, whose feed says that it was delivered.")
    number = f"6A{randbelow(10**11):011}"
    stage.act("Chloé", "dispatch", carrier=CARRIER, tracking_number=number)
    total = house.total()
    house.outside.say_of_parcel(number, "delivered")
    stage.wait_for("Awa", "completed")
    stage.expect("Awa", "completed", held=0, released=total, refunded=0)


def _confirmed(house: House) -> None:
    house.issue()
    house.accept()
    house.pay_deposit_by_card()


def _invoiced(house: House) -> None:
    _confirmed(house)
    house.fetch_goods()
    house.invoice()


def _fetched(house: House) -> None:
    total = house.total()
    house.hand_over()
    house.stage.expect("Awa", "completed", held=0, released=total, refunded=0)


_PLAYS: Final[tuple[tuple[Callable[[House], None], str], ...]] = (
    (transfer, "XOF"),
    (card, "EUR"),
    (change, "XAF"),
    (cancelled, "CHF"),
    (disputed, "EUR"),
    (delivery, "TND"),
)


def _staged(play: Callable[[House], None], currency: str) -> Callable[[Stage, Secrets], None]:
    def perform(stage: Stage, secrets: Secrets) -> None:
        house = House(stage, Outside(stage, secrets), currency)
        house.open()
        play(house)

    return perform


ENDINGS: Final = {play.__name__: _staged(play, currency) for play, currency in _PLAYS}
"""By the name that ``--ending`` takes."""
