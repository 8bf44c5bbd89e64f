"""How each operation is asked so that nothing but a permission can stand in the way."""

from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import quote

import httpx

from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.orders.kinds import durations
from orderhub.kit.ids import new_id
from orderhub.kit.text import show_duration
from tests.security.asking import undelete
from tests.security.proformas import DRAFT
from tests.security.purchases import SAW_MONEY
from tests.security.sourcing import SHOP, add_again, unrevoke
from tests.security.town import ADDRESS, BUSINESS, PASSWORD, Town, absent, is_id

Ask = Callable[[Town], Awaitable[dict[str, Any]]]
OPTION: Final = {"title": "Livraison en 48 h", "price": {"amount": 3000, "currency": "EUR"}, "days": -1}
_WORDS: Final = {"fr": "1. L’acheteur paie d’avance.", "en": "1. The buyer pays in advance."}
_URL: Final = "https://boutique.example/retour"
_DURATIONS: Final = {name: show_duration(rule.most) for name, rule in durations().items()}

BODIES: Final[dict[str, Any]] = {
    "resend_confirmation": {"email": "awa@example.fr"},
    "request_password_reset": {"email": "awa@example.fr"},
    "update_me": {"country": "FR"},
    "create_address": ADDRESS,
    "update_address": {"line2": "Escalier C"},
    "update_notification_preferences": {"preferences": {"orders": ["email"]}},
    "update_my_trader": BUSINESS,
    "act_on_trader": {"action": "verify"},
    "create_listing": {"title": "Affiche"},
    "update_listing": {"days": 6},
    "create_option": OPTION,
    "update_option": {"days": 3},
    "preview_order": {"options": []},
    "preview_order:to_france": {"country": "FR"},
    "create_comment": {"text": "Bonjour, est-elle encore là ?"},
    "create_shop": SHOP,
    "create_cart": {},
    "create_cart_line": {"name": "Bazin indigo"},
    "update_cart_line": {"quantity": 2},
    "save_quote_draft": DRAFT,
    "act_on_quote:of_the_buyer": {"action": "ask_changes", "message": "Plutôt caramel."},
    "act_on_quote:of_support": {"action": "take"},
    "create_offer": {"amount": {"amount": 2000, "currency": "EUR"}},
    "create_offer:to_all": {"amount": {"amount": 2000, "currency": "EUR"}, "to": "all"},
    "create_custom_offer": {
        "amount": {"amount": 9_000, "currency": "EUR"},
        "days": 3,
        "scope": "Le logo et son enseigne.",
    },
    "act_on_offer:of_the_seller": {"action": "decline"},
    "act_on_offer:of_the_buyer": {"action": "withdraw"},
    "update_shop": {"currency": "XAF"},
    "create_shop_key": {"name": "Serveur", "scopes": ["orders:read"]},
    "rotate_shop_key": {"overlap": "P1D"},
    "create_payment": {"method": "card", "return_url": _URL},
    "act_on_refund": {"action": "retry"},
    "create_review": {"rating": 4, "text": "Très bien."},
    "reply_to_review": {"text": "Merci !"},
    "act_on_order:of_the_buyer": {"action": "approve"},
    "act_on_order:of_the_seller": {"action": "accept"},
    "act_on_order:of_either": {"action": "report_problem", "reason": "Le brief est vide."},
    "act_on_order:of_the_customer": {"action": "confirm_receipt"},
    "act_on_order:of_sourcing": {"action": "ship_to_hub"},
    "act_on_order:of_finance": SAW_MONEY | {"action": "confirm_deposit"},
    "act_on_order:of_admin": {"action": "rule_refund", "decision": "Rien n’est venu."},
    "act_on_payment": SAW_MONEY | {"action": "confirm"},
    "act_on_order:of_support": {"action": "close_case", "resolution": "Le brief est arrivé."},
    "send_message": {"text": "Bonjour."},
    "update_staff_settings": {"durations": _DURATIONS, "fees": {}, "working_days": [1, 2, 3]},
    "update_staff_commissions": {
        "rules": [
            {"kind": "service", "category": None, "basis_points": 1000},
            {"kind": "item", "category": None, "basis_points": 0},
        ]
    },
    "update_staff_shipping": {"near": [], "rates": {}},
    "update_staff_protection": {"basis_points": 500, "fixed": {}},
    "update_staff_holidays": {"holidays": [{"day": "2026-12-25", "label": "Noël"}]},
    "update_staff_terms": {"text": _WORDS},
    "suspend_account": {"reason": "Vend des contrefaçons."},
    "update_account_roles": {"roles": []},
    "close_staff_case": {"resolution": "Le brief est arrivé."},
    "advance_clock": {"by": "PT1S"},
}
"""JSON bodies by rule, or by operation where its variants share one."""

