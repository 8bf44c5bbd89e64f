"""An id in a body or a query that is somebody else's answers exactly as one that nothing has.

So does the object that a request is about: no id in its body, fitting or not, tells whether it is there.
Every place of the document that takes an id has to be in the tables below.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest

from tests.security.proformas import draft_of
from tests.security.requests import operations, send, without
from tests.security.sourcing import SHOP
from tests.security.test_edges import picture
from tests.security.test_matrix import document_of
from tests.security.town import ADDRESS, Town, absent, is_id

pytestmark = pytest.mark.asyncio(loop_scope="session")

_RECEIPT = {"amount": {"amount": 2_203, "currency": "EUR"}, "method": "transfer", "reference": "VIR AWA"}
_AMOUNT = {"amount": 2_000, "currency": "EUR"}
_ITEMS = {"kind": "item", "listing_ids": ["{id}"]}
_CARD = {"method": "card", "return_url": "https://boutique.example/retour"}


@dataclass(frozen=True)
class Place:
    """One place that takes an id: who sends which foreign one, in what."""

    operation: str
    name: str
    """Of the property or the query parameter."""
    role: str
    about: str
    foreign: str
    body: Any = None
    """With ``{id}`` where the id stands; None for a query parameter."""
    status: int = 422


PLACES = (
    Place("place_order", "listing_id", "buyer", "", "draft", {"kind": "service", "listing_id": "{id}"}, 409),
    Place(
        "place_order",
        "options",
        "buyer",
        "",
        "draft_option",
        {"kind": "service", "listing_id": "{listing}", "options": ["{id}"]},
    ),
    Place(
        "place_order",
        "file_id",
        "stranger",
        "",
        "file",
        {"kind": "service", "listing_id": "{asking}", "answers": [{"question_id": "brief", "file_id": "{id}"}]},
    ),
    Place("place_order", "offer_id", "buyer", "", "fatous_offer", {"kind": "service", "offer_id": "{id}"}, 409),
    Place("place_order", "listing_ids", "buyer", "", "hidden_item", _ITEMS | {"address": ADDRESS}, 409),
    Place(
        "place_order",
        "address_id",
        "stranger",
        "",
        "address",
        {"kind": "item", "listing_ids": ["{item}"], "address_id": "{id}"},
        404,
    ),
    Place("preview_order", "options", "buyer", "listing", "draft_option", {"options": ["{id}"]}),
    Place("preview_order", "address_id", "stranger", "item", "address", {"address_id": "{id}"}, 404),
    Place("preview_order", "offer_id", "buyer", "item", "fatous_offer", {"country": "FR", "offer_id": "{id}"}, 409),
    Place("preview_order", "listing_ids", "buyer", "item", "hidden_item", {"country": "FR", "listing_ids": ["{id}"]}),
    Place(
        "create_comment",
        "parent_id",
        "buyer",
        "item",
        "hidden_comment",
        {"text": "Bonjour", "parent_id": "{id}"},
        404,
    ),
    Place("create_conversation", "listing_id", "buyer", "", "draft", {"listing_id": "{id}", "text": "Bonjour"}, 404),
    Place(
        "create_conversation",
        "attachments",
        "stranger",
        "",
        "file",
        {"listing_id": "{listing}", "attachments": ["{id}"]},
    ),
    Place("create_offer", "to", "seller", "item", "outcast", {"amount": _AMOUNT, "to": ["{id}"]}),
    Place(
        "create_custom_offer",
        "for_order_id",
        "seller",
        "conversation",
        "purchase",
        {"amount": _AMOUNT, "days": 3, "scope": "Le logo et son enseigne.", "for_order_id": "{id}"},
    ),
    Place("send_message", "attachments", "seller", "conversation", "file", {"attachments": ["{id}"]}),
    Place("create_listing", "photo_ids", "stranger", "", "photo", {"title": "Affiche", "photo_ids": ["{id}"]}),
    Place("update_listing", "photo_ids", "stranger", "fatous_listing", "photo", {"photo_ids": ["{id}"]}),
    Place("update_me", "photo_id", "stranger", "", "photo", {"photo_id": "{id}"}),
    Place("create_shop", "logo_file_id", "support", "", "photo", SHOP | {"logo_file_id": "{id}"}),
    Place("update_shop", "logo_file_id", "buyer", "shop", "photo", {"logo_file_id": "{id}"}),
    Place("create_shop_member", "account_id", "buyer", "shop", "outcast", {"account_id": "{id}"}, 404),
    Place("act_on_order", "option_id", "buyer", "order", "draft_option", {"action": "add_extra", "option_id": "{id}"}),
    Place("act_on_order", "offer_id", "buyer", "order", "fatous_offer", {"action": "add_extra", "offer_id": "{id}"}),
    Place(
        "act_on_order",
        "photo_ids",
        "buyer",
        "item_order",
        "brunos_file",
        {"action": "request_return", "reason": "damaged", "photo_ids": ["{id}"]},
    ),
    Place("act_on_order", "files", "seller", "order", "file", {"action": "deliver", "files": ["{id}"]}),
    Place(
        "act_on_order",
        "file_id",
        "buyer",
        "asking_order",
        "brunos_file",
        {"action": "provide_instructions", "answers": [{"question_id": "brief", "file_id": "{id}"}]},
    ),
    Place(
        "act_on_order",
        "payment_id",
        "buyer",
        "unpaid_purchase",
        "payment",
        _RECEIPT | {"action": "submit_proof", "file_id": "{receipt}", "payment_id": "{id}"},
    ),
    Place(
        "act_on_order",
        "line_id",
        "support",
        "purchase",
        "cart_line",
        {"action": "propose_change", "line_id": "{id}", "quantity": 2, "reason": "Vendu par deux."},
    ),
    Place("submit_proof", "file_id", "buyer", "manual_payment", "brunos_file", _RECEIPT | {"file_id": "{id}"}),
    Place(
        "request_quote",
        "address_id",
        "stranger",
        "fatous_cart",
        "address",
        {"accept_terms_version": 1, "address_id": "{id}"},
        404,
    ),
    Place("save_quote_draft", "id", "support", "quote_draft", "cart_line", draft_of("{id}")),
    Place("create_cart_line", "shop_id", "buyer", "cart", "hidden_shop", {"name": "Bazin", "shop_id": "{id}"}),
    Place("update_cart_line", "shop_id", "buyer", "cart_line", "hidden_shop", {"shop_id": "{id}"}),
    Place("create_payment", "extra_id", "stranger", "fatous_order", "extra", _CARD | {"extra_id": "{id}"}, 409),
)
OPEN_QUERIES = {
    ("list_listings", "seller"): "sellers of active listings are everybody's",
    ("list_offers", "listing_id"): "one's own offers on it, whosever it is",
    ("download_file", "session"): "a link is signed with it",
    ("download_original", "session"): "likewise",
    ("download_thumbnail", "session"): "likewise",
    ("list_staff_payments", "order_id"): "finance sees every order",
    ("list_staff_refunds", "order_id"): "likewise",
    ("list_staff_refunds", "payment_id"): "likewise",
    ("list_staff_cases", "order_id"): "support sees every order",
    ("list_staff_audit", "account_id"): "an admin sees every account",
}
"""Query parameters that only narrow what the caller sees anyway."""


@dataclass(frozen=True)
class Hidden:
    """A place of `PLACES` whose object somebody may not see, and the id that would fit there if they did."""

    operation: str
    name: str
    about: str
    fits: str
    """A thing of the town, or a kind of thing that the person has of their own."""
    outsider: str = "stranger"


HIDDEN = (
    Hidden("preview_order", "options", "draft", "draft_option"),
    Hidden("preview_order", "address_id", "hidden_item", "own address"),
    Hidden("preview_order", "offer_id", "hidden_item", "offer"),
    Hidden("preview_order", "listing_ids", "hidden_item", "item"),
    Hidden("create_comment", "parent_id", "hidden_item", "hidden_comment"),
    Hidden("create_offer", "to", "hidden_item", "account"),
    Hidden("create_custom_offer", "for_order_id", "conversation", "order"),
    Hidden("send_message", "attachments", "conversation", "own attachment"),
    Hidden("update_listing", "photo_ids", "draft", "own photo"),
    Hidden("update_shop", "logo_file_id", "hidden_shop", "own photo"),
    Hidden("create_shop_member", "account_id", "hidden_shop", "account"),
    Hidden("act_on_order", "option_id", "order", "option"),
    Hidden("act_on_order", "offer_id", "order", "offer"),
    Hidden("act_on_order", "photo_ids", "item_order", "own attachment"),
    Hidden("act_on_order", "files", "order", "own attachment"),
    Hidden("act_on_order", "file_id", "asking_order", "own attachment"),
    Hidden("act_on_order", "payment_id", "unpaid_purchase", "manual_payment"),
    Hidden("act_on_order", "line_id", "purchase", "purchase_line"),
    Hidden("submit_proof", "file_id", "manual_payment", "own attachment"),
    Hidden("request_quote", "address_id", "fatous_cart", "own address", "seller"),
    Hidden("create_cart_line", "shop_id", "cart", "shop"),
    Hidden("update_cart_line", "shop_id", "cart_line", "shop"),
    Hidden("create_payment", "extra_id", "order", "extra"),
)
SEEN = {("save_quote_draft", "id"): "support sees every quote; nobody else may draft"}
"""Places whose object is hidden from nobody who may ask."""


def ids_in(document: dict[str, Any], schema: dict[str, Any], name: str = "") -> Iterator[str]:
    """The properties below a schema that take a public id."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "_[" in schema.get("pattern", "")[:7]:
        yield name
    for inner, part in schema.get("properties", {}).items():
        yield from ids_in(document, part, inner)
    items = (schema["items"],) if "items" in schema else ()
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *items):
        yield from ids_in(document, part, name)


