"""Requests that are refused for what happened before, of carts, quotes, orders, payments, conversations and staff.

They are sent after those of ``refusals_after_steps.py``, to the same copy of the sample data.
"""

from collections.abc import Mapping
from typing import Any, Final

from orderhub.api.examples.carts import cart
from orderhub.api.examples.orders.sourced import SHA256
from orderhub.api.examples.refusal import Ask, Control, Race, Refusal, Sql
from orderhub.api.examples.sample import conversation, euros, order
from orderhub.domain.samples import (
    AWA,
    BRUNO,
    CHLOE,
    FELIX,
    INES,
    KOFFI,
    MARGAUX,
    NADIA,
    Carts,
    Cases,
    Conversations,
    Orders,
    SamplePerson,
    Shops,
    Sourced,
)
from orderhub.kit.ids import show_id

_LAMP: Final = {"name": "Lampadaire", "url": "https://luminaires.example/lampadaire"}
_BUTTER: Final = {"name": "Beurre de karité brut, 1 kg", "shop_id": show_id("shp", Shops.BEAUTY), "quantity": 3}
_HOME: Final = {"line1": "3 rue des Lilas", "postcode": "75020", "city": "Paris", "country": "FR"}
_TERMS: Final = {"accept_terms_version": 1}
_NEW_CART: Final = {"cart_id": "$cart"}
_NEW_QUOTE: Final = {"quote_id": "$quote"}
_TAKE: Final = {"action": "take"}
_CASE: Final = {"case_id": show_id("cas", Cases.PROBLEM)}
_RESOLUTION: Final = {"resolution": "Bruno a renvoyé le fichier ; Awa l’a ouvert."}
_PAY: Final = {"method": "card", "return_url": "https://boutique.example/commande/retour"}
_RULED_BY_OTHERS: Final = (
    f"""UPDATE orders SET details = details || '{{"rulings_by_others": true, "staff": ["{INES.id}"]}}' """
    f"WHERE id = '{Sourced.DISPUTED.order}'"
)
_SOMEBODY_IS_FASTER: Final = """
CREATE FUNCTION too_late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER too_late BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION too_late();
"""
"""Whoever changes a row of the table finds it changed meanwhile, however often they try."""


def _gather(caller: SamplePerson, line: Mapping[str, Any]) -> tuple[Ask, Ask]:
    """A new cart of somebody, with one line: ``$cart``."""
    opened = Ask("create_cart", caller, body={"separate": True}, keep={"cart": "id"})
    return opened, Ask("create_cart_line", caller, _NEW_CART, line)


def _request(caller: SamplePerson) -> tuple[Ask, ...]:
    """A new quote that somebody asked for: ``$quote``."""
    asked = {**_TERMS, "address": {**_HOME, "name": caller.name}}
    return *_gather(caller, _BUTTER), Ask("request_quote", caller, _NEW_CART, asked, keep={"quote": "id"})


BETWEEN_PARTIES: Final[Mapping[str, Refusal]] = {
    # Carts and quotes.
    "already_done": Refusal(
        "act_on_quote",
        CHLOE,
        _NEW_QUOTE,
        _TAKE,
        headers={"Idempotency-Key": "essai-prise"},
        steps=(
            *_request(MARGAUX),
            Ask("act_on_quote", CHLOE, _NEW_QUOTE, _TAKE, key="essai-prise"),
            Ask("act_on_quote", CHLOE, _NEW_QUOTE, {"action": "reject", "reason": "Introuvable en ce moment."}),
            Ask("delete_me", MARGAUX),
        ),
    ),
    "cart_not_ready": Refusal("request_quote", KOFFI, _NEW_CART, _TERMS, steps=_gather(KOFFI, _LAMP)),
    "address_missing": Refusal("request_quote", NADIA, _NEW_CART, _TERMS, steps=_gather(NADIA, _BUTTER)),
    "cart_closed": Refusal(
        "create_cart_line",
        AWA,
        cart(Carts.TO_REQUEST),
        _BUTTER,
        steps=(Ask("request_quote", AWA, cart(Carts.TO_REQUEST), _TERMS),),
    ),
    "staff_is_party": Refusal("act_on_quote", CHLOE, _NEW_QUOTE, _TAKE, steps=_request(CHLOE)),
    # Orders and payments.
    "others_decide": Refusal(
        "act_on_order",
        INES,
        order(Sourced.DISPUTED.order),
        {"action": "rule_release", "decision": "Le bazin est arrivé entier."},
        steps=(Sql(_RULED_BY_OTHERS),),
    ),
    "provider_refused": Refusal(
        "create_payment",
        AWA,
        order(Orders.TO_PAY),
        _PAY,
        steps=(Control("/control/next", {"refused": True}),),
    ),
    "provider_unavailable": Refusal(
        "create_payment",
        AWA,
        order(Orders.TO_PAY),
        _PAY,
        steps=(Control("/control/outage", {"requests": 3}),),
    ),
    "reference_used": Refusal(
        "act_on_order",
        FELIX,
        order(Sourced.BALANCE_CONFIRM.order),
        {"action": "confirm_balance", "proof_sha256": SHA256, "received": euros(20_000), "reference": "VIR AWA 3"},
        steps=(
            Ask(
                "act_on_order",
                FELIX,
                order(Sourced.DEPOSIT_CONFIRM.order),
                {
                    "action": "confirm_deposit",
                    "proof_sha256": SHA256,
                    "received": euros(7033),
                    "reference": "VIR AWA 3",
                },
            ),
        ),
    ),
    # Messages and reviews.
    "conversation_read_only": Refusal(
        "send_message",
        AWA,
        conversation(Conversations.IN_PROGRESS),
        {"text": "Bonjour Bruno"},
        steps=(Ask("suspend_account", CHLOE, {"account_id": show_id("acc", BRUNO.id)}, {"reason": "Ne répond plus."}),),
    ),
    # Staff.
    "review_too_late": Refusal(
        "create_review",
        AWA,
        order(Orders.REVIEWABLE),
        {"rating": 5, "text": "Parfait"},
        steps=(Sql(f"UPDATE orders SET final_at = final_at - interval '200 days' WHERE id = '{Orders.REVIEWABLE}'"),),
    ),
    "case_closed": Refusal(
        "close_staff_case",
        CHLOE,
        _CASE,
        _RESOLUTION,
        steps=(Ask("close_staff_case", CHLOE, _CASE, _RESOLUTION),),
    ),
    "policy_raced": Refusal(
        "update_staff_terms",
        INES,
        body={"text": {"fr": "1. L’acheteur paie d’avance.", "en": "1. The buyer pays in advance."}},
        race=Race("LOCK TABLE policies IN SHARE MODE", apart=True),
    ),
    # The last one: no cart changes any more.
    "conflict": Refusal(
        "create_cart_line", AWA, cart(Carts.OF_AWA), _BUTTER, steps=(Sql(_SOMEBODY_IS_FASTER.format(table="carts")),)
    ),
}
