"""Nothing that a table can do leaves people without words, in either language."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from orderhub.domain.notifications.account_mails import ACCOUNT_MAILS
from orderhub.domain.notifications.gathering import TOPICS
from orderhub.domain.notifications.phrases import filled
from orderhub.domain.notifications.wording import ACTIONS, HAPPENINGS, REMINDERS, code_of, wording
from orderhub.domain.orders.kinds import ORDER_PROCESSES
from orderhub.domain.orders.timers import DUE_WORK
from orderhub.domain.process import Process, Row
from orderhub.domain.quotes.process import PAST, QUOTE
from orderhub.kit.text import Language

PARIS = ZoneInfo("Europe/Paris")
TABLES: dict[str, Process[Any]] = {**ORDER_PROCESSES, QUOTE.name: QUOTE}
ROWS = [(name, row) for name, process in TABLES.items() for row in process.rows]
CODES = [*ACTIONS, *(f"remind.{code}" for code in REMINDERS), *HAPPENINGS]
PARAMS = {
    "title": "Logo pour une boulangerie",
    "buyer": "awa",
    "seller": "bruno",
    "author": "awa",
    "excerpt": "Bonjour",
    "due": "2026-11-28T09:30:00Z",
    "money": {"amount": 12_500, "currency": "EUR"},
    "rest": {"amount": 7_500, "currency": "EUR"},
    "number": "PF-2026-000123",
    "count": 3,
}


def codes_of(name: str, row: Row[Any]) -> set[str]:
    """The wordings of a row, one for each status that it leads to."""
    left = row.start and row.start.code
    return {code_of(ACTIONS, row.action, left, kind=name, to=status.code) for status in TABLES[name].targets(row)}


def test_every_action_of_every_table_has_its_wording() -> None:
    assert all(codes_of(name, row) <= set(ACTIONS) for name, row in ROWS)
    assert {f"quote.{row.action}" for row in QUOTE.rows} <= set(ACTIONS)


def test_every_clock_that_waits_for_somebody_has_its_reminder() -> None:
    waiting = [(name, row) for name, row in ROWS if row.clock is not None and row.clock.waits_for]
    for name, row in waiting:
        assert code_of(REMINDERS, row.action, row.start and row.start.code, kind=name) in REMINDERS
    assert DUE_WORK in REMINDERS


def test_what_the_house_sells_is_our_teams() -> None:
    said = {code for name, row in ROWS if name in {"sourced", "quote"} for code in codes_of(name, row)}
    assert said
    for label in (label for code in said for label in (wording(code).title, wording(code).body)):
        assert "{seller}" not in label.fr + label.en


def test_every_topic_has_its_wording() -> None:
    of_tables = {"order.placed", "order.transitioned", "order.reminder", "quote.reminder"}
    of_tables |= {f"quote.{past}" for past in PAST.values()}
    assert set(TOPICS) - of_tables == set(HAPPENINGS)
    assert set(PAST) == {row.action for row in QUOTE.rows}


def test_no_wording_is_left_over() -> None:
    for key in (*ACTIONS, *REMINDERS):
        named, _, rest = key.rpartition(".")
        action, mark, status = rest.replace(">", ":").partition(":")
        tables = [TABLES[named]] if named else list(ORDER_PROCESSES.values())
        assert action in {row.action for process in tables for row in process.rows}, key
        assert not mark or status in {status.code for process in tables for status in process.statuses}, key


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
    assert code_of(ACTIONS, "place", None, kind="sourced", to="awaiting_deposit") == "sourced.place"
    assert code_of(ACTIONS, "confirm_payment", "balance_review", kind="sourced", to="ready").endswith(">ready")
    assert code_of(ACTIONS, "cancel", "in_transit", kind="sourced", to="cancelled") == "cancel"
