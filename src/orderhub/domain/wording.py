"""One wording: a headline and a sentence, in both languages."""

from dataclasses import dataclass

from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Wording:
    """The headline and the sentence under it."""

    title: Label
    body: Label


def words(french: str, english: str, french_body: str, english_body: str) -> Wording:
    """Headline and sentence: French, then English."""
    return Wording(Label(french, english), Label(french_body, english_body))
