"""The table of an offer, without a database: what is no row is refused, and each row asks what it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final
from uuid import UUID

import pytest

from orderhub.domain.decisions import decide
from orderhub.domain.offers import timers
from orderhub.domain.offers.process import OFFER
from orderhub.domain.offers.state import ListingFacts, OfferFacts, OfferState
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import GuardError, NotYoursError, OthersDecideError, TransitionError
from orderhub.kit.ids import new_id

AWA: Final = new_id()
NADIA: Final = new_id()
NOW: Final = datetime(2026, 11, 27, 12, tzinfo=UTC)
ON_SALE: Final = ListingFacts(on_sale=True, accept_from=None, decline_under=None)
REFUSED: Final = (NotYoursError, TransitionError)


def an_offer(status: str = "pending", **columns: Any) -> OfferState:
    """Awa's of 20 EUR for what costs 25."""
    offer = OfferState(
        id=new_id(),
        sort="buyer",
        status=status,
        version=1,
        listing_id=new_id(),
        conversation_id=None,
        for_order_id=None,
        buyer_id=AWA,
        seller_id=NADIA,
        author_id=AWA,
        recipient_id=NADIA,
        amount=2_000,
        currency="EUR",
        listing_price=2_500,
        days=None,
        revisions=None,
        scope=None,
        message=None,
        parent_id=None,
        order_id=None,
        terms={"offer": "PT72H", "custom_offer": "P7D", "accepted_offer": "PT24H"},
        made_at=NOW,
        status_since=NOW,
        clock_anchor=NOW,
        accepted_at=None,
        expires_at=NOW + timedelta(hours=72),
    )
    return replace(offer, **columns)


def facts(offer: OfferState, by: By, account_id: UUID | None = None, **command: Any) -> OfferFacts:
    return OfferFacts(offer, NOW, Actor(frozenset({by}), account_id), command, ON_SALE)


def test_what_is_no_row_is_refused() -> None:
    actions = sorted({row.action for row in OFFER.rows})
    for status, action, by in product(OFFER.by_code, actions, By):
        if any(by in row.by for row in OFFER.rows_of(status, action)):
            continue
        actor = Actor(frozenset({by}), AWA)
        with pytest.raises(REFUSED):
            decide(OFFER, status, action, actor, facts(an_offer(status), by, AWA))


def test_every_wait_has_a_clock_and_nothing_final_has_one() -> None:
    timed = {row.start.code for row in OFFER.rows if row.clock and row.start}
    assert timed == OFFER.by_code.keys() - OFFER.final == {"pending", "accepted"}
    assert {(timer.action, *timer.waits_for) for timer in timers.running(an_offer())} == {("expire", By.SELLER)}
    assert timers.running(an_offer("accepted", order_id=new_id())) == []


@pytest.mark.parametrize(
    ("status", "because", "ends"),
    [
        ("pending", "sold", True),
        ("accepted", "sold", True),
        ("pending", "repriced", True),
        ("accepted", "repriced", False),
        ("pending", "closed", True),
        ("accepted", "closed", False),
        ("pending", "whim", False),
    ],
)
def test_what_makes_an_offer_worthless(status: str, because: str, *, ends: bool) -> None:
    asked = facts(an_offer(status), By.SYSTEM, because=because)
    actor = Actor(frozenset({By.SYSTEM}))
    if ends:
        assert decide(OFFER, status, "supersede", actor, asked).action == "supersede"
    else:
        with pytest.raises(GuardError):
            decide(OFFER, status, "supersede", actor, asked)


@pytest.mark.parametrize("action", ["accept", "decline", "counter"])
def test_the_other_answers(action: str) -> None:
    said = {"amount": {"amount": 2_000, "currency": "EUR"}}
    seller, buyer = Actor(frozenset({By.SELLER}), NADIA), Actor(frozenset({By.BUYER}), AWA)
    assert decide(OFFER, "pending", action, seller, facts(an_offer(), By.SELLER, NADIA, **said)).action == action
    with pytest.raises(OthersDecideError):
        decide(OFFER, "pending", action, buyer, facts(an_offer(), By.BUYER, AWA, **said))


@pytest.mark.parametrize(("amount", "lawful"), [(2_250, True), (2_251, False)])
def test_a_tenth_off_for_those_who_favourited(amount: int, *, lawful: bool) -> None:
    offer = an_offer(sort="favourite", author_id=NADIA, recipient_id=AWA, amount=amount)
    actor = Actor(frozenset({By.SELLER}), NADIA)
    if lawful:
        assert decide(OFFER, None, "make", actor, facts(offer, By.SELLER, NADIA)).action == "make"
    else:
        with pytest.raises(GuardError):
            decide(OFFER, None, "make", actor, facts(offer, By.SELLER, NADIA))
