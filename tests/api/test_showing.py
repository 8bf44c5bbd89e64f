"""Answers show what is stored, whatever rule it breaks; what comes in is held to the same rules as before."""

from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from orderhub.api.schemas.base import Input, MoneyIn, MoneyOut, Output, PageOut, Text
from orderhub.api.schemas.orders.order import EscrowOut, PendingOut


class Wish(Input):
    """Comes in, and is shown as it came."""

    text: Annotated[str, Text(5)]
    count: Annotated[int, Field(ge=1, le=3)] = 1


class WishesOut(Output):
    """An answer with parts of every sort."""

    wishes: Annotated[list[Wish], Field(max_length=1)]
    code: Annotated[str, Field(min_length=2, max_length=3, pattern="^[a-z]+$")] | None
    named: Annotated[dict[str, Annotated[int, Field(ge=0)]], Field(max_length=1)]
    money: MoneyOut


ODD: dict[str, Any] = {
    "wishes": [{"text": "much too long", "count": 17, "colour": "unknown"}, {"text": ""}],
    "code": "ÄÖÜ ß",
    "named": {"a": -1, "b": -(2**70)},
    "money": {"amount": 2**80, "currency": "ZZZ"},
}


def test_an_answer_shows_what_breaks_its_bounds() -> None:
    shown = PageOut[WishesOut](data=[WishesOut.model_validate(ODD)] * 101, next_cursor="x" * 999)
    assert shown.data[0].model_dump() == ODD | {
        "wishes": [{"text": "much too long", "count": 17}, {"text": "", "count": 1}]
    }


def test_an_answer_still_has_its_types() -> None:
    wrongs: list[dict[str, Any]] = [{"code": 1}, {"wishes": [{}]}, {"money": {"amount": "much"}}, {"named": None}]
    for wrong in wrongs:
        with pytest.raises(ValidationError):
            WishesOut.model_validate(ODD | wrong)


def test_what_comes_in_is_refused_all_the_same() -> None:
    for wrong in ODD["wishes"]:
        with pytest.raises(ValidationError):
            Wish.model_validate(wrong)
    with pytest.raises(ValidationError):
        MoneyIn.model_validate(ODD["money"])


def test_the_document_says_the_bounds() -> None:
    document = TypeAdapter(WishesOut).json_schema(mode="serialization")
    assert document["properties"]["wishes"]["maxItems"] == 1
    assert document["properties"]["code"]["anyOf"][0] == {
        "type": "string",
        "minLength": 2,
        "maxLength": 3,
        "pattern": "^[a-z]+$",
    }
    assert document["$defs"]["Wish"]["properties"]["count"]["maximum"] == 3


def test_lists_of_an_order_that_grew_beyond_their_bounds_are_shown() -> None:
    money = {"amount": 1, "currency": "EUR"}
    extra = {"id": "ext_01k8z8c8g0f6d9k1v2w3x4y5z6", "title": "Plus", "price": money, "days": 1}
    pending = PendingOut.model_validate({"cancellation": None, "extension": None, "extras": [extra] * 62})
    assert len(pending.model_dump()["extras"]) == 62
    posting = {"source": "a", "target": "b", "amount": money, "reason": "c", "at": "2026-11-26T10:00:00Z"}
    held = dict.fromkeys(("held", "released", "refunded"), money)
    assert len(EscrowOut.model_validate(held | {"postings": [posting] * 1_001, "refunds": []}).postings) == 1_001
