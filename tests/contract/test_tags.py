"""Each operation stands under the resource that its path names, and every group is described and used."""

import pytest

from orderhub.api.openapi.tags import TAGS, UnknownResourceError, tag_of
from orderhub.api.routing import operations as routes_of
from orderhub.bootstrap import build_application
from orderhub.settings import Settings
from tests.contract.parts import operations, whole_document

ELSEWHERE = {
    "/v1/categories": "what listings are in",
    "/v1/shop-categories": "what shops are in",
    "/v1/carts/{cart_id}/quote-request": "it makes a quote",
    "/health/live": "the service as a whole",
    "/health/ready": "likewise",
    "/metrics": "likewise",
}
"""Paths that don't name the resource that they stand under, and why they stand there."""


def test_every_operation_has_the_tag_of_a_resource_in_its_path() -> None:
    found = {path: operation["tags"] for path, _, operation in operations(whole_document())}

    assert {path for path, tags in found.items() if len(tags) != 1} == set()
    assert {path for path, (tag,) in found.items() if tag not in path.split("/")} == set(ELSEWHERE)


def test_a_path_that_names_several_resources_is_about_the_last() -> None:
    assert tag_of("/v1/orders/{order_id}/payments") == "payments"
    assert tag_of("/v1/listings/{listing_id}/reviews") == "reviews"
    assert tag_of("/v1/me/listings") == "listings"
    assert tag_of("/v1/me/addresses") == "me"
    assert tag_of("/v1/orders/{order_id}/transitions") == "orders"


def test_who_it_is_for_goes_before_what_it_is_about() -> None:
    assert tag_of("/v1/staff/payments") == "staff"
    assert tag_of("/v1/hooks/payments/{provider}") == "hooks"


def test_every_tag_is_described_and_used_in_the_order_of_the_table() -> None:
    document = whole_document()
    used = {operation["tags"][0] for _, _, operation in operations(document)}

    assert document["tags"] == [{"name": name, "description": text} for name, text in TAGS.items()]
    assert used == set(TAGS)
    assert all(text.endswith(".") for text in TAGS.values())


def test_no_route_says_its_tag_by_itself() -> None:
    settings = Settings.model_validate({"database": {"url": "postgresql://nobody@127.0.0.1:1/nothing"}})
    routes = list(routes_of(build_application(settings).routes))

    assert [route.path for route in routes if route.route.tags] == []


def test_a_resource_without_a_tag_is_refused() -> None:
    with pytest.raises(UnknownResourceError):
        tag_of("/v1/parcels/{parcel_id}")
