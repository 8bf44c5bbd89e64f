"""Every transition table by its name, and the table as a public document and as a diagram."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from orderhub.domain.offers.process import OFFER
from orderhub.domain.offers.process import PAST as PAST_OF_OFFERS
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.payments.process import CHARGEBACK, PAYMENT, PROOF, REFUND
from orderhub.domain.process import Clock, Process, Row, Status, Target, tells
from orderhub.domain.quotes.process import PAST, QUOTE
from orderhub.kit.text import Language

PROCESSES: Final[dict[str, Process[Any]]] = {
    **{name: kind.table for name, kind in KINDS.items()},
    **{process.name: process for process in (QUOTE, OFFER, PAYMENT, PROOF, REFUND, CHARGEBACK)},
}
_TELLING: Final = {*KINDS, QUOTE.name, OFFER.name}
"""Whose rows tell the parties; a payment's and a refund's are told by the order's."""

Document = dict[str, Any]


def describe(process: Process[Any], language: Language, durations: Mapping[str, str]) -> Document:
    """The whole table; ``durations`` are the current policy's, ISO 8601 by name."""
    return {
        "name": process.name,
        "start": process.start.code,
        "statuses": [_status(process, status, language) for status in process.statuses],
        "transitions": [
            _transition(process, row, status, language, durations)
            for row in process.rows
            for status in process.targets(row)
        ],
    }


def _status(process: Process[Any], status: Status, language: Language) -> Document:
    return {
        "code": status.code,
        "stage": status.stage,
        "label": status.label.within(language),
        "meaning": status.meaning.within(language),
        "colour": status.colour,
        "final": status.code in process.final,
    }


def _transition(
    process: Process[Any], row: Row[Any], to: Status, language: Language, durations: Mapping[str, str]
) -> Document:
    told = {party for by in row.by for party in tells(by)}
    return {
        "from": row.start.code if row.start else None,
        "action": row.action,
        "by": sorted(row.by),
        "guard": row.guard.code if row.guard else None,
        "condition": row.guard.text.within(language) if row.guard else None,
        "to": to.code,
        "escrow": row.escrow.value if row.escrow else None,
        "after": after(row.clock, durations),
        "tells": sorted(told) if process.name in _TELLING else [],
        "topic": topic_of(process, row),
    }


def topic_of(process: Process[Any], row: Row[Any]) -> str | None:
    """The topic of the event that tells of a row."""
    if process is QUOTE:
        return f"quote.{PAST[row.action]}"
    if process is OFFER:
        return f"offer.{PAST_OF_OFFERS[row.action]}"
    if process.name not in KINDS:
        return None
    return "order.transitioned" if row.start else "order.placed"


def after(clock: Clock | None, durations: Mapping[str, str]) -> str | None:
    """How long the row's clock waits, ISO 8601; None for a row that somebody takes."""
    return None if clock is None else durations[clock.durations[0]]


def arrows(process: Process[Any]) -> Mapping[tuple[str | None, str], Sequence[str]]:
    """Each change of status that the rows make, by the status before (None: placed) and after, with its actions."""
    found: dict[tuple[str | None, str], list[str]] = {}
    for row in process.rows:
        if row.to is Target.SAME:
            continue
        for status in process.targets(row):
            actions = found.setdefault((row.start and row.start.code, status.code), [])
            if row.action not in actions:
                actions.append(row.action)
    if not any(start is None for start, _ in found):
        found = {(None, process.start.code): [], **found}
    return found


def mermaid(process: Process[Any]) -> str:
    """The table as a Mermaid state diagram: an arrow a change of status, its actions written on it."""
    lines = ["stateDiagram-v2"]
    for (start, to), actions in arrows(process).items():
        said = f": {', '.join(actions)}" if actions else ""
        lines.append(f"    {start or '[*]'} --> {to}{said}")
    lines += [f"    {status.code} --> [*]" for status in process.statuses if status.code in process.final]
    return "\n".join(lines) + "\n"


def markdown(process: Process[Any]) -> str:
    """The table as a page of documentation; a clock stands under its name in the policy."""
    lines = [
        f"# The {process.name} table",
        "",
        f"Made by `orderhub processes {process.name} --format markdown`; a test holds it to the rows.",
        "",
        "| status | stage | English | French | meaning | colour |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| `{s.code}` | {s.stage} | {s.label.en} | {s.label.fr} | {s.meaning.en} | {s.colour} |"
        for s in process.statuses
    ]
    lines += ["", "| from | action | by | guard | to | escrow | clock |", "|---|---|---|---|---|---|---|"]
    lines += [_markdown_row(process, row) for row in process.rows]
    return "\n".join([*lines, "", "```mermaid", mermaid(process).rstrip(), "```", ""])


def _markdown_row(process: Process[Any], row: Row[Any]) -> str:
    start = f"`{row.start.code}`" if row.start else "—"
    to = "same" if row.to is Target.SAME else " or ".join(f"`{status.code}`" for status in process.targets(row))
    guard = row.guard.text.en if row.guard else ""
    escrow = row.escrow.value if row.escrow else ""
    waits = ", ".join(row.clock.durations) if row.clock else ""
    return f"| {start} | {row.action} | {', '.join(sorted(row.by))} | {guard} | {to} | {escrow} | {waits} |"
