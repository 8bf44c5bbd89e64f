"""Amounts, dates and countries as documents write them, in French and in British English.

Decimals are those of ISO 4217, which Babel's own list isn't: XOF has none, TND has three.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, get_currency_name, get_currency_symbol

from orderhub.kit.money import BASIS_POINTS, exponent, major
from orderhub.kit.text import Language

_LOCALES: Final = {Language.FRENCH: Locale("fr", "FR"), Language.ENGLISH: Locale("en", "GB")}
_GRAMS: Final = 1000


@dataclass(frozen=True, slots=True)
class Figures:
    """Writes figures in one language, one currency and the house's time zone."""

    language: Language
    currency: str
    zone: ZoneInfo

    @property
    def locale(self) -> Locale:
        """Babel's name of the language."""
        return _LOCALES[self.language]

    def money(self, amount: int) -> str:
        """An amount with its currency: ``1 234,50 €``, ``12 500 F CFA``."""
        symbol = get_currency_symbol(self.currency, locale=self.locale)
        # English puts the symbol first and, where it is letters, a space after it; Babel leaves that one out.
        space = "\N{NO-BREAK SPACE}" if symbol[-1].isalpha() else ""
        number = self._pattern()
        pattern = f"{number}\N{NO-BREAK SPACE}¤" if self.language is Language.FRENCH else f"¤{space}{number}"
        value = major(amount, self.currency)
        return format_currency(value, self.currency, pattern, locale=self.locale, currency_digits=False)

    def number(self, amount: int) -> str:
        """The same without the currency, for columns."""
        return format_decimal(major(amount, self.currency), self._pattern(), locale=self.locale)

    def currency_name(self) -> str:
        """``euros (EUR)``."""
        name = get_currency_name(self.currency, count=2, locale=self.locale)
        return f"{name} ({self.currency})"

    def percent(self, basis_points: int) -> str:
        """A rate: ``5,5 %``."""
        value = format_decimal(Decimal(basis_points) * 100 / BASIS_POINTS, "#,##0.##", locale=self.locale)
        return f"{value}\N{NO-BREAK SPACE}%" if self.language is Language.FRENCH else f"{value}%"

    def count(self, number: int) -> str:
        """A whole number: ``1 200``."""
        return format_decimal(number, "#,##0", locale=self.locale)

    def kilograms(self, grams: int) -> str:
        """A weight: ``12,5 kg``."""
        value = format_decimal(Decimal(grams) / _GRAMS, "#,##0.###", locale=self.locale)
        return f"{value}\N{NO-BREAK SPACE}kg"

    def day(self, text: str) -> str:
        """A date, or the date of an instant where the house is: ``1er décembre 2026``."""
        shown = format_date(self.date_of(text), "long", locale=self.locale)
        first = self.language is Language.FRENCH and shown.startswith("1 ")
        return shown.replace("1 ", "1er ", 1) if first else shown

    def minute(self, text: str) -> str:
        """An instant where the house is: ``22 novembre 2026, 14:05 (UTC+01:00)``."""
        instant = datetime.fromisoformat(text).astimezone(self.zone)
        return f"{self.day(text)}, {format_time(instant, 'HH:mm (OOOO)', locale=self.locale)}"

    def date_of(self, text: str) -> date:
        """The date behind RFC 3339 text."""
        return datetime.fromisoformat(text).astimezone(self.zone).date() if "T" in text else date.fromisoformat(text)

    def country(self, code: str) -> str:
        """A country's name."""
        names: Mapping[str, str] = cast("Any", self.locale).territories
        return names.get(code, code)

    def _pattern(self) -> str:
        decimals = exponent(self.currency)
        return "#,##0." + "0" * decimals if decimals else "#,##0"
