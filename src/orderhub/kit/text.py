"""Text in the languages that OrderHub speaks, and ISO 8601 durations."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import msgspec


class Language(StrEnum):
    """Languages of labels, problem titles and mails."""

    FRENCH = "fr"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Label:
    """One wording in each language."""

    fr: str
    en: str

    def within(self, language: Language) -> str:
        """The wording in one language."""
        return self.fr if language is Language.FRENCH else self.en


def parse_duration(text: str) -> timedelta:
    """An ISO 8601 duration of days, hours, minutes and seconds, none below zero. Raises ValueError otherwise."""
    value = msgspec.convert(text, timedelta)
    if value < timedelta():
        message = f"a duration below zero: {text!r}"
        raise ValueError(message)
    return value


def show_duration(value: timedelta) -> str:
    """A duration as ISO 8601: ``P7D``, ``PT1H30M``; 48 hours are ``P2D``.

    Written here, since msgspec says ``PT5400S`` for an hour and a half, and Pydantic ``P1Y35D`` for 400 days.
    """
    seconds = int(value.total_seconds())
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    date = f"{days}D" if days else ""
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"P{date}{'T' + time if time else ''}" if date or time else "PT0S"
