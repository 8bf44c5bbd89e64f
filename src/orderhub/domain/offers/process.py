"""The table of an offer: who makes, answers and withdraws it, what answers it at once, and what ends it.

Read it as a timetable. Columns: from, action, by, guard, to, escrow, clock, effects, needed fields.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from orderhub.domain.offers import effects
from orderhub.domain.offers.state import OfferFacts, OfferSort, OfferState
from orderhub.domain.process import By, Clock, Deadline, Guard, Process, Row, Status
from orderhub.kit.text import Label

B = frozenset({By.BUYER})
BOTH = frozenset({By.BUYER, By.SELLER})
H = frozenset({By.CLOCK})
P = frozenset({By.PROVIDER})
SYSTEM = frozenset({By.SYSTEM})

# fmt: off
pending    = Status("pending",    "pending",  Label("En attente", "Pending"),
                    Label("La personne à qui elle est faite doit répondre.", "Whoever it is made to has to answer."), "orange")
accepted   = Status("accepted",   "accepted", Label("Acceptée", "Accepted"),
                    Label("L’acheteur peut commander à ce prix ; rien n’est réservé d’ici là.", "The buyer may order at this price; nothing is reserved until then."), "blue")
declined   = Status("declined",   "closed",   Label("Refusée", "Declined"),
                    Label("La personne à qui elle est faite n’en veut pas.", "Whoever it was made to doesn't want it."), "black")
countered  = Status("countered",  "closed",   Label("Contre-offre", "Countered"),
                    Label("Une autre offre y répond.", "Another offer answers it."), "grey")
withdrawn  = Status("withdrawn",  "closed",   Label("Retirée", "Withdrawn"),
                    Label("Son auteur l’a retirée.", "Its author took it back."), "black")
expired    = Status("expired",    "closed",   Label("Expirée", "Expired"),
                    Label("Personne n’y a répondu à temps.", "Nobody answered it in time."), "black")
superseded = Status("superseded", "closed",   Label("Sans objet", "Superseded"),
                    Label("L’annonce a été vendue, fermée, ou son prix a changé.", "The listing was sold or closed, or its price changed."), "black")
ordered    = Status("ordered",    "ordered",  Label("Commandée", "Ordered"),
                    Label("La commande à ce prix est payée.", "The order at this price is paid."), "green")
lapsed     = Status("lapsed",     "closed",   Label("Caduque", "Lapsed"),
                    Label("Acceptée, mais pas payée à temps.", "Accepted, and not paid for in time."), "black")


class Because(StrEnum):
    """Why an offer is worth nothing any more."""

    SOLD = "sold"
    REPRICED = "repriced"
    CLOSED = "closed"


def _answerable(offer: OfferState) -> Sequence[Deadline]:
    return (Deadline(offer.clock_anchor, offer.expires_at),)


def _usable(offer: OfferState) -> Sequence[Deadline]:
    return () if offer.order_id is not None else (Deadline(offer.clock_anchor, offer.expires_at),)


def _names_amount(facts: OfferFacts) -> bool:
    offer = facts.offer
    return facts.command is None or facts.command.get("amount") == {"amount": offer.amount, "currency": offer.currency}


def _lawful(facts: OfferFacts) -> bool:
    offer = facts.offer
    if offer.sort == OfferSort.FAVOURITE and offer.parent_id is None:
        return offer.amount * 10 <= offer.listing_price * 9
    return offer.sort == OfferSort.CUSTOM or offer.amount <= offer.listing_price


def _of_buyer(facts: OfferFacts) -> bool:
    return facts.offer.author_id == facts.offer.buyer_id and facts.offer.sort != OfferSort.CUSTOM


def _reaches(facts: OfferFacts) -> bool:
    floor = facts.listing and facts.listing.accept_from
    return _of_buyer(facts) and floor is not None and facts.offer.amount >= floor


def _misses(facts: OfferFacts) -> bool:
    floor = facts.listing and facts.listing.decline_under
    return _of_buyer(facts) and floor is not None and facts.offer.amount < floor


def _supersedes(facts: OfferFacts) -> bool:
    because = (facts.command or {}).get("because")
    return because == Because.SOLD or (
        because in {Because.REPRICED.value, Because.CLOSED.value} and facts.offer.status == pending.code
    )


def _all(*parts: Guard[OfferFacts]) -> Callable[[OfferFacts], bool]:
    return lambda facts: all(part.holds(facts) for part in parts)


ANSWERS = Clock(("offer", "custom_offer"), _answerable, BOTH)
USE     = Clock(("accepted_offer",), _usable, B)
SORTS     = Guard[OfferFacts]("offer_not_lawful", Label("voir les trois sortes", "see the three sorts"), _lawful, because=Label("Le montant ne convient pas à cette sorte d’offre.", "The amount doesn't suit this sort of offer."))
RECIPIENT = Guard[OfferFacts]("recipient_answers", Label("l’autre", "the other"), lambda facts: facts.actor.account_id == facts.offer.recipient_id,
                              forbids=True, because=Label("La personne à qui l’offre est faite y répond.", "Whoever the offer is made to answers it."))
AUTHOR    = Guard[OfferFacts]("author_withdraws", Label("son auteur", "its author"), lambda facts: facts.actor.account_id == facts.offer.author_id,
                              forbids=True, because=Label("Seul son auteur retire une offre.", "Only its author withdraws an offer."))
IN_TIME   = Guard[OfferFacts]("offer_expired", Label("à temps", "in time"), lambda facts: facts.now < facts.offer.expires_at, because=Label("L’offre a expiré.", "The offer has expired."))
ON_SALE   = Guard[OfferFacts]("listing_not_on_sale", Label("l’annonce est en vente", "the listing is on sale"), lambda facts: facts.listing is None or facts.listing.on_sale or facts.offer.for_order_id is not None,
                              because=Label("L’annonce n’est plus en vente.", "The listing is not on sale any more."))
AMOUNT    = Guard[OfferFacts]("amount_not_offered", Label("le montant offert", "the amount that is offered"), _names_amount, because=Label("Ce n’est pas le montant offert : relisez l’offre.", "That is not the amount that is offered: read the offer again."))
HAGGLED   = Guard[OfferFacts]("custom_offer_stands", Label("pas une offre sur mesure", "not a custom offer"), lambda facts: facts.offer.sort != OfferSort.CUSTOM,
                              because=Label("Une offre sur mesure s’accepte ou se refuse : écrivez ce que vous voulez changer.", "A custom offer is accepted or declined: write what you would like to change."))
AGREES    = Guard[OfferFacts]("amount_not_offered", Label("nomme le montant accepté", "names the amount it accepts"), _all(RECIPIENT, IN_TIME, ON_SALE, AMOUNT), (RECIPIENT, IN_TIME, ON_SALE, AMOUNT))
COUNTERS  = Guard[OfferFacts]("custom_offer_stands", Label("pas une offre sur mesure", "not a custom offer"), _all(RECIPIENT, HAGGLED, IN_TIME, ON_SALE), (RECIPIENT, HAGGLED, IN_TIME, ON_SALE))
REACHES   = Guard[OfferFacts]("under_accept_from", Label("offre d’un acheteur, au moins au `accept_from` privé de l’annonce", "a buyer's offer, at or over the listing's private `accept_from`"), _reaches, because=Label("L’offre n’atteint pas le seuil privé.", "The offer doesn't reach the private floor."))
MISSES    = Guard[OfferFacts]("over_decline_under", Label("offre d’un acheteur, sous le `decline_under` privé de l’annonce", "a buyer's offer under the listing's private `decline_under`"), _misses, because=Label("L’offre atteint le seuil privé.", "The offer reaches the private floor."))
WORTHLESS = Guard[OfferFacts]("still_worth_something", Label("vendue, prix changé (en attente seulement) ou fermée (en attente seulement)", "sold, repriced (pending only) or closed (pending only)"), _supersedes, because=Label("L’offre vaut toujours.", "The offer still stands."))
PAID      = Guard[OfferFacts]("order_not_paid", Label("la commande qui l’utilise est payée", "the order that used it is paid"), lambda facts: facts.offer.order_id is not None, because=Label("Aucune commande n’utilise l’offre.", "No order uses the offer."))

OFFER = Process[OfferFacts](
    name="offer",
    statuses=(pending, accepted, declined, countered, withdrawn, expired, superseded, ordered, lapsed),
    start=pending,
    rows=(
        #   from       action          by      guard      to          escrow clock    effects                 needs
        Row(None,      "make",         BOTH,   SORTS,     pending),
        Row(pending,   "accept",       BOTH,   AGREES,    accepted,   None, None,    (effects.accept,),      ("amount",)),
        Row(pending,   "decline",      BOTH,   RECIPIENT, declined),
        Row(pending,   "counter",      BOTH,   COUNTERS,  countered,  None, None,    (effects.counter,),     ("amount",)),
        Row(pending,   "withdraw",     BOTH,   AUTHOR,    withdrawn),
        Row(pending,   "auto_accept",  SYSTEM, REACHES,   accepted,   None, None,    (effects.accept,)),
        Row(pending,   "auto_decline", SYSTEM, MISSES,    declined),
        Row(pending,   "expire",       H,      None,      expired,    None, ANSWERS),
        Row(pending,   "supersede",    SYSTEM, WORTHLESS, superseded, None, None,    (effects.say_because,), ("because",)),
        Row(accepted,  "supersede",    SYSTEM, WORTHLESS, superseded, None, None,    (effects.say_because,), ("because",)),
        Row(accepted,  "redeem",       P,      PAID,      ordered,    None, None,    (effects.redeem,)),
        Row(accepted,  "lapse",        H,      None,      lapsed,     None, USE),
    ),
)
# fmt: on
PAST = {
    "make": "made",
    "accept": "accepted",
    "decline": "declined",
    "counter": "countered",
    "withdraw": "withdrawn",
    "auto_accept": "accepted",
    "auto_decline": "declined",
    "expire": "expired",
    "supersede": "superseded",
    "redeem": "ordered",
    "lapse": "lapsed",
}
"""The topic of each action's event: ``offer.accepted``."""
