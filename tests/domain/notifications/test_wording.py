"""Nothing that a table can do leaves people without words, in either language."""

from zoneinfo import ZoneInfo

import pytest

from orderhub.domain.notifications.account_mails import ACCOUNT_MAILS
from orderhub.domain.notifications.gathering import TOPICS
from orderhub.domain.notifications.phrases import filled
from orderhub.domain.notifications.wording import ACTIONS, HAPPENINGS, REMINDERS, code_of, wording
from orderhub.domain.orders.processes import ORDER_PROCESSES
from orderhub.domain.orders.timers import DUE_WORK
from orderhub.kit.text import Language

PARIS = ZoneInfo("Europe/Paris")
ROWS = [(name, row) for name, process in ORDER_PROCESSES.items() for row in process.rows]
CODES = [*ACTIONS, *(f"remind.{code}" for code in REMINDERS), *HAPPENINGS]
PARAMS = {
    "title": "Logo pour une boulangerie",
    "buyer": "awa",
    "seller": "bruno",
    "author": "awa",
    "excerpt": "Bonjour",
    "due": "2026-11-28T09:30:00Z",
    "money": {"amount": 12_500, "currency": "EUR"},
    "count": 3,
}


def test_every_action_of_every_table_has_its_wording() -> None:
    assert {row.action for _, row in ROWS} <= set(ACTIONS)


def test_every_clock_that_waits_for_somebody_has_its_reminder() -> None:
    waiting = {row.action for _, row in ROWS if row.clock is not None and row.clock.waits_for}
    assert waiting | {DUE_WORK} <= set(REMINDERS)


def test_every_topic_has_its_wording() -> None:
    of_orders = {"order.placed", "order.transitioned", "order.reminder"}
    assert set(TOPICS) - of_orders == set(HAPPENINGS)


def test_no_wording_is_left_over() -> None:
    actions = {row.action for _, row in ROWS}
    statuses = {status.code for process in ORDER_PROCESSES.values() for status in process.statuses}
    for key in (*ACTIONS, *REMINDERS):
        action, _, status = key.partition(":")
        assert action in actions
        assert not status or status in statuses


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", CODES)
def test_each_wording_fills_completely(code: str, language: Language) -> None:
    title, body = filled(code, PARAMS, language, PARIS)
    assert title
    assert body
    assert not {"{", "}", "—"} & set(title + body)


@pytest.mark.parametrize("code", CODES)
def test_the_two_languages_differ(code: str) -> None:
    found = wording(code)
    assert found.title.fr != found.title.en
    assert found.body.fr != found.body.en


def test_account_mails_speak_both_languages() -> None:
    for mail in ACCOUNT_MAILS.values():
        for label in (mail.title, mail.body, mail.button):
            assert label.fr != label.en


def test_dates_and_amounts_are_written_as_people_write_them() -> None:
    assert "28 novembre 2026 à 10:30" in filled("accept", PARAMS, Language.FRENCH, PARIS)[1]
    assert "28 November 2026 at 09:30" in filled("accept", PARAMS, Language.ENGLISH, ZoneInfo("UTC"))[1]
    assert "125,00\u00a0€" in filled("payment.failed", PARAMS, Language.FRENCH, PARIS)[1]
    money = {"amount": 65_000, "currency": "XOF"}
    assert "650" not in filled("payment.failed", {**PARAMS, "money": money}, Language.FRENCH, PARIS)[1].replace(
        "65\u202f000", ""
    )


def test_braces_in_what_people_write_are_only_braces() -> None:
    _, body = filled("deliver", {**PARAMS, "title": "{seller} {nothing} {0}"}, Language.FRENCH, PARIS)
    assert "« {seller} {nothing} {0} »" in body


def test_the_particular_wording_goes_first() -> None:
    assert code_of(ACTIONS, "expire", "awaiting_payment") == "expire:awaiting_payment"
    assert code_of(ACTIONS, "expire", "awaiting_acceptance") == "expire"
    assert code_of(ACTIONS, "place", None) == "place"
