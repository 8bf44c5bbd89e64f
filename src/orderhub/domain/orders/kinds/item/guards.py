"""The guards of the item's table: named conditions over the locked row, pure."""

from typing import Final

from orderhub.domain.catalog.shipping import zone_of
from orderhub.domain.orders.guards import captured_total, said_with_it
from orderhub.domain.orders.kinds.item.details import DeliveredBy, ReturnReason, details_of
from orderhub.domain.orders.money import sellers_part
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Guard
from orderhub.kit.text import Label


def _same_price(facts: Facts) -> bool:
    """Whether shipping to the address that is sent costs as much as it did."""
    if facts.command is None:
        return True
    details, country = details_of(facts.order), facts.command["address"]["country"]
    return details.rates.get(zone_of(details.origin, country, details.near)) == facts.order.shipping


def _code_matches(facts: Facts) -> bool:
    code = details_of(facts.order).code
    return code is not None and (facts.command is None or facts.command.get("code") == code)


def _reason(facts: Facts) -> str | None:
    returned = details_of(facts.order).returned
    return returned and returned.reason


def _is_faulty(facts: Facts) -> bool:
    return _reason(facts) != ReturnReason.CHANGED_MIND


def _is_of_trader(facts: Facts) -> bool:
    return details_of(facts.order).trader


def _is_back(facts: Facts) -> bool:
    returned = details_of(facts.order).returned
    return returned is not None and returned.delivered_at is not None


def _divides(facts: Facts) -> bool:
    most = min(facts.order.held, sellers_part(facts.order))
    if facts.command is None:
        return most > 1
    return 0 < facts.command["amount"]["amount"] < most


LISTING_FREE = Guard[Facts](
    "listing_unavailable",
    Label(
        "annonce libre, réservée dans la même transaction ; prix = affiché ou offre acceptée ; "
        "une commande impayée par acheteur et annonce, trois par jour",
        "listing free, reserved in the same transaction; price = listed or accepted offer; one unpaid order per buyer "
        "and listing, three a day",
    ),
    lambda facts: facts.order.buyer_id != facts.order.seller_id,
    because=Label("C’est votre propre annonce.", "This is your own listing."),
)
PAID = Guard[Facts](
    "amount_mismatch",
    Label("montant encaissé = prix + port + protection", "captured = price + shipping + protection fee"),
    captured_total,
    because=Label(
        "Le montant encaissé doit être le total : prix, port et protection.",
        "What was captured must be the total: price, shipping and protection fee.",
    ),
)
SAME_SHIPPING = Guard[Facts](
    "shipping_price_differs",
    Label("même prix de port", "same shipping price"),
    _same_price,
    because=Label(
        "L’envoi à cette adresse n’a pas le même prix. Donnez une adresse du même pays, "
        "ou demandez l’annulation et commandez de nouveau.",
        "Shipping to this address has another price. Give an address of the same country, "
        "or ask to cancel and order anew.",
    ),
)
TRACKED = Guard[Facts](
    "parcel_not_named", Label("transporteur et numéro de suivi", "carrier and tracking number"), said_with_it
)
BUYERS_CODE = Guard[Facts](
    "hand_over_code_wrong",
    Label("le code de l’acheteur", "the buyer's code"),
    _code_matches,
    because=Label(
        "Ce n’est pas le code de cette commande : l’acheteur le lit sur sa commande.",
        "This is not the code of this order: its buyer reads it on the order.",
    ),
)
NEVER_FETCHED = Guard[Facts](
    "parcel_fetched", Label("jamais retiré ou refusé", "never fetched or refused"), said_with_it
)
DELIVERED_BY_CARRIER = Guard[Facts](
    "not_delivered_by_carrier",
    Label("livré selon le transporteur", "delivered by T"),
    lambda facts: details_of(facts.order).delivered_by == DeliveredBy.CARRIER,
    because=Label(
        "Seule une livraison dite par le transporteur se conteste ainsi.",
        "Only a delivery that the carrier told of can be contested so.",
    ),
)
RETURN_REASON = Guard[Facts](
    "return_reason_missing",
    Label(
        "motif `not_as_described`, `damaged` ou `changed_mind` ; photos",
        "reason `not_as_described`, `damaged` or `changed_mind`; photos",
    ),
    said_with_it,
)
RETURN_ADDRESS = Guard[Facts]("return_address_missing", Label("adresse de retour", "return address"), said_with_it)
FAULTY = Guard[Facts](
    "mind_changed",
    Label("non conforme, ou abîmé", "not as described, or damaged"),
    _is_faulty,
    because=Label(
        "L’acheteur a changé d’avis : chez un vendeur professionnel, il peut renvoyer sans motif.",
        "The buyer changed their mind: what a trader sold they may send back without a reason.",
    ),
)
MIND_CHANGED = Guard[Facts](
    "trader_takes_back",
    Label("changé d’avis ; le vendeur n’est pas professionnel", "changed mind; S is no trader"),
    lambda facts: not _is_faulty(facts) and not _is_of_trader(facts),
    because=Label(
        "Un vendeur professionnel ne peut pas refuser une rétractation.", "A trader can't decline a withdrawal."
    ),
)
MIND_CHANGED_OF_TRADER = Guard[Facts](
    "no_trader",
    Label("changé d’avis ; le vendeur est professionnel", "changed mind; S is a trader"),
    lambda facts: not _is_faulty(facts) and _is_of_trader(facts),
    because=Label("Le vendeur n’est pas professionnel.", "The seller is no trader."),
)
PHOTOS = Guard[Facts]("photos_missing", Label("photos", "photos"), said_with_it)
IS_BACK = Guard[Facts](
    "return_not_delivered",
    Label("livré selon le transporteur", "carrier says delivered"),
    _is_back,
    because=Label("Le transporteur n’a pas dit qu’il est livré.", "The carrier has not said that it is delivered."),
)
NEVER_BACK = Guard[Facts](
    "return_delivered",
    Label("le transporteur ne l’a jamais dit", "carrier never said so"),
    lambda facts: not _is_back(facts),
    because=Label("Le transporteur a dit qu’il est livré.", "The carrier has said that it is delivered."),
)
DIVIDES: Final = Guard[Facts](
    "refund_not_within_held",
    Label("0 < remboursement < séquestre", "0 < refund < held"),
    _divides,
    because=Label(
        "Le prix et le port se partagent : chacun en a quelque chose. La protection est rendue en plus.",
        "Price and shipping are divided: each party has some of it. The protection fee goes back besides.",
    ),
)
"""The ruling names what the buyer gets of price and shipping."""