QUERIES: Final = {
    "list_accounts": {"handle_prefix": "b"},
    "list_orders:everybody": {"role": "staff"},
    "list_quotes:everybody": {"role": "staff"},
    "list_offers:everybody": {"role": "staff"},
    "list_shops:hidden": {"active": "false"},
    "download_file:forged": {"expires": "9999999999", "signature": "0" * 64},
    "download_thumbnail:forged": {"expires": "9999999999", "signature": "0" * 64},
    "download_original:forged": {"expires": "9999999999", "signature": "0" * 64},
}


async def _confirm(town: Town) -> dict[str, Any]:
    return {"json": {"token": await town.mailed_token(Purpose.CONFIRM)}}


async def _reset(town: Town) -> dict[str, Any]:
    return {"json": {"token": await town.mailed_token(Purpose.RESET), "password": "papayes-du-verger"}}


async def _register(town: Town) -> dict[str, Any]:
    email = f"{new_id().hex}@example.fr"
    return {"json": {"email": email, "password": PASSWORD, "display_name": "Aminata Sow"}}


async def _credentials(town: Town) -> dict[str, Any]:
    return {"data": {"username": "awa@example.fr", "password": PASSWORD}}


async def _refresh(town: Town) -> dict[str, Any]:
    return {"json": {"refresh_token": (await town.sign_in("awa@example.fr"))["refresh_token"]}}


async def _upload(town: Town) -> dict[str, Any]:
    return {"files": {"file": ("brief.txt", b"Un logo bleu.")}, "data": {"purpose": "attachment"}}


async def _place(town: Town) -> dict[str, Any]:
    return {"json": {"kind": "service", "listing_id": town.id_of("fatous_listing")}}


async def _request(town: Town) -> dict[str, Any]:
    terms = (await town.anonymous.get("/v1/terms")).json()
    return {"json": {"accept_terms_version": terms["version"], "address": ADDRESS}}


async def _prove(town: Town) -> dict[str, Any]:
    amount = {"amount": 2_203, "currency": "EUR"}
    return {"json": {"file_id": town.id_of("receipt"), "amount": amount, "method": "transfer", "reference": "VIR AWA"}}


async def _inquire(town: Town) -> dict[str, Any]:
    return {"json": {"listing_id": town.id_of("listing"), "text": "Bonjour."}}


async def _member(town: Town) -> dict[str, Any]:
    return {"json": {"account_id": town.things["shop_member"]["account_id"], "role": "editor"}}


async def _member_again(town: Town) -> dict[str, Any]:
    """Who was removed by one role is there again for the next."""
    await add_again(town.world.parts.database, town.things["shop_member"])
    return {}


async def _key_again(town: Town) -> dict[str, Any]:
    """What was revoked by one role can be used again for the next."""
    await unrevoke(town.world.parts.database, town.things["shop_key"])
    return {}


async def _comment_again(town: Town) -> dict[str, Any]:
    """What was deleted by one role is there again for the next."""
    for thing in ("comment", "hidden_comment"):
        await undelete(town.world.parts.database, town.things[thing])
    return {}


