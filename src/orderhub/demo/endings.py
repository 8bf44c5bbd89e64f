"""The endings of a service order, each a short play with Awa who buys and Bruno who sells."""

from collections.abc import Callable
from typing import Any, Final

from orderhub.demo.stage import DemoError, Stage
from orderhub.domain import samples

PAYS, REFUND_FAILS = "4242424242424242", "4000000000005126"
PRICE, OPTION = 12_000, 3_000
TOTAL: Final = PRICE + OPTION
_LISTING: Final[dict[str, Any]] = {
    "kind": "service",
    "title": "Logo vectoriel en trois pistes",
    "description": "Trois pistes à partir de votre brief, deux allers-retours, fichiers SVG et PDF.",
    "category": "graphic_design",
    "price": {"amount": PRICE, "currency": "EUR"},
    "days": 5,
    "revisions": 1,
    "questions": [
        {"id": "activity", "label": "Quelle est votre activité ?", "kind": "text", "required": True, "choices": []}
    ],
}


def _paid(stage: Stage, card: str = PAYS) -> None:
    """Awa and Bruno sign up, Bruno offers a service, Awa buys and pays it."""
    stage.say("Awa and Bruno sign up; Bruno offers a service; Awa buys it with an option and pays.")
    stage.join("Awa", "Awa Diallo")
    stage.join("Bruno", "Bruno Keller")
    listing = stage.ask("Bruno", "POST", "/v1/listings", json=_LISTING)
    option = {"title": "Version animée", "price": {"amount": OPTION, "currency": "EUR"}, "days": 2}
    chosen = stage.ask("Bruno", "POST", f"/v1/listings/{listing['id']}/options", json=option)
    stage.ask("Bruno", "PATCH", f"/v1/listings/{listing['id']}", json={"state": "active"})
    stage.ask("Awa", "POST", f"/v1/listings/{listing['id']}/preview", json={"options": [chosen["id"]]})
    stage.place("Awa", {"kind": "service", "listing_id": listing["id"], "options": [chosen["id"]]})
    stage.pay("Awa", card)
    stage.wait_for("Awa", "awaiting_instructions")
    stage.expect("Awa", "awaiting_instructions", held=TOTAL, released=0, refunded=0)


def _started(stage: Stage) -> None:
    """…and Bruno is at work."""
    _paid(stage)
    stage.say("Awa answers Bruno's question; Bruno accepts and is at work.")
    stage.act("Awa", "provide_instructions", answers=[{"question_id": "activity", "text": "Une épicerie fine."}])
    stage.act("Bruno", "accept")


def approve(stage: Stage) -> None:
    """Delivered and approved: Bruno is paid, less the commission."""
    _started(stage)
    stage.act("Bruno", "deliver", message="Voici vos trois pistes.")
    stage.act("Awa", "approve")
    stage.expect("Awa", "completed", held=0, released=TOTAL, refunded=0)
    stage.ask("Bruno", "GET", "/v1/me/balance")


def auto(stage: Stage) -> None:
    """Delivered, and Awa says nothing for seven days."""
    _started(stage)
    stage.act("Bruno", "deliver", message="Voici vos trois pistes.")
    stage.pass_time("P7D")
    stage.expect("Awa", "completed", held=0, released=TOTAL, refunded=0)


def revision(stage: Stage) -> None:
    """A revision, then a second one that is no longer included, then approval."""
    _started(stage)
    stage.act("Bruno", "deliver", message="Voici vos trois pistes.")
    stage.act("Awa", "request_revision", message="Plus de bleu, s’il vous plaît.")
    stage.act("Bruno", "accept_revision")
    stage.act("Bruno", "deliver", message="En bleu.")
    order = stage.ask("Awa", "GET", f"/v1/orders/{stage.order['id']}")
    if "request_revision" in order["available_actions"]:
        raise DemoError("A second revision is offered although one is included.")
    stage.act("Awa", "approve")
    stage.expect("Awa", "completed", held=0, released=TOTAL, refunded=0)


def cancel(stage: Stage) -> None:
    """Cancelled by agreement: everything goes back to Awa."""
    _started(stage)
    stage.act("Awa", "request_cancellation", reason="Mon projet est abandonné.")
    stage.act("Bruno", "accept_cancellation")
    stage.expect("Awa", "cancelled", held=0, released=0, refunded=TOTAL)
    stage.expect_refund("Awa", "succeeded")


def late(stage: Stage) -> None:
    """Past due and nothing delivered: Awa may cancel alone."""
    _started(stage)
    stage.pass_time("P8D")
    stage.wait_for("Awa", "in_progress")
    if not stage.order["late"]:
        raise DemoError("The order is past due and not flagged as late.")
    stage.act("Awa", "cancel")
    stage.expect("Awa", "cancelled", held=0, released=0, refunded=TOTAL)
    stage.expect_refund("Awa", "succeeded")


def dispute_split(stage: Stage) -> None:
    """A dispute that Chloé of support splits."""
    _started(stage)
    stage.act("Bruno", "deliver", message="Voici vos trois pistes.")
    stage.act("Awa", "open_dispute", reason="Une seule piste sur trois.")
    stage.sign_in("Chloé", samples.CHLOE.email, samples.PASSWORD)
    part = {"amount": 5_000, "currency": "EUR"}
    stage.act("Chloé", "rule_split", decision="Une piste livrée sur trois : remboursement partiel.", amount=part)
    stage.expect("Awa", "completed", held=0, released=TOTAL - 5_000, refunded=5_000)
    stage.expect_refund("Awa", "succeeded")


def refund_fails(stage: Stage) -> None:
    """The provider refuses the refund: it waits for finance, and the money stays accounted for."""
    _paid(stage, REFUND_FAILS)
    stage.act("Awa", "cancel")
    stage.expect("Awa", "cancelled", held=0, released=0, refunded=TOTAL)
    stage.expect_refund("Awa", "failed")


ENDINGS: Final[dict[str, Callable[[Stage], None]]] = {
    "approve": approve,
    "auto": auto,
    "revision": revision,
    "cancel": cancel,
    "late": late,
    "dispute-split": dispute_split,
    "refund-fails": refund_fails,
}
"""By the name that ``--ending`` takes."""
