"""Who is told what by an offer's events."""

from datetime import UTC, datetime
from typing import Any

import pytest

from orderhub.domain.accounts.preferences import Topic
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.alerts import of_offer, of_offer_reminder
from orderhub.domain.notifications.phrases import filled
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Language

AWA, NADIA, OFFER = new_id(), new_id(), new_id()


def an_event(action: str, tells: list[str], **more: Any) -> Event:
    offer = {
        "id": show_id("off", OFFER),
        "title": "Veste en jean",
        "amount": {"amount": 2_000, "currency": "EUR"},
        "made_by": "buyer",
        "buyer": {"id": show_id("acc", AWA), "handle": "awa"},
        "seller": {"id": show_id("acc", NADIA), "handle": "nadia"},
        "message": "Pour samedi ?",
        "expires_at": "2026-11-30T12:00:00Z",
    }
    data = {"offer": offer, "action": action, "tells": tells, **more}
    return Event(id=new_id(), topic="offer.x", subject=show_id("off", OFFER), at=datetime.now(UTC), data=data)


def test_an_offer_is_told_to_whom_it_is_made_with_its_message() -> None:
    (alert,) = of_offer(an_event("make", ["seller"]))
    assert (alert.account_id, alert.topic, alert.code, alert.offer_id) == (NADIA, Topic.OFFERS, "offer.make", OFFER)
    assert alert.params["quote"] == "Pour samedi ?"
    title, body = filled(alert.code, alert.params, Language.ENGLISH, UTC)
    assert title == "New offer"
    assert body.startswith("awa offers €20.00 for “Veste en jean”.")


def test_an_acceptance_by_a_floor_is_told_to_both() -> None:
    assert {alert.account_id for alert in of_offer(an_event("auto_accept", ["buyer", "seller"]))} == {AWA, NADIA}


def test_a_seller_is_not_told_what_their_own_sale_ends() -> None:
    assert [alert.account_id for alert in of_offer(an_event("supersede", ["buyer", "seller"]))] == [AWA]


@pytest.mark.parametrize(("action", "waited", "who"), [("expire", "seller", NADIA), ("lapse", "buyer", AWA)])
def test_a_reminder_is_for_whoever_is_waited_for(action: str, waited: str, who: object) -> None:
    event = an_event(action, [waited], waits_for=[waited], due_at="2026-11-30T12:00:00Z")
    (alert,) = of_offer_reminder(event)
    assert (alert.account_id, alert.topic, alert.code) == (who, Topic.REMINDERS, f"remind.offer.{action}")