async def _mail(_: Town) -> dict[str, Any]:
    """Signed by nobody, as everything that these people send."""
    return {"content": b"From: awa@example.fr\r\n\r\nBonjour", "headers": {"Content-Type": "message/rfc822"}}


async def _link(town: Town) -> dict[str, Any]:
    """A link of minutes, as Awa is given it."""
    about = (await town.client("buyer").get(f"/v1/files/{town.id_of('picture')}")).json()
    return {"params": dict(httpx.URL(about["url"]).params)}


async def _link_to_thumbnail(town: Town) -> dict[str, Any]:
    about = (await town.client("buyer").get(f"/v1/files/{town.id_of('picture')}")).json()
    return {"params": dict(httpx.URL(about["thumbnail_url"]).params)}


async def _link_to_original(town: Town) -> dict[str, Any]:
    about = (await town.client("buyer").get(f"/v1/files/{town.id_of('picture')}")).json()
    return {"params": dict(httpx.URL(about["original"]["url"]).params)}


async def _parcel(_: Town) -> dict[str, Any]:
    said = {"id": "scan-1", "tracking_number": "6A1", "status": "delivered", "occurred_at": "2026-11-21T14:05:00Z"}
    return {"json": said}


MADE: Final[dict[str, Ask]] = {
    "register_account": _register,
    "confirm_account": _confirm,
    "confirm_password_reset": _reset,
    "create_token": _credentials,
    "refresh_token": _refresh,
    "upload_file": _upload,
    "download_file": _link,
    "download_thumbnail": _link_to_thumbnail,
    "download_original": _link_to_original,
    "receive_mail": _mail,
    "receive_tracking": _parcel,
    "place_order": _place,
    "request_quote": _request,
    "submit_proof": _prove,
    "create_conversation": _inquire,
    "create_shop_member": _member,
    "delete_shop_member": _member_again,
    "revoke_shop_key": _key_again,
    "delete_comment": _comment_again,
}
"""What has to be made anew for each request."""


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Method, path and entry of every operation, by its id."""
    return {
        entry["operationId"]: (method.upper(), path, entry)
        for path, methods in document["paths"].items()
        for method, entry in methods.items()
    }


def path_of(template: str, parameters: dict[str, str]) -> str:
    """The path with these parameters; further ones are query parameters."""
    for name, value in parameters.items():
        template = template.replace(f"{{{name}}}", quote(value, safe=""))
    return template


def without(parameters: dict[str, str], name: str) -> dict[str, str]:
    """The same, but for one parameter that names nothing."""
    value = parameters[name]
    if is_id(value):
        return parameters | {name: absent(value)}
    return parameters | {name: "999999" if value.isdigit() else "nothing"}


async def send(
    town: Town, client: httpx.AsyncClient, rule_name: str, parameters: dict[str, str], **instead: Any
) -> httpx.Response:
    """Ask an operation, whose answer has to be declared. A stream is let go of as soon as it has begun."""
    operation = rule_name.partition(":")[0]
    method, template, entry = operations(town.document)[operation]
    more = dict(instead)
    if not more and operation in MADE:
        more = await MADE[operation](town)
    elif not more and "requestBody" in entry:
        more = {"json": BODIES.get(rule_name, BODIES.get(operation))}
    of_link: dict[str, str] = more.pop("params", None) or {}
    query = (
        of_link
        | QUERIES.get(rule_name, {})
        | {name: value for name, value in parameters.items() if f"{{{name}}}" not in template}
    )
    headers: dict[str, str] = more.pop("headers", None) or {}
    headers |= {"Idempotency-Key": new_id().hex} if method == "POST" else {}
    request = client.build_request(method, path_of(template, parameters), params=query, headers=headers, **more)
    answer = await client.send(request, stream=True)
    if not answer.headers.get("content-type", "").startswith("text/event-stream"):
        await answer.aread()
    await answer.aclose()
    assert str(answer.status_code) in entry["responses"], f"{operation} does not declare {answer.status_code}"
    return answer
