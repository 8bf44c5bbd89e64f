"""What a policy may hold: the names, the bounds, and why a proposed one is refused.

Pure. A new fee is a line here and a default in a migration; so is a new duration, here or with the clock of its kind;
a new bound is a line in ``bounds.py``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from orderhub.domain.policies.policy import Commission, Policy
from orderhub.domain.policies.room import faults_of
from orderhub.kit.errors import FieldError
from orderhub.kit.text import Label, parse_duration, show_duration

MINUTES, HOURS, DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

MAX_COMMISSION: Final = 5000
"""Half of the amount, in basis points."""


@dataclass(frozen=True, slots=True)
class Sale:
    """Who sells a kind of order, and what the hub's commission on it may depend on."""

    by_house: bool = False
    """The house sells: staff do the seller's work, and no commission is needed."""
    categories: frozenset[str] = frozenset()
    """Categories that may have a commission of their own."""


@dataclass(frozen=True, slots=True)
class DurationRule:
    """What one duration is for, and within which bounds staff may set it."""

    label: Label
    least: timedelta
    most: timedelta
    whole_days: bool = False
    """Counted in working days, of which there are no parts."""


DURATIONS: Final = {
    "accepted_offer": DurationRule(
        Label("Délai pour payer au prix d’une offre acceptée", "Time to pay at the price of an accepted offer"),
        HOURS,
        7 * DAYS,
    ),
    "clearing": DurationRule(
        Label("Délai avant versement disponible", "Delay before released money may be paid out"),
        timedelta(),
        60 * DAYS,
    ),
    "conversation_after": DurationRule(
        Label("Messagerie ouverte après la fin", "Conversation open after the end"), timedelta(), 90 * DAYS
    ),
    "custom_offer": DurationRule(
        Label("Délai pour répondre à une offre sur mesure", "Time to answer a custom offer"), HOURS, 30 * DAYS
    ),
    "offer": DurationRule(Label("Délai pour répondre à une offre", "Time to answer an offer"), HOURS, 30 * DAYS),
    "quote": DurationRule(Label("Validité d’une proforma", "Validity of a proforma"), HOURS, 90 * DAYS),
    "review": DurationRule(Label("Délai pour donner un avis", "Time to leave a review"), DAYS, 730 * DAYS),
    "staff_reminder": DurationRule(
        Label("Rappel à nos équipes, en jours ouvrés", "Reminder to staff, in working days"),
        DAYS,
        30 * DAYS,
        whole_days=True,
    ),
}
"""Those of no kind of order, by name. ``staff_reminder`` counts working days, the others running time."""

FEES: Final[dict[str, int]] = {}
"""The most of each fee, in basis points. The process of services takes none beside its commission."""


def faults(policy: Policy, durations: Mapping[str, DurationRule]) -> tuple[FieldError, ...]:
    """What is wrong with a proposed policy, each with its place; ``durations`` are all that there are, by name."""
    return (
        *_of_durations(policy, durations),
        *_of_fees(policy),
        *_of_working_days(policy),
        *_of_commissions(policy.commissions),
        *faults_of(policy.bounds),
    )


def commission_faults(rules: Sequence[Commission], sales: Mapping[str, Sale]) -> tuple[FieldError, ...]:
    """What is wrong with rules of commission; ``sales`` are those of every kind of order, by its name."""
    return (*_of_kinds(rules, sales), *_of_categories(rules, sales), *_of_commissions(rules))


def _of_kinds(rules: Sequence[Commission], sales: Mapping[str, Sale]) -> Iterator[FieldError]:
    for place, rule in enumerate(rules):
        if rule.kind not in sales:
            yield FieldError(
                f"/rules/{place}/kind",
                "unknown_kind",
                Label(f"Genres connus : {', '.join(sales)}.", f"Known kinds: {', '.join(sales)}."),
            )
    of_any_category = {rule.kind for rule in rules if rule.category is None}
    for kind, sale in sales.items():
        if not sale.by_house and kind not in of_any_category:
            yield FieldError(
                "/rules",
                "missing",
                Label(f"Gardez une règle pour {kind} sans catégorie.", f"Keep a rule for {kind} without a category."),
            )


