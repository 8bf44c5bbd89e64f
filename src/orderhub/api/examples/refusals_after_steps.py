"""Requests that are refused for what happened before: to a copy of the sample data, which may be changed freely.

They are sent in this order, each after its own steps, and see what those before them have done. A new code: see
``refusals.py``.
"""

from collections.abc import Mapping
from typing import Final

from orderhub.api.examples.refusal import Ask, Race, Refusal, Sql
from orderhub.api.examples.sample import Setup, euros, listing, shop
from orderhub.api.schemas.accounts import REGISTRATION, SOME_TOKEN
from orderhub.domain.samples import (
    AWA,
    BRUNO,
    CHLOE,
    LEA,
    MOUSSA,
    PASSWORD,
    THEO,
    Listings,
    Orders,
    Shops,
)
from orderhub.domain.samples.haggling import COAT
from orderhub.domain.samples.wardrobe import Items
from orderhub.kit.ids import show_id

_SHOP_KEY: Final = {"name": "Serveur de commandes", "scopes": ["orders:read"]}
_OF_AWA: Final = f"account_id = '{AWA.id}'"
_SOME_FILE: Final = {"file": "Bonjour", "purpose": "attachment"}
_JACKET: Final = listing(Items.DENIM_JACKET)
_DEARER: Final = {"price": euros(7000)}
_SOLD: Final = (
    f"UPDATE listings SET state = 'sold', order_id = '{Orders.IN_PROGRESS}' WHERE id = '{Items.DENIM_JACKET}'"
)
_WRONG: Final = {"username": THEO.email, "password": "papayes-du-verger"}


AFTER_STEPS: Final[Mapping[str, Refusal]] = {
    # Whatever is asked.
    "idempotency_key_in_use": Refusal(
        "create_cart",
        AWA,
        body={"separate": True},
        race=Race(f"SELECT FROM accounts WHERE id = '{AWA.id}' FOR UPDATE"),
    ),
    "unavailable": Refusal(
        "create_cart",
        AWA,
        body={"separate": True},
        race=Race(f"SELECT FROM accounts WHERE id = '{AWA.id}' FOR UPDATE", cancelled=True),
    ),
    "limit_reached": Refusal(
        "create_shop_key",
        MOUSSA,
        shop(Shops.BEAUTY),
        _SHOP_KEY,
        steps=(Ask("create_shop_key", MOUSSA, shop(Shops.BEAUTY), _SHOP_KEY, times=20),),
    ),
    # Accounts.
    "account_unconfirmed": Refusal(
        "create_token",
        body={"username": "salif@example.com", "password": PASSWORD},
        steps=(
            Ask(
                "register_account",
                body={**REGISTRATION, "email": "salif@example.com", "handle": "salif", "password": PASSWORD},
            ),
        ),
    ),
    "email_token_used": Refusal(
        "confirm_account",
        body={"token": SOME_TOKEN},
        setup=Setup.CONFIRMATION_TOKEN,
        steps=(
            Ask("register_account", body=dict(REGISTRATION)),
            Ask("confirm_account", body={"token": SOME_TOKEN}, setup=Setup.CONFIRMATION_TOKEN),
        ),
    ),
    "account_suspended": Refusal(
        "create_token",
        body={"username": THEO.email, "password": PASSWORD},
        steps=(
            Ask(
                "suspend_account", CHLOE, {"account_id": show_id("acc", THEO.id)}, {"reason": "Vend des contrefaçons."}
            ),
        ),
    ),
    "locked_out": Refusal("create_token", body=_WRONG, steps=(Ask("create_token", body=_WRONG, times=5, fails=True),)),
    "refresh_token_reused": Refusal(
        "refresh_token",
        body={"refresh_token": "$token"},
        steps=(
            Ask(
                "create_token",
                body={"username": AWA.email, "password": PASSWORD},
                keep={"token": "refresh_token"},
            ),
            Ask("refresh_token", body={"refresh_token": "$token"}),
            Sql("UPDATE refresh_tokens SET used_at = used_at - interval '1 minute'"),
        ),
    ),
    # Files.
    "file_too_large": Refusal("upload_file", AWA, body=_SOME_FILE, padding=20_000_000),
    "uploads_used_up": Refusal(
        "upload_file",
        AWA,
        body=_SOME_FILE,
        steps=(
            Ask("upload_file", AWA, body=_SOME_FILE),
            Sql(f"UPDATE upload_counts SET day_files = 500 WHERE {_OF_AWA}"),
        ),
    ),
    "storage_used_up": Refusal(
        "upload_file",
        AWA,
        body=_SOME_FILE,
        steps=(Sql(f"UPDATE upload_counts SET kept_bytes = 20000000000 WHERE {_OF_AWA}"),),
    ),
    # The catalog and partner shops.
    "listing_move_refused": Refusal(
        "update_listing",
        BRUNO,
        {"listing_id": "$listing"},
        {"state": "paused"},
        steps=(Ask("create_listing", BRUNO, body={"title": "Carte de vœux"}, keep={"listing": "id"}),),
    ),
    "listing_closed": Refusal(
        "update_listing",
        BRUNO,
        listing(Listings.ICONS),
        {"days": 6},
        steps=(Ask("close_listing", BRUNO, listing(Listings.ICONS)),),
    ),
    "listing_reserved": Refusal(
        "update_listing",
        LEA,
        _JACKET,
        _DEARER,
        steps=(Sql(_SOLD.replace("'sold'", "'reserved', reserved_until = '2026-03-02T10:00Z'")),),
    ),
    "listing_not_on_sale": Refusal(
        "create_offer",
        BRUNO,
        listing(COAT),
        {"amount": euros(4000), "to": "all"},
        steps=(Sql(f"UPDATE listings SET state = 'paused' WHERE id = '{COAT}'"),),
    ),
    "listing_sold": Refusal("update_listing", LEA, _JACKET, _DEARER, steps=(Sql(_SOLD),)),
    "comments_closed": Refusal(
        "create_comment", AWA, _JACKET, {"text": "Bonjour, est-elle encore à vendre ?"}, steps=(Sql(_SOLD),)
    ),
    "listing_inactive": Refusal("create_favourite", MOUSSA, _JACKET, steps=(Sql(_SOLD),)),
    "key_scope": Refusal(
        "list_events",
        headers={"Authorization": "Bearer $key"},
        steps=(Ask("create_shop_key", LEA, shop(Shops.HABERDASHERY), _SHOP_KEY, keep={"key": "secret"}),),
    ),
}
