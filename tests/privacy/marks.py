"""A person who writes a mark of its own into every field that takes text."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.lives.world import Person
from tests.privacy.fields import Document, Field, form_of, takes_text

KEPT: Final = (
    "code",
    "question_id",
    "choice",
    "postcode",
    "region",
    "time_zone",
    "registration_number",
    "vat_number",
    "method",
    "kind",
    "token",
    "refresh_token",
    "device_token",
)
"""Fields whose text must be one that the hub knows."""
OF_ITEMS: Final = ("size", "brand", "colour")
"""Only items have these: they are filled where they are given."""
CODES: Final = ("/handle", "/id", "/choices/*", *(f"/{name}" for name in OF_ITEMS))
"""Small letters and digits alone, or what has to be sent back as it is."""
_PHONE: Final = "phone"
MARK: Final = re.compile(r"zephyr(\d{3})")
PHONE_MARK: Final = re.compile(r"\+?33\s?6\s?12\s?98\s?(\d\d)\s?(\d\d)")

Wording = Callable[[str, int], str]
"""What is written, given the mark and how many characters there is room for."""


def plain(mark: str, room: int) -> str:
    """The mark alone."""
    del room
    return mark


@dataclass(slots=True)
class Marks:
    """The marks that were written, and where."""

    document: Document
    wording: Wording = plain
    written: list[Field] = field(default_factory=list[Field])

    def of(self, number: int) -> Field:
        """Where a mark was written."""
        return self.written[number]

    def add(self, operation: str, variant: str, pointer: str) -> str:
        """A new mark for a field."""
        self.written.append(Field(operation, variant, pointer))
        return f"zephyr{len(self.written) - 1:03d}"

    def filled(self, method: str, path: str, body: Any) -> Any:
        """A body with a mark in every field of it that takes text."""
        operation = self.document.operation_of(method, path)
        forms = dict(self.document.forms(self.document.body(operation)))
        variant = "" if "" in forms else body.get("action") or body["kind"]
        return self._filled(Field(operation, variant, ""), forms[variant], body)

    def _filled(self, place: Field, schema: Any, given: Any) -> Any:
        value: object = given
        for _, form in self.document.forms(schema):
            if isinstance(value, dict) and "properties" in form:
                return self._object(place, form, given)
            if isinstance(value, list) and "items" in form:
                inside = Field(place.operation, place.variant, f"{place.pointer}/*")
                return [self._filled(inside, form["items"], each) for each in given]
            if isinstance(value, str) and takes_text(form):
                return self._text(place, form, value)
        return given

    def _object(self, place: Field, form: Any, value: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(value)
        for name, schema in form["properties"].items():
            inside = Field(place.operation, place.variant, f"{place.pointer}/{name}")
            texts = [one for _, one in self.document.forms(schema) if takes_text(one)]
            if name in KEPT or (name == "text" and {"choice", "file_id"} & found.keys()):
                continue
            if name in found:
                found[name] = self._filled(inside, schema, found[name])
            elif texts and name not in OF_ITEMS:
                found[name] = self._text(inside, texts[0])
        return found

    def _text(self, place: Field, form: Mapping[str, Any], value: str = "") -> str:
        mark = self.add(place.operation, place.variant, place.pointer)
        if place.pointer.endswith(f"/{_PHONE}"):
            number = len(self.written) - 1
            return f"+33 6 12 98 {number // 100:02d} {number % 100:02d}"
        if place.pointer.endswith("url"):
            page = value.rpartition("/")[0] if value.startswith("http") else "https://example.fr"
            return f"{page}/{mark}"
        within = form_of(form)
        if within != "{}" or place.pointer.endswith(CODES):
            return within.format(mark)
        return self.wording(mark, form.get("maxLength", 10_000))


@dataclass(slots=True)
class Marked(Person):
    """Zoé, whose every text is marked."""

    marks: Marks

    async def ask(self, method: str, path: str, expect: int = 200, **more: Any) -> Any:
        """One request, its body filled with marks."""
        if "json" in more:
            more["json"] = self.marks.filled(method, f"/v1{path}", more["json"])
        # Not super(): a dataclass with slots is another class than the one that its methods close over.
        return await Person.ask(self, method, path, expect, **more)


def numbers_in(text: str) -> set[int]:
    """The marks in a text."""
    phones = (int(high + low) for high, low in PHONE_MARK.findall(text))
    return {*map(int, MARK.findall(text)), *phones}


def numbers_of(document: Any) -> set[int]:
    """The marks in a JSON document."""
    return numbers_in(json.dumps(document, ensure_ascii=False))
