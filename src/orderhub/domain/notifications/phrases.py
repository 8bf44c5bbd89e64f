"""The phrases around a mail's own text, and how dates and amounts are written in each language."""

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency

from orderhub.domain.notifications.wording import wording
from orderhub.kit.money import major
from orderhub.kit.text import Label, Language

GREETING: Final = Label("Bonjour {name},", "Hello {name},")
GREETING_OF_NOBODY: Final = Label("Bonjour,", "Hello,")
COLON: Final = Label(" :", ":")
SEE_ORDER: Final = Label("Voir la commande", "See the order")
SEE_QUOTE: Final = Label("Voir la proforma", "See the proforma")
SEE_OFFER: Final = Label("Voir l’offre", "See the offer")
SEE_LISTING: Final = Label("Voir l’annonce", "See the listing")
SEE_CONVERSATION: Final = Label("Ouvrir la conversation", "Open the conversation")
CONFIRMATION: Final = Label("Confirmation de votre commande", "Your order is confirmed")
CONFIRMATION_BODY: Final = Label(
    "Votre commande « {title} » chez {seller} est payée et confirmée.",
    "Your order “{title}” from {seller} is paid and confirmed.",
)
TOTAL: Final = Label("Total payé", "Total paid")
PROTECTION: Final = Label(
    "L’argent est gardé jusqu’à ce que vous ayez reçu ce qui est promis. "
    "Échangez dans la conversation : payer en dehors de la plateforme fait perdre toute protection.",
    "The money is held until you have what was promised. "
    "Talk in the conversation: paying outside the platform loses all protection.",
)
FOOTER: Final = Label(
    "Ce message est envoyé automatiquement. Une question ? {support}",
    "This message was sent automatically. A question? {support}",
)
APPOINTMENT: Final = Label("Rendez-vous le {when}.", "Appointment on {when}.")
CARRIER: Final = Label(
    "Transporteur : {carrier}, numéro de suivi {number}.", "Carrier: {carrier}, tracking number {number}."
)
SHORTFALL: Final = Label(
    "Des articles n’étaient pas au complet : le total en tient compte.",
    "Some items were short: the total takes it into account.",
)
STAFF: Final = Label("Notre équipe", "Our team")
NONE: Final = "—"

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def show_money(amount: int, currency: str, language: Language) -> str:
    """An amount in minor units as people write it: ``125,00 €``, ``€125.00``."""
    return format_currency(major(amount, currency), currency, locale=language.value)


def show_time(text: str, language: Language, zone: tzinfo) -> str:
    """An RFC 3339 instant as people write it, in their time zone."""
    shape = "d MMMM y 'à' HH:mm" if language is Language.FRENCH else "d MMMM y 'at' HH:mm"
    return format_datetime(datetime.fromisoformat(text), shape, tzinfo=zone, locale=language.value)


def show_day(text: str, language: Language) -> str:
    """A date such as ``2026-12-01`` as people write it."""
    return format_date(date.fromisoformat(text), "d MMMM y", locale=language.value)


def filled(code: str, params: Mapping[str, Any], language: Language, zone: tzinfo) -> tuple[str, str]:
    """Title and body of a notification, for one person."""
    found = wording(code)
    due, day = params.get("due"), params.get("day")
    values = {
        "title": params.get("title") or NONE,
        "buyer": params.get("buyer") or NONE,
        "seller": params.get("seller") or NONE,
        "author": params.get("author") or STAFF.within(language),
        "excerpt": params.get("excerpt") or NONE,
        "count": params.get("count", NONE),
        "number": params.get("number") or NONE,
        # A promised day is said as that day, not as the midnight after it.
        "due": show_day(day, language) if day else show_time(due, language, zone) if due else NONE,
        "amount": _money(params.get("money"), language),
        "rest": _money(params.get("rest"), language),
    }
    body = found.body.within(language).format_map(values)
    return found.title.within(language), " ".join([body, *_details(params, language, zone)])


def _details(params: Mapping[str, Any], language: Language, zone: tzinfo) -> list[str]:
    """Sentences that only some changes have: an appointment, a carrier, items that are short."""
    found: list[str] = []
    if params.get("appointment"):
        when = show_time(params["appointment"], language, zone)
        found.append(APPOINTMENT.within(language).format(when=when))
    if params.get("carrier"):
        number = params.get("tracking_number") or NONE
        found.append(CARRIER.within(language).format(carrier=params["carrier"], number=number))
    if params.get("shortfalls"):
        found.append(SHORTFALL.within(language))
    return found


def _money(value: Mapping[str, Any] | None, language: Language) -> str:
    return show_money(value["amount"], value["currency"], language) if value else NONE


def one_line(text: str) -> str:
    """Text for a header: no line breaks, no control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())
