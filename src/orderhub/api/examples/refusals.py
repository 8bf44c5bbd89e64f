"""Requests that are refused: one for each problem code that a single request to the sample data provokes.

``make openapi-answers`` sends them to a hub that was just seeded; what comes back is the code's example. They change
nothing, so that the documented examples succeed afterwards.

**A new code** gets its line here where one request is enough; in ``refusals_after_steps.py`` or
``refusals_between_parties.py`` where something must happen first; in ``refusals_under_pressure.py`` where another
setting is needed. The rare one that no request is ever answered with is named, with the reason, in ``unprovoked.py``.
`Refusal` says what can be asked for; then ``make openapi`` records it. ``tests/contract/test_answers.py`` refuses a
code that is in none of them.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from orderhub.api.examples.carts import cart
from orderhub.api.examples.documented import SAMPLES
from orderhub.api.examples.quotes import quote
from orderhub.api.examples.refusal import Refusal
from orderhub.api.examples.sample import Sample, Setup, conversation, euros, listing, order, shop
from orderhub.api.schemas.accounts import SOME_TOKEN
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.events.position import Position, write_position
from orderhub.domain.replies.mail import MAX_BYTES
from orderhub.domain.samples import (
    AWA,
    BRUNO,
    CHLOE,
    FELIX,
    KOFFI,
    LEA,
    YANNICK,
    CartLines,
    Carts,
    Conversations,
    Files,
    Listings,
    Options,
    Orders,
    Questions,
    Quotes,
    Reviews,
    Shops,
    Sourced,
    Traders,
    fixed_id,
    payment_of,
)
from orderhub.domain.samples.attic import FOR_SALE, Attic, listing_of
from orderhub.domain.samples.haggling import COAT, Offers
from orderhub.domain.samples.wardrobe import Items
from orderhub.kit.ids import show_id


def _nothing(name: str, prefix: str) -> Mapping[str, str]:
    """The path of something that there is not."""
    return {name: show_id(prefix, fixed_id(999))}


def _body_of(operation: str) -> Any:
    """What the documented example says, to be said wrongly."""
    sample = SAMPLES[operation]
    assert isinstance(sample, Sample)  # noqa: S101 - those that are asked for have one example
    return sample.body


def _act(order_id: UUID, **body: Any) -> Mapping[str, Any]:
    return {"path": order(order_id), "body": body}


_ITEM: Final = {"kind": "item", "listing_ids": [show_id("lst", FOR_SALE)]}
_CANADA: Final = {
    "name": "Awa Diallo",
    "line1": "4200 rue Saint-Denis",
    "postcode": "H2J 2K8",
    "city": "Montréal",
    "region": "QC",
    "country": "CA",
}
_KEY: Final = "Idempotency-Key"
_OLD: Final = {"If-Match": '"0"'}
_SESSION: Final = show_id("ses", fixed_id(999))
_LOGO: Final = listing(Listings.LOGO)
_OPTION: Final = show_id("opt", Options.LOGO_BUSINESS_CARDS)
_OFFERED: Final[dict[str, Any]] = {"amount": euros(4000)}
_SERVICE: Final = {"kind": "service"}
_DRAFT: Final = _body_of("save_quote_draft")

REFUSALS: Final[Mapping[str, Refusal]] = {
    # What any request may lack.
    "malformed": Refusal("update_me", AWA, body='{"display_name": "Awa'),
    "invalid": Refusal(
        "create_address", AWA, body={"name": "Awa Diallo", "line1": "", "city": "Paris", "country": "FR"}
    ),
    "unsupported_media_type": Refusal("update_me", AWA, body="Awa", headers={"Content-Type": "text/plain"}),
    "unauthenticated": Refusal("get_me"),
    "forbidden": Refusal("get_staff_queue", AWA),
    "not_found": Refusal("get_process", path={"name": "inconnu"}),
    "method_not_allowed": Refusal("list_countries", method="DELETE"),
    "too_large": Refusal("update_me", AWA, body='{"display_name": "Awa"}', padding=1_048_576),
    "head_too_large": Refusal("list_countries", headers={f"X-Trace-{number}": "0" for number in range(100)}),
    "stale": Refusal("act_on_order", AWA, headers=_OLD, **_act(Orders.TO_CANCEL, action="cancel")),
    "idempotency_key_required": Refusal(
        "act_on_order", AWA, headers={_KEY: ""}, **_act(Orders.TO_CANCEL, action="cancel")
    ),
    "idempotency_key_reused": Refusal(
        "create_cart", AWA, before={}, body={"separate": True}, headers={_KEY: "essai-panier"}
    ),
    # Accounts.
    "account_not_found": Refusal("get_account", path=_nothing("account_id", "acc")),
    "invalid_credentials": Refusal("create_token", body={"username": AWA.email, "password": "papayes-du-verger"}),
    "invalid_email_token": Refusal("confirm_account", body={"token": SOME_TOKEN}),
    "invalid_refresh_token": Refusal(
        "refresh_token", body={"refresh_token": "7yWb0cU3m1Zq9Jr4sXv2Lk8dTg6Nf5hPaEoQiRuCwYz"}
    ),
    "session_not_found": Refusal("delete_session", AWA, {"session_id": _SESSION}),
    "handle_taken": Refusal("update_me", AWA, body={"handle": BRUNO.handle}),
    "address_not_found": Refusal("delete_address", AWA, _nothing("address_id", "adr")),
    "still_open": Refusal("delete_me", AWA),
    "own_account": Refusal("suspend_account", CHLOE, {"account_id": show_id("acc", CHLOE.id)}, {"reason": "Essai."}),
    "staff_account": Refusal("suspend_account", CHLOE, {"account_id": show_id("acc", FELIX.id)}, {"reason": "Essai."}),
    "house_account": Refusal("suspend_account", CHLOE, {"account_id": show_id("acc", HOUSE_ID)}, {"reason": "Essai."}),
    "no_comments": Refusal("create_comment", AWA, _LOGO, {"text": "Bonjour, livrez-vous aussi en broderie ?"}),
    "comment_not_found": Refusal(
        "delete_comment", AWA, {**listing(Questions.BICYCLE), **_nothing("comment_id", "cmt")}
    ),
    "trader_not_found": Refusal("get_my_trader", FELIX),
    "trader_decided": Refusal(
        "act_on_trader", CHLOE, {"trader_id": show_id("trd", Traders.VERIFIED)}, {"action": "verify"}
    ),
    # Files.
    "file_not_found": Refusal("get_file", AWA, _nothing("file_id", "fil")),
    "file_empty": Refusal("upload_file", AWA, body={"file": "", "purpose": "attachment"}),
    "file_type_refused": Refusal("upload_file", AWA, body={"file": "\x7fELF\x02\x01\x01", "purpose": "attachment"}),
    "image_refused": Refusal("upload_file", AWA, body={"file": "\x89PNG\r\n\x1a\n", "purpose": "attachment"}),
    "file_unusable": Refusal(
        "send_message",
        AWA,
        conversation(Conversations.IN_PROGRESS),
        {"text": "Bonjour", "attachments": [show_id("fil", Files.DRAFT_FLYER)]},
    ),
    "link_expired": Refusal(
        "download_file",
        path={"file_id": show_id("fil", Files.LOGO_PHOTO)},
        query={"expires": 1795258800, "signature": "0" * 64},
    ),
    # The catalog.
    "listing_not_found": Refusal("get_listing", path=_nothing("listing_id", "lst")),
    "listing_stale": Refusal("update_listing", BRUNO, _LOGO, {"days": 6}, headers=_OLD),
    "listing_incomplete": Refusal("create_listing", BRUNO, body={"title": "Carte de vœux", "state": "active"}),
    "listing_unavailable": Refusal("place_order", BRUNO, body={**_SERVICE, "listing_id": _LOGO["listing_id"]}),
    "listing_reserved": Refusal(
        "place_order", KOFFI, body={**_ITEM, "listing_ids": [show_id("lst", listing_of(Attic.RESERVED))]}
    ),
    "not_shipped_there": Refusal("place_order", AWA, body={**_ITEM, "address": _CANADA}),
    "price_changed": Refusal(
        "place_order", AWA, body={**_SERVICE, "listing_id": _LOGO["listing_id"], "expected_total": euros(9900)}
    ),
    "option_not_found": Refusal("delete_option", BRUNO, {**_LOGO, **_nothing("option_id", "opt")}),
    "own_favourite": Refusal("create_favourite", LEA, listing(Items.DENIM_JACKET)),
    "no_options": Refusal(
        "create_option", LEA, listing(Items.DENIM_JACKET), {"title": "Ceinture", "price": euros(500), "days": 0}
    ),
    "option_unknown": Refusal("preview_order", path=listing(Listings.FLYER), body={"options": [_OPTION]}),
    "option_twice": Refusal("preview_order", path=_LOGO, body={"options": [_OPTION, _OPTION]}),
    "currency_mismatch": Refusal(
        "create_option", BRUNO, _LOGO, {"title": "En-tête de lettre", "price": {"amount": 15000, "currency": "XOF"}}
    ),
    "photo_unusable": Refusal("update_listing", BRUNO, _LOGO, {"photo_ids": [show_id("fil", Files.DRAFT_FLYER)]}),
    # Offers.
    "offer_not_found": Refusal("get_offer", AWA, _nothing("offer_id", "off")),
    "offers_not_taken": Refusal("create_offer", AWA, _LOGO, _OFFERED),
    "own_listing_offer": Refusal("create_offer", BRUNO, listing(COAT), _OFFERED),
    "offer_open": Refusal("create_offer", AWA, listing(COAT), _OFFERED),
    "nobody_to_offer": Refusal("create_offer", BRUNO, listing(COAT), _OFFERED | {"to": "all"}),
    "not_favourited": Refusal("create_offer", BRUNO, listing(COAT), _OFFERED | {"to": [show_id("acc", CHLOE.id)]}),
    "offer_amount_unfit": Refusal(
        "create_offer", YANNICK, listing(COAT), {"amount": euros(6100), "message": "Emballage cadeau ?"}
    ),
    "conversation_needs_order": Refusal(
        "create_conversation", AWA, body={"listing_id": show_id("lst", COAT), "text": "Est-il doublé ?"}
    ),
    "offer_not_usable": Refusal(
        "place_order",
        AWA,
        body={"kind": "service", "offer_id": show_id("off", Offers.TO_ACCEPT)},
        headers={_KEY: "essai-offre"},
    ),
    "accepted_offer_runs": Refusal("close_listing", BRUNO, listing(COAT)),
    # Partner shops.
    "shop_not_found": Refusal("get_shop", path=_nothing("shop_id", "shp")),
    "shop_stale": Refusal("update_shop", LEA, shop(Shops.HABERDASHERY), {"description": "Boutons"}, headers=_OLD),
    "shop_site_taken": Refusal(
        "update_shop", LEA, shop(Shops.HABERDASHERY), {"sites": ["https://maison-du-bazin.example"]}
    ),
    "shop_member_not_found": Refusal(
        "delete_shop_member", LEA, {**shop(Shops.HABERDASHERY), "account_id": show_id("acc", BRUNO.id)}
    ),
    "last_owner": Refusal(
        "delete_shop_member", LEA, {**shop(Shops.HABERDASHERY), "account_id": show_id("acc", LEA.id)}
    ),
    "shop_key_not_found": Refusal("revoke_shop_key", LEA, {**shop(Shops.HABERDASHERY), **_nothing("key_id", "key")}),
    # Carts and quotes.
    "cart_not_found": Refusal("get_cart", AWA, _nothing("cart_id", "crt")),
    "cart_line_not_found": Refusal("delete_cart_line", AWA, {**cart(Carts.OF_AWA), **_nothing("line_id", "lin")}),
    "quote_not_found": Refusal("get_quote", AWA, _nothing("quote_id", "quo")),
    "document_not_found": Refusal(
        "get_order_document", AWA, {**order(Orders.IN_PROGRESS), **_nothing("document_id", "doc")}
    ),
    "quote_not_in_preparation": Refusal("save_quote_draft", CHLOE, quote(Quotes.REQUESTED_TAKE), _DRAFT),
    "terms_outdated": Refusal("request_quote", AWA, cart(Carts.TO_REQUEST), {"accept_terms_version": 9}),
    "line_unknown": Refusal(
        "save_quote_draft",
        CHLOE,
        quote(Quotes.IN_PREPARATION),
        {**_DRAFT, "lines": [{"id": show_id("lin", CartLines.BAZIN), "unit_price": euros(4590)}]},
    ),
    "proforma_dates": Refusal(
        "save_quote_draft", CHLOE, quote(Quotes.IN_PREPARATION), {**_DRAFT, "arrive_by": "2036-11-01"}
    ),
    "proforma_amount": Refusal(
        "save_quote_draft",
        CHLOE,
        quote(Quotes.IN_PREPARATION),
        {**_DRAFT, "fees": [{"label": "Frais de service", "amount": euros(1_000_000_000_000)}]},
    ),
    # Orders and payments.
    "order_not_found": Refusal("get_order", AWA, _nothing("order_id", "ord")),
    "transition_not_allowed": Refusal("act_on_order", AWA, **_act(Orders.IN_PROGRESS, action="approve")),
    "guard_not_met": Refusal("act_on_order", AWA, **_act(Orders.IN_PROGRESS, action="withdraw_cancellation")),
    "action_not_yours": Refusal("act_on_order", AWA, **_act(Orders.ACCEPT, action="accept")),
    "payment_not_found": Refusal("get_payment", AWA, _nothing("payment_id", "pay")),
    "refund_not_found": Refusal("get_refund", AWA, _nothing("refund_id", "rfd")),
    "nothing_due": Refusal(
        "create_payment",
        AWA,
        order(Orders.IN_PROGRESS),
        {"method": "card", "return_url": "https://boutique.example/commande/retour"},
    ),
    "proof_not_left": Refusal(
        "act_on_payment",
        FELIX,
        {"payment_id": show_id("pay", payment_of(Sourced.DEPOSIT_REJECT.order))},
        {"action": "reject", "proof_sha256": "0" * 64, "reason": "Essai."},
    ),
    "invalid_signature": Refusal("receive_payment_notification", path={"provider": "sandbox"}, body={"id": "evt_1"}),
    "unreadable_notification": Refusal(
        "receive_payment_notification", path={"provider": "sandbox"}, body={"id": "evt_1"}, setup=Setup.SIGNATURE
    ),
    "mail_empty": Refusal("receive_mail", body=" ", setup=Setup.OUTSIDE_SIGNATURE),
    "mail_too_large": Refusal("receive_mail", body="From: ", setup=Setup.OUTSIDE_SIGNATURE, padding=MAX_BYTES),
    # Messages, reviews and events.
    "conversation_not_found": Refusal("get_conversation", AWA, _nothing("conversation_id", "cnv")),
    "own_listing": Refusal("create_conversation", BRUNO, body={"listing_id": _LOGO["listing_id"], "text": "Bonjour"}),
    "inquiries_not_accepted": Refusal(
        "create_conversation", AWA, body={**listing(Listings.RADIO_SPOT), "text": "Bonjour"}
    ),
    "cursor_of_another_log": Refusal(
        "list_events", AWA, query={"after": write_position(Position(7, fixed_id(999), log=7))}
    ),
    "notification_not_found": Refusal("mark_notification_read", AWA, _nothing("notification_id", "ntf")),
    "review_not_found": Refusal("reply_to_review", BRUNO, _nothing("review_id", "rev"), {"text": "Merci"}),
    "order_not_completed": Refusal("create_review", AWA, order(Orders.IN_PROGRESS), {"rating": 5, "text": "Parfait"}),
    "already_reviewed": Refusal("create_review", AWA, order(Orders.REVIEWED), {"rating": 5, "text": "Parfait"}),
    "already_replied": Refusal(
        "reply_to_review", BRUNO, {"review_id": show_id("rev", Reviews.OF_BRUNO)}, {"text": "Merci"}
    ),
    # Staff.
    "case_not_found": Refusal("get_staff_case", CHLOE, _nothing("case_id", "cas")),
    "policy_stale": Refusal("update_staff_commissions", FELIX, body=_body_of("update_staff_commissions"), headers=_OLD),
}
