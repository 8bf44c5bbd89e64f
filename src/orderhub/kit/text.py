"""Text in the languages that OrderHub speaks, and ISO 8601 durations."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache


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


_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@cache
def parse_duration(text: str) -> timedelta:
    """An ISO 8601 duration of days, hours, minutes and seconds. Raises ValueError otherwise."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        message = f"not an ISO 8601 duration: {text!r}"
        raise ValueError(message)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def show_duration(value: timedelta) -> str:
    """A duration as ISO 8601; ``P7D``, ``PT48H`` is shown as ``P2D``."""
    seconds = int(value.total_seconds())
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    date = f"{days}D" if days else ""
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"P{date}{'T' + time if time else ''}" if date or time else "PT0S"
