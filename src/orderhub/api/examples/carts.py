"""Examples of carts; Awa gathers. What she asks a quote for stays in her usual one."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from orderhub.api.examples.sample import Sample, Samples
from orderhub.domain.samples import AWA, CartLines, Carts, Shops
from orderhub.kit.ids import show_id


def cart(value: UUID) -> Mapping[str, str]:
    """The path of something about a cart."""
    return {"cart_id": show_id("crt", value)}


def _line(value: UUID) -> Mapping[str, str]:
    return {**cart(Carts.OF_AWA), "line_id": show_id("lin", value)}


SAMPLES: Final[Samples] = {
    "list_carts": Sample(AWA, query={"status": "open"}),
    "create_cart": {
        "usual": Sample(AWA, body={}, summary="The account's open cart, or a new one"),
        "separate": Sample(AWA, body={"separate": True}, summary="A further one beside it"),
    },
    "get_cart": Sample(AWA, path=cart(Carts.OF_AWA)),
    "create_cart_line": {
        "by_page": Sample(
            AWA,
            path=cart(Carts.OF_AWA),
            body={
                "name": "Tapis de Kairouan, 120 × 180",
                "url": "https://souk-yasmine.example/tapis/kairouan-120x180",
                "quantity": 1,
                "note": "Fond écru",
            },
            summary="The shop is recognised by the page",
        ),
        "by_shop": Sample(
            AWA,
            path=cart(Carts.OF_AWA),
            body={"name": "Beurre de karité brut, 1 kg", "shop_id": show_id("shp", Shops.BEAUTY), "quantity": 3},
            summary="The shop is given, for want of a page",
        ),
        "of_no_partner": Sample(
            AWA,
            path=cart(Carts.OF_AWA),
            body={"name": "Lampadaire", "url": "https://luminaires.example/lampadaire"},
            summary="Kept, and said not to be of any partner shop",
        ),
    },
    "update_cart_line": Sample(
        AWA, path=_line(CartLines.BAZIN), body={"quantity": 3, "note": "Indigo clair, si le foncé manque"}
    ),
    "delete_cart_line": Sample(AWA, path=_line(CartLines.CHAIR)),
    "validate_cart": Sample(AWA, path=cart(Carts.OF_AWA)),
    "delete_cart": Sample(AWA, path=cart(Carts.UNWANTED)),
}
