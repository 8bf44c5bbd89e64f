"""How many of one thing there may be: every list that somebody can make longer, and what ends it.

What hangs on an account is bounded by the policy in force. What hangs on an order or a quote is bounded by the
policy that was in force when it began, which it keeps among its terms. Pure; docs/limits.md lists all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Bound:
    """What is counted, how many there may be where nobody said otherwise, and what staff may set."""

    label: Label
    usual: int
    least: int
    most: int
    advice: Label
    """What to do once there are so many."""
    kept: bool = False
    """Whether an order or a quote keeps it among its terms."""


def _fixed(label: Label, most: int, advice: Label) -> Bound:
    return Bound(label, most, most, most, advice)


BOUNDS: Final[Mapping[str, Bound]] = {
    "addresses": Bound(
        Label("Adresses d’un compte", "Addresses of an account"),
        50,
        1,
        500,
        Label("Supprimez-en une d’abord.", "Delete one first."),
    ),
    "carts": Bound(
        Label("Paniers ouverts d’un compte", "Open carts of an account"),
        20,
        1,
        200,
        Label(
            "Supprimez-en un, ou demandez son devis : un autre pourra alors s’ouvrir.",
            "Delete one, or ask for its quote: then another can be opened.",
        ),
    ),
    "code_tries": Bound(
        Label("Codes essayés pour remettre une commande", "Codes tried to hand over an order"),
        10,
        3,
        100,
        Label(
            "Envoyez-la plutôt par colis, ou écrivez au support.",
            "Send it in a parcel instead, or write to support.",
        ),
        kept=True,
    ),
    "comments": Bound(
        Label("Commentaires d’une annonce", "Comments of a listing"),
        1000,
        10,
        10_000,
        Label("Le vendeur peut en supprimer.", "The seller may delete some."),
    ),
    "comments_of_a_day": Bound(
        Label("Commentaires d’une personne en un jour", "Comments of a person in a day"),
        50,
        1,
        1000,
        Label("Continuez demain.", "Go on tomorrow."),
    ),
    "favourites": Bound(
        Label("Favoris d’un compte", "Favourites of an account"),
        1000,
        1,
        10_000,
        Label("Ôtez-en un d’abord.", "Take one off first."),
    ),
    "inquiries": Bound(
        Label("Questions sans réponse d’un acheteur", "Inquiries of a buyer without an answer"),
        50,
        1,
        500,
        Label("Attendez qu’un vendeur ait répondu à l’une d’elles.", "Wait until a seller has answered one."),
    ),
    "listings": Bound(
        Label("Annonces d’un vendeur qui ne sont pas fermées", "Listings of a seller that aren't closed"),
        200,
        1,
        5000,
        Label("Fermez-en une d’abord : DELETE /v1/listings/{id}.", "Close one first: DELETE /v1/listings/{id}."),
    ),
    "mails": Bound(
        Label(
            "Mails d’un client en un jour, ou encore à traiter", "Mails of a buyer in a day, or still to be dealt with"
        ),
        50,
        1,
        1000,
        Label(
            "Renvoyez-le plus tard, ou envoyez plutôt le reçu par le site.",
            "Send it again later, or upload the receipt instead.",
        ),
    ),
    "messages": Bound(
        Label("Messages d’une conversation", "Messages of a conversation"),
        10_000,
        10,
        100_000,
        Label("Continuez dans la conversation d’une commande.", "Go on in the conversation of an order."),
    ),
    "offers": Bound(
        Label(
            "Offres d’une personne en un jour, contre-offres comprises",
            "Offers of a person in a day, counters included",
        ),
        100,
        20,
        10_000,
        Label("Revenez demain.", "Come back tomorrow."),
    ),
    "open_offers": Bound(
        Label("Offres en cours sur une annonce", "Open offers on a listing"),
        200,
        20,
        500,
        Label("Attendez que son vendeur ait répondu à l’une.", "Wait until its seller has answered one."),
    ),
    "open_payments": Bound(
        Label("Paiements ouverts d’une commande", "Open payments of an order"),
        10,
        1,
        50,
        Label(
            "Payez avec l’un d’eux, ou attendez que l’un ait échoué ou expiré.",
            "Pay with one of them, or wait until one has failed or expired.",
        ),
        kept=True,
    ),
    "open_problems": Bound(
        Label("Dossiers ouverts d’une commande", "Open cases of an order"),
        5,
        1,
        50,
        Label(
            "Attendez que nos équipes en aient clos un, ou écrivez dans la conversation.",
            "Wait until staff have closed one, or write in the conversation.",
        ),
        kept=True,
    ),
    "order_changes": Bound(
        Label(
            "Étapes d’une commande avant que ses parties ne puissent plus que la finir",
            "Changes of an order before its parties can only end it",
        ),
        500,
        100,
        5000,
        Label("Terminez la commande, ou écrivez au support.", "End the order, or write to support."),
        kept=True,
    ),
    "order_lines": Bound(
        Label("Lignes d’un service, suppléments compris", "Lines of a service, extras included"),
        50,
        30,
        100,
        Label("Passez une autre commande.", "Place another order."),
        kept=True,
    ),
    "part_refunds": Bound(
        Label("Remboursements partiels d’une commande", "Part refunds of an order"),
        20,
        1,
        100,
        Label(
            "Annulez la commande pour rembourser tout ce qui est en séquestre, ou écrivez au support.",
            "Cancel the order to refund all that is held, or write to support.",
        ),
        kept=True,
    ),
    "payments": Bound(
        Label("Paiements tentés d’une commande", "Payments of an order, those that failed included"),
        100,
        10,
        200,
        Label("Écrivez au support.", "Write to support."),
        kept=True,
    ),
    "quote_versions": Bound(
        Label("Versions d’une proforma", "Versions of a proforma"),
        50,
        1,
        500,
        Label(
            "Retirez ou rejetez ce devis, et commencez-en un autre avec un nouveau panier.",
            "Withdraw or reject this quote, and begin another with a new cart.",
        ),
        kept=True,
    ),
    "quotes": Bound(
        Label("Demandes de proforma en cours d’un compte", "Quotes of an account that are under way"),
        20,
        1,
        200,
        Label("Acceptez-en, refusez-en ou annulez-en une d’abord.", "Accept, decline or cancel one first."),
    ),
    "sessions": Bound(
        Label("Sessions ouvertes d’un compte, les plus récentes", "Sign-ins of an account that are alive, the newest"),
        50,
        1,
        500,
        Label("La plus ancienne se ferme d’elle-même.", "The oldest is ended by itself."),
    ),
    "stray_mails": Bound(
        Label(
            "Mails sans destinataire connu en un jour, ou encore à traiter",
            "Mails to no known address in a day, or still to be dealt with",
        ),
        500,
        1,
        10_000,
        Label(
            "Renvoyez-le plus tard, à l’adresse que notre mail donne pour les réponses.",
            "Send it again later, to the address that our mail names for answers.",
        ),
    ),
    "unpaid_extras": Bound(
        Label("Suppléments impayés d’une commande", "Unpaid extras of an order"),
        10,
        1,
        50,
        Label("Payez-en un, ou attendez que l’un soit caduc.", "Pay for one, or wait until one has lapsed."),
        kept=True,
    ),
    "unpaid_orders": Bound(
        Label("Commandes d’articles impayées d’un acheteur en un jour", "Unpaid orders of items of a buyer in a day"),
        3,
        1,
        100,
        Label(
            "Payez l’une d’elles, ou revenez demain : chacune retient son annonce.",
            "Pay for one of them, or come back tomorrow: each of them holds its listing.",
        ),
    ),
}
"""Every bound by name, in the order of the alphabet."""

FIXED: Final[Mapping[str, Bound]] = {
    "cart_lines": _fixed(
        Label("Lignes d’un panier", "Lines of a cart"),
        100,
        Label(
            "Demandez un devis, ou mettez le reste dans un autre panier.",
            "Ask for a quote, or gather the rest in a separate cart.",
        ),
    ),
    "comment_answers": _fixed(
        Label("Réponses à une question", "Answers to a question"),
        50,
        Label("Posez une autre question.", "Ask another question."),
    ),
    "listing_options": _fixed(
        Label("Options d’une annonce", "Options of a listing"),
        20,
        Label("Retirez-en un élément d’abord.", "Remove one first."),
    ),
    "shop_keys": _fixed(
        Label("Clés d’une boutique", "Keys of a shop"), 20, Label("Révoquez-en une d’abord.", "Revoke one first.")
    ),
    "shop_members": _fixed(
        Label("Membres d’une boutique", "Members of a shop"),
        50,
        Label("Retirez-en un élément d’abord.", "Remove one first."),
    ),
}
"""Bounds that nobody changes: these lists come whole in one answer."""
