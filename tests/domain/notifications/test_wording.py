"""Nothing that a table can do leaves people without words, in either language."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from orderhub.domain.notifications.account_mails import ACCOUNT_MAILS
from orderhub.domain.notifications.gathering import TOPICS
from orderhub.domain.notifications.phrases import filled
from orderhub.domain.notifications.wording import (
    ACTIONS,
    OTHER_EVENTS,
    REMINDERS,
    code_of,
    orders,
    reminder_code_of,
    wording,
)
from orderhub.domain.offers.process import OFFER
from orderhub.domain.offers.process import PAST as PAST_OF_OFFERS
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import Kind
from orderhub.domain.orders.stages import STAGES
from orderhub.domain.process import Row, tells
from orderhub.domain.quotes.process import PAST, QUOTE
from orderhub.kit.text import Language

PARIS = ZoneInfo("Europe/Paris")
ROWS = [(kind, row) for kind in KINDS.values() for row in kind.table.rows]
CODES = [*ACTIONS, *(f"remind.{code}" for code in REMINDERS), *OTHER_EVENTS]
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


def codes_of(kind: Kind, row: Row[Any]) -> set[str]:
    """The wordings of a row, for each reader and status that it leads to."""
    return codes_for("buyer", kind, row) | codes_for("seller", kind, row)


def codes_for(reader: str, kind: Kind, row: Row[Any]) -> set[str]:
    """Likewise those that one party reads."""
    left, ends = row.start and row.start.code, kind.table.targets(row)
    return {code_of(kind.name, row.action, left, status.code, reader=reader) for status in ends}


def test_every_action_of_every_table_has_its_wording() -> None:
    assert all(codes_of(kind, row) <= set(ACTIONS) for kind, row in ROWS)
    assert {f"quote.{row.action}" for row in QUOTE.rows} <= set(ACTIONS)
    assert {f"offer.{row.action}" for row in OFFER.rows} <= set(ACTIONS)


def test_every_clock_that_waits_for_somebody_has_its_reminder() -> None:
    for kind, row in ROWS:
        if row.start is not None and row.clock is not None and row.clock.waits_for:
            assert reminder_code_of(kind.name, row.action, row.start.code) in REMINDERS
        for status, late in kind.late.items():
            assert not late.reminds or reminder_code_of(kind.name, late.action, status) in REMINDERS
    assert {f"quote.{row.action}" for row in QUOTE.rows if row.clock is not None} <= set(REMINDERS)
    assert {f"offer.{row.action}" for row in OFFER.rows if row.clock is not None} <= set(REMINDERS)


def test_what_the_house_sells_is_our_teams() -> None:
    said = {code for kind, row in ROWS if kind.sale.by_house for code in codes_of(kind, row)}
    assert said
    said |= {f"quote.{row.action}" for row in QUOTE.rows}
    for label in (label for code in said for label in (wording(code).title, wording(code).body)):
        assert "{seller}" not in label.fr + label.en


def test_every_topic_has_its_wording() -> None:
    of_tables = {"order.placed", "order.transitioned", "order.reminder", "quote.reminder", "offer.reminder"}
    of_tables |= {f"quote.{past}" for past in PAST.values()} | {f"offer.{past}" for past in PAST_OF_OFFERS.values()}
    assert set(TOPICS) - of_tables == set(OTHER_EVENTS)
    assert set(PAST) == {row.action for row in QUOTE.rows}
    assert set(PAST_OF_OFFERS) == {row.action for row in OFFER.rows}


def test_no_wording_is_left_over() -> None:
    for kind in KINDS.values():
        for key in (*kind.words.actions, *kind.words.reminders):
            plain, _, reader = key.partition("@")
            action, mark, status = plain.replace(">", ":").partition(":")
            assert reader in {"", "buyer", "seller"}, key
            assert action in {row.action for row in kind.table.rows} | {late.action for late in kind.late.values()}, key
            assert not mark or status in kind.table.by_code, key
    shared = {code for kind, row in ROWS for code in codes_of(kind, row)}
    assert set(orders.ACTIONS) <= shared


def test_every_stage_of_every_table_has_its_label() -> None:
    for kind in KINDS.values():
        assert {status.stage for status in kind.table.statuses} == set(kind.words.stages)
        assert all(STAGES[code] == label for code, label in kind.words.stages.items())


def test_what_a_kind_says_of_its_actions_is_of_its_rows() -> None:
    for kind in KINDS.values():
        assert kind.words.about_money | kind.words.one_way <= {row.action for row in kind.table.rows}


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
    assert code_of("service", "expire", "awaiting_payment", reader="buyer") == "expire:awaiting_payment"
    assert code_of("service", "expire", "awaiting_acceptance", reader="buyer") == "expire"
    assert code_of("service", "place", None, reader="buyer") == "place"
    assert code_of("sourced", "place", None, "awaiting_deposit", reader="buyer") == "sourced.place"
    assert code_of("sourced", "confirm_payment", "balance_review", "ready", reader="buyer").endswith(">ready")
    assert code_of("sourced", "cancel", "in_transit", "cancelled", reader="buyer") == "cancel"


@pytest.mark.parametrize(("kind", "row"), [pair for pair in ROWS if pair[0].name == "item"])
def test_of_an_item_nobody_reads_what_is_said_to_the_other(kind: Kind, row: Row[Any]) -> None:
    """What both read speaks of them by their names; only what one reads says "vous", or what to do."""
    told = {party.value for by in row.by for party in tells(by)}
    for code in codes_for("buyer", kind, row) & codes_for("seller", kind, row):
        addresses = re.search(r"\bvous\b|\bvotre\b|\b(?!chez\b)\w+ez\b|À envoyer", wording(code).body.fr)
        assert told != {"buyer", "seller"} or addresses is None, code


def test_an_item_that_is_paid_or_delivered_is_worded_for_each() -> None:
    codes = [
        code_of("item", action, left, reader=reader)
        for action, left in (("confirm_payment", "awaiting_payment"), ("mark_delivered", "shipped"))
        for reader in ("buyer", "seller")
    ]
    assert codes == [
        "item.confirm_payment@buyer",
        "item.confirm_payment",
        "item.mark_delivered",
        "item.mark_delivered@seller",
    ]
