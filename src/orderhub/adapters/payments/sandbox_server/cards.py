"""The test cards, and the refusal of any other: a real card number must not be accepted here."""

from dataclasses import dataclass
from datetime import UTC, datetime

from orderhub.adapters.payments.sandbox_server.bodies import ConfirmPayment
from orderhub.adapters.payments.sandbox_server.errors import refused


@dataclass(frozen=True, slots=True)
class Card:
    """What one test card does."""

    declined: bool = False
    asks_action: bool = False
    refund_fails: bool = False


CARDS = {
    "4242424242424242": Card(),
    "4000000000000002": Card(declined=True),
    "4000002500003155": Card(asks_action=True),
    "4000000000005126": Card(refund_fails=True),
}


def read_card(body: ConfirmPayment) -> Card:
    """The test card of a confirmation. The number is never stored, logged or repeated."""
    card = CARDS.get(body.card.replace(" ", ""))
    if card is None:
        raise refused("unknown_card", "Only the sandbox's test cards are accepted here.")
    today = datetime.now(UTC)
    if (body.exp_year, body.exp_month) < (today.year, today.month):
        raise refused("expired_card", "The card's expiry date is past.")
    return card