async def test_every_place_that_takes_an_id_is_in_the_table(town: Town) -> None:
    bodies: set[tuple[str, str]] = set()
    queries: set[tuple[str, str]] = set()
    for operation, (_, _, entry) in operations(town.document).items():
        for content in entry.get("requestBody", {}).get("content", {}).values():
            bodies |= {(operation, name) for name in ids_in(town.document, content["schema"])}
        for parameter in entry.get("parameters", ()):
            if parameter["in"] == "query":
                queries |= {(operation, name) for name in ids_in(town.document, parameter["schema"], parameter["name"])}
    assert bodies == {(place.operation, place.name) for place in PLACES}
    assert queries == OPEN_QUERIES.keys()


def filled(part: Any, ids: dict[str, str]) -> Any:
    """The body with its ids."""
    match part:
        case str():
            return ids.get(part, part)
        case dict():
            return {name: filled(inner, ids) for name, inner in cast("dict[str, Any]", part).items()}
        case list():
            return [filled(inner, ids) for inner in cast("list[Any]", part)]
        case _:
            return part


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.operation}.{place.name}")
async def test_a_foreign_id_answers_as_an_absent_one(town: Town, place: Place) -> None:
    known = {f"{{{name}}}": list(thing.values())[-1] for name, thing in town.things.items()}
    foreign = known[f"{{{place.foreign}}}"]
    assert is_id(foreign)
    answers = [
        await send(
            town,
            town.client(place.role),
            place.operation,
            town.things.get(place.about, {}),
            json=filled(place.body, known | {"{id}": identity}),
        )
        for identity in (foreign, absent(foreign))
    ]
    assert [answer.status_code for answer in answers] == [place.status] * 2, answers[0].text
    assert document_of(answers[0]) == document_of(answers[1])


