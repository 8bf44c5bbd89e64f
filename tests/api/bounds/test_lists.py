"""Every list in every answer is a page, or a rule holds it within what the document says; a new one needs its rule."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from fastapi import FastAPI

from orderhub.domain.policies.bounds import BOUNDS, FIXED
from orderhub.domain.processes import PROCESSES

CODE: Final = "the code lists all that there can be"
INPUT: Final = "what comes in is held to the same number"
STAFF: Final = "staff decide about each before the next, or write it themselves"
MONEY: Final = "payments and part refunds of an order are bounded; refunds and postings follow from them"
RULES: Final[Mapping[str, str]] = {
    **{
        f"{name.capitalize()}{place}": CODE
        for name in PROCESSES
        for place in ("Process.statuses", "Process.transitions", "TransitionOut.by", "TransitionOut.tells")
    },
    "BalancesOut.data": "a person is owed in the currencies that exist",
    "CartLineOut.findings": CODE,
    "CartOut.findings": CODE,
    "CartOut.lines": "cart_lines",
    "CartVerdictOut.findings": CODE,
    "CartVerdictOut.lines": "cart_lines",
    "CaseDetailOut.file_ids": "attachments of one mail are bounded where it is read",
    "CaseDetailOut.flags": "the newest that were flagged",
    "CategoriesOut.data": CODE,
    "CheckedLineOut.findings": CODE,
    "CommentOut.masked": CODE,
    "CommentOut.mentions": INPUT,
    "CommissionsOut.rules": INPUT,
    "CountriesOut.data": CODE,
    "CountryOut.regions": CODE,
    "CountryOut.required": CODE,
    "DeliveryOut.files": INPUT,
    "DocumentsOut.data": "quote_versions",
    "DueOut.methods": CODE,
    "EscrowOut.postings": MONEY,
    "EscrowOut.refunds": MONEY,
    "EventCommentOut.masked": CODE,
    "EventMessageOut.attachments": INPUT,
    "EventMessageOut.masked": CODE,
    "ExportOut.addresses": "addresses",
    "ExportOut.sessions": "those alive are bounded; those that ended are kept for thirty days",
    "FlaggedTextOut.kinds": CODE,
    "HolidaysOut.holidays": INPUT,
    "ItemOut.photos": INPUT,
    "ItemPreviewOut.items": INPUT,
    "LedgerCheckOut.totals": CODE,
    "LedgerCheckOut.wrong": "the first that are wrong",
    "MeOut.roles": CODE,
    "MessageData.tells": CODE,
    "MessageOut.attachments": INPUT,
    "MessageOut.masked": CODE,
    "NotificationPreferencesOut.data": CODE,
    "OfferData.tells": CODE,
    "OfferDeadlineOut.waits_for": CODE,
    "OfferHistoryListOut.data": "an offer is answered once and used once",
    "OfferOut.available_actions": CODE,
    "OfferOut.deadlines": CODE,
    "OfferOut.not_yet": CODE,
    "OffersMadeOut.data": INPUT,
    "OptionsOut.data": "listing_options",
    "OrderCountsOut.data": CODE,
    "OrderData.tells": CODE,
    "OrderData.waits_for": CODE,
    "ItemOrderOut.items": INPUT,
    "OrderDeadlineOut.waits_for": CODE,
    "OrderForecastOut.data": "a forecast stops after so many steps",
    "OrderOut.answers": INPUT,
    "OrderOut.available_actions": CODE,
    "OrderOut.deadlines": "unpaid_extras",
    "OrderOut.deliveries": "the newest ten",
    "OrderOut.lines": "order_lines",
    "OrderOut.not_yet": CODE,
    "OrderOut.questions": INPUT,
    "OrderPaymentsOut.due": "unpaid_extras",
    "OrderPaymentsOut.payments": "payments",
    "OrderPaymentsOut.refunds": MONEY,
    "OrderReviewsOut.data": "one of each party",
    "OrderSaid.files": INPUT,
    "OrderSaid.overtaken": "unpaid_extras",
    "OrderSaid.shortfalls": INPUT,
    "OwnShopOut.categories": INPUT,
    "OwnShopOut.sites": INPUT,
    "PayByHand.instructions": INPUT,
    "PaymentData.tells": CODE,
    "PendingOut.extras": "unpaid_extras",
    "PreferenceOut.always": CODE,
    "PreferenceOut.channels": CODE,
    "Problem.errors": "the first so many are shown",
    "ProcessesOut.data": CODE,
    "ProformaOut.fees": INPUT,
    "ProformaOut.lines": INPUT,
    "ProformaOut.payment_instructions": INPUT,
    "ProformaOut.taxes": INPUT,
    "ProofOut.same_file": "the first so many are shown",
    "ProofsOut.data": STAFF,
    "Question.choices": INPUT,
    "QuestionOut.answers": "comment_answers",
    "QuestionOut.masked": CODE,
    "QuestionOut.mentions": INPUT,
    "QuoteData.tells": CODE,
    "QuoteDeadlineOut.waits_for": CODE,
    "QuoteOut.available_actions": CODE,
    "QuoteOut.deadlines": CODE,
    "QuoteOut.lines": "cart_lines",
    "QuoteOut.not_yet": CODE,
    "QuoteSaid.left_out": "cart_lines",
    "QuoteVersionsOut.data": "quote_versions",
    "RefundData.tells": CODE,
    "SandboxMailOut.attachments": "our own mails, in development only",
    "SandboxMailOut.links": "our own mails, in development only",
    "ServiceOut.options": "listing_options",
    "ServiceOut.photos": INPUT,
    "ServiceOut.questions": INPUT,
    "ServicePreviewOut.lines": "listing_options",
    "SettingsOut.bound_rules": CODE,
    "SettingsOut.rules": CODE,
    "SettingsOut.working_days": INPUT,
    "ShopCategoriesOut.data": CODE,
    "ShopKeyOut.scopes": CODE,
    "ShopKeysOut.data": "shop_keys",
    "ShopMembersOut.data": "shop_members",
    "ShopOut.categories": INPUT,
    "ShopOut.sites": INPUT,
    "ReturnOut.evidence": INPUT,
    "ReturnOut.objection_evidence": INPUT,
    "ShippingOut.near": INPUT,
    "ShippingOut.near[]": INPUT,
    "SourcingOut.fees": INPUT,
    "SourcingOut.lines": INPUT,
    "SourcingOut.payment_instructions": INPUT,
    "SourcingOut.taxes": INPUT,
    "StaffAccountOut.roles": CODE,
}
"""By schema and field: the name of a bound, else what else holds the list."""


def named(part: Any, schemas: Mapping[str, Any], found: set[str]) -> set[str]:
    """The schemas that a part of the document reaches."""
    match part:
        case {"$ref": str() as target} if "/schemas/" in target:
            name = target.rpartition("/")[2]
            if name not in found:
                found.add(name)
                named(schemas[name], schemas, found)
        case dict():
            for inner in cast("dict[str, Any]", part).values():
                named(inner, schemas, found)
        case list():
            for inner in cast("list[Any]", part):
                named(inner, schemas, found)
        case _:
            pass
    return found


def arrays(schema: Any, place: str) -> Iterator[tuple[str, int | None]]:
    """Each array within a schema: where, and how many it may hold."""
    if schema.get("type") == "array":
        yield place, schema.get("maxItems")
        yield from arrays(schema.get("items", {}), f"{place}[]")
    for name, field in schema.get("properties", {}).items():
        yield from arrays(field, f"{place}.{name}")
    for way in ("anyOf", "oneOf", "allOf"):
        for inner in schema.get(way, ()):
            yield from arrays(inner, place)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from arrays(schema["additionalProperties"], f"{place}{{}}")


def shared(place: str) -> str:
    """A place in the form of one action as in those of all: ``OrderSaid.files`` of ``OrderDeliverSaid.files``."""
    return re.sub(r"^(Order|Quote|Offer)\w*?(Said|Data)\b", r"\1\2", place)


def lists(document: Mapping[str, Any]) -> dict[str, int | None]:
    """Every list in an answer, but the data of pages."""
    schemas = document["components"]["schemas"]
    answers = [way["responses"] for path in document["paths"].values() for way in path.values()]
    shown = named(answers, schemas, set())
    found = {
        shared(place): most
        for name in shown
        for place, most in arrays(schemas[name], name)
        if not (place == f"{name}.data" and "next_cursor" in schemas[name]["properties"])
    }
    inline = [place for part in answers for place, _ in _inline(part)]
    assert inline == [], "an answer without a schema of its own"
    return found


def _inline(responses: Mapping[str, Any]) -> Iterator[tuple[str, int | None]]:
    for answer in responses.values():
        for content in answer.get("content", {}).values():
            yield from arrays(content.get("schema", {}), "inline")


async def test_a_rule_holds_every_list(app: FastAPI) -> None:
    found = lists(app.openapi())
    assert found.keys() - RULES.keys() == set(), "page this list, or bound it and say how"
    assert RULES.keys() - found.keys() == set()
    assert [place for place, most in found.items() if most is None] == []


async def test_a_bound_lets_no_list_grow_beyond_what_the_document_says(app: FastAPI) -> None:
    bounds = {**BOUNDS, **FIXED}
    held = {place: bounds[rule] for place, rule in RULES.items() if rule in bounds}
    assert len(held) > len(bounds) // 2
    for place, most in lists(app.openapi()).items():
        assert place not in held or (most or 0) >= held[place].most, place