def _of_categories(rules: Sequence[Commission], sales: Mapping[str, Sale]) -> Iterator[FieldError]:
    for place, rule in enumerate(rules):
        if rule.kind in sales and rule.category is not None and rule.category not in sales[rule.kind].categories:
            yield FieldError(
                f"/rules/{place}/category",
                "unknown_category",
                Label(f"Aucune catégorie de {rule.kind} n’a ce code.", f"No category of {rule.kind} has this code."),
            )


def _of_durations(policy: Policy, durations: Mapping[str, DurationRule]) -> Iterator[FieldError]:
    yield from _of_names("durations", set(policy.durations), set(durations))
    for name in durations.keys() & policy.durations.keys():
        pointer, rule = f"/durations/{name}", durations[name]
        value = _read(policy.durations[name])
        if value is None:
            yield FieldError(
                pointer,
                "invalid_duration",
                Label(
                    "Écrivez une durée ISO 8601 comme PT48H ou P7D.", "Write an ISO 8601 duration such as PT48H or P7D."
                ),
            )
        elif not rule.least <= value <= rule.most:
            least, most = show_duration(rule.least), show_duration(rule.most)
            yield FieldError(
                pointer,
                "out_of_bounds",
                Label(f"Choisissez une durée de {least} à {most}.", f"Choose a duration from {least} to {most}."),
            )
        elif rule.whole_days and value % DAYS:
            yield FieldError(
                pointer,
                "invalid_duration",
                Label(
                    "Les jours ouvrés sont des jours entiers, comme P2D.", "Working days are whole days, such as P2D."
                ),
            )


def _read(text: str) -> timedelta | None:
    try:
        return parse_duration(text)
    except ValueError:
        return None


def _of_fees(policy: Policy) -> Iterator[FieldError]:
    yield from _of_names("fees", set(policy.fees), set(FEES))
    for name in FEES.keys() & policy.fees.keys():
        if not 0 <= policy.fees[name] <= FEES[name]:
            yield FieldError(
                f"/fees/{name}",
                "out_of_bounds",
                Label(
                    f"Choisissez de 0 à {FEES[name]} points de base.", f"Choose from 0 to {FEES[name]} basis points."
                ),
            )


def _of_names(place: str, given: set[str], known: set[str]) -> Iterator[FieldError]:
    for name in sorted(given - known):
        yield FieldError(
            f"/{place}/{_escaped(name)}",
            "unknown_name",
            Label(f"Noms connus : {', '.join(sorted(known))}.", f"Known names: {', '.join(sorted(known))}."),
        )
    for name in sorted(known - given):
        yield FieldError(
            f"/{place}/{name}",
            "missing",
            Label(
                "Envoyez chaque valeur, aussi celles qui restent comme elles sont.",
                "Send every value, also those that stay as they are.",
            ),
        )


def _escaped(name: str) -> str:
    """Escape a name for a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _of_working_days(policy: Policy) -> Iterator[FieldError]:
    days = policy.working_days
    if not days or len(set(days)) != len(days) or not set(days) <= set(range(1, 8)):
        yield FieldError(
            "/working_days",
            "invalid_days",
            Label(
                "Nommez un à sept jours de la semaine, une fois chacun : 1 est lundi, 7 dimanche.",
                "Name one to seven weekdays once each: 1 is Monday, 7 Sunday.",
            ),
        )


def _of_commissions(rules: Sequence[Commission]) -> Iterator[FieldError]:
    seen: set[tuple[str, str | None]] = set()
    for place, rule in enumerate(rules):
        if not 0 <= rule.basis_points <= MAX_COMMISSION:
            pointer = f"/rules/{place}/basis_points"
            detail = Label(
                f"Choisissez de 0 à {MAX_COMMISSION} points de base.",
                f"Choose from 0 to {MAX_COMMISSION} basis points.",
            )
            yield FieldError(pointer, "out_of_bounds", detail)
        if (rule.kind, rule.category) in seen:
            yield FieldError(
                f"/rules/{place}",
                "duplicate",
                Label("Une règle par genre et catégorie.", "One rule per kind and category."),
            )
        seen.add((rule.kind, rule.category))