async def own_id(town: Town, role: str, kind: str) -> str:
    """Something of this person's own."""
    client = town.client(role)
    if kind == "address":
        made = await client.post("/v1/me/addresses", json=ADDRESS)
    else:
        content = picture("PNG") if kind == "photo" else b"Un logo bleu."
        made = await client.post("/v1/files", files={"file": ("x.png", content)}, data={"purpose": kind})
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def test_every_object_that_a_body_could_betray_is_in_the_table() -> None:
    with_object = {(place.operation, place.name) for place in PLACES if place.about}
    assert with_object - SEEN.keys() == {(hidden.operation, hidden.name) for hidden in HIDDEN}


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda hidden: f"{hidden.operation}.{hidden.name}")
async def test_no_id_in_a_body_tells_whether_its_object_is_there(town: Town, hidden: Hidden) -> None:
    body = next(place.body for place in PLACES if (place.operation, place.name) == (hidden.operation, hidden.name))
    known = {f"{{{name}}}": list(thing.values())[-1] for name, thing in town.things.items()}
    known["{receipt}"] = await own_id(town, hidden.outsider, "attachment")
    _, _, own = hidden.fits.partition("own ")
    fitting = await own_id(town, hidden.outsider, own) if own else known[f"{{{hidden.fits}}}"]
    there = town.things[hidden.about]
    answers = [
        await send(
            town,
            town.client(hidden.outsider),
            hidden.operation,
            parameters,
            json=filled(body, known | {"{id}": identity}),
        )
        for parameters in (there, without(there, next(iter(there))))
        for identity in (fitting, absent(fitting))
    ]
    assert [answer.status_code for answer in answers] == [404] * 4, [answer.text for answer in answers]
    assert len({str(document_of(answer)) for answer in answers}) == 1


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.operation}.{place.name}")
async def test_no_id_in_a_body_is_looked_at_for_who_signed_out(town: Town, place: Place) -> None:
    known = {f"{{{name}}}": list(thing.values())[-1] for name, thing in town.things.items()}
    body = filled(place.body, known | {"{id}": known[f"{{{place.foreign}}}"]})
    answer = await send(town, town.client("signed_out"), place.operation, town.things.get(place.about, {}), json=body)
    assert answer.status_code == 401, answer.text
