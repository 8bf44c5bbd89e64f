"""The table of a quote: who asks, prices, issues, accepts, and what expires.

Read it as a timetable. Columns: from, action, by, guard, to, escrow, clock, effects, needed fields.
"""

from collections.abc import Sequence

from orderhub.domain.policies.room import of_terms, reached
from orderhub.domain.process import By, Clock, Deadline, Guard, Process, Row, Status
from orderhub.domain.quotes import effects
from orderhub.domain.quotes.state import QuoteFacts, QuoteState
from orderhub.kit.text import Label

B = frozenset({By.BUYER})
H = frozenset({By.CLOCK})
A = frozenset({By.SUPPORT})

# fmt: off
requested         = Status("requested",         "requested", Label("Demandé", "Requested"),
                           Label("Nos équipes vont préparer la proforma.", "Staff are about to prepare the proforma."), "grey")
in_preparation    = Status("in_preparation",    "requested", Label("En préparation", "In preparation"),
                           Label("Nos équipes chiffrent les articles.", "Staff are pricing the articles."), "blue")
issued            = Status("issued",            "issued",    Label("Émise", "Issued"),
                           Label("Le client doit accepter la proforma ou la refuser.", "The buyer accepts the proforma or declines it."), "orange")
changes_requested = Status("changes_requested", "requested", Label("Modification demandée", "Changes requested"),
                           Label("Le client demande une autre version.", "The buyer asks for another version."), "orange")
expired           = Status("expired",           "expired",   Label("Expirée", "Expired"),
                           Label("La validité est passée ; elle peut être renouvelée.", "Its validity is over; it can be renewed."), "black")
accepted          = Status("accepted",          "accepted",  Label("Acceptée", "Accepted"),
                           Label("La commande est passée.", "The order is placed."), "green")
declined          = Status("declined",          "closed",    Label("Refusée", "Declined"),
                           Label("Le client n’en veut pas.", "The buyer doesn't want it."), "black")
withdrawn         = Status("withdrawn",         "closed",    Label("Retirée", "Withdrawn"),
                           Label("Nos équipes ont retiré la proforma.", "Staff withdrew the proforma."), "black")
cancelled         = Status("cancelled",         "closed",    Label("Annulée", "Cancelled"),
                           Label("Le client a annulé sa demande.", "The buyer cancelled the request."), "black")
rejected          = Status("rejected",          "closed",    Label("Rejetée", "Rejected"),
                           Label("Nos équipes ne peuvent pas y répondre.", "Staff can't answer this request."), "red")


def _validity(quote: QuoteState) -> Sequence[Deadline]:
    return () if quote.expires_at is None else (Deadline(quote.clock_anchor, quote.expires_at),)


def _names_current(facts: QuoteFacts) -> bool:
    if facts.quote.expires_at is None or facts.now >= facts.quote.expires_at:
        return False
    return facts.command is None or facts.command.get("version") == facts.quote.current


def _has_room(facts: QuoteFacts) -> bool:
    return (facts.quote.current or 0) < of_terms(facts.quote.terms, "quote_versions")


VALIDITY = Clock(("quote",), _validity, B)
REQUESTABLE = Guard[QuoteFacts]("cart_not_requestable", Label("conditions acceptées, adresse, au moins un article valide ; copie les articles et ferme le panier", "terms accepted, address, at least one valid line; copies the lines and closes the cart"),
                                lambda facts: bool(facts.quote.lines), because=Label("Le panier n’a aucun article à chiffrer.", "The cart has no line to price."))
ROOM     = Guard[QuoteFacts]("limit_reached", Label("limite : versions d’une proforma", "limit: versions of a proforma"), _has_room,
                             refusal=lambda facts: reached("quote_versions", of_terms(facts.quote.terms, "quote_versions")), because=Label("La proforma a autant de versions qu’elle peut en avoir.", "The proforma has as many versions as it may have."))
DRAFTED  = Guard[QuoteFacts]("draft_incomplete", Label("un brouillon complet", "a complete draft version"), lambda facts: facts.quote.draft is not None and _has_room(facts),
                             (ROOM,), because=Label("Enregistrez d’abord un brouillon complet.", "Save a complete draft first."))
CURRENT  = Guard[QuoteFacts]("version_not_current", Label("nomme la version en vigueur", "names the current version"), _names_current, because=Label("La proforma a expiré, ou une autre version est en vigueur : relisez-la.", "The proforma has expired, or another version is current: read it again."))
SAYS_WHAT = Guard[QuoteFacts]("changes_not_said", Label("dit quoi changer", "says what"), lambda _: True)
REASON   = Guard[QuoteFacts]("reason_missing", Label("motif", "reason"), lambda _: True)
OPEN     = (requested, in_preparation, changes_requested)

QUOTE = Process[QuoteFacts](
    name="quote",
    statuses=(requested, in_preparation, issued, changes_requested, expired, accepted, declined, withdrawn, cancelled, rejected),
    start=requested,
    rows=(
        #   from                action         by     guard        to                 escrow clock     effects                                          needs
        Row(None,              "request",      B,     REQUESTABLE, requested,         None, None,     (effects.leave_out,)),
        *(Row(status,          "take",         A,     None,        in_preparation,    None, None,     (effects.take,))                                   for status in (requested, changes_requested)),
        Row(in_preparation,    "issue",        A,     DRAFTED,     issued,            None, None,     (effects.issue,)),
        Row(issued,            "accept",       B,     CURRENT,     accepted,          None, None,     (effects.accept,),                               ("version",)),
        Row(issued,            "decline",      B,     None,        declined,          None, None,     (effects.finish,)),
        Row(issued,            "ask_changes",  B,     SAYS_WHAT,   changes_requested, None, None,     (effects.say_message,),                          ("message",)),
        Row(issued,            "expire",       H,     None,        expired,           None, VALIDITY),
        Row(issued,            "withdraw",     A,     REASON,      withdrawn,         None, None,     (effects.say_reason, effects.finish),            ("reason",)),
        Row(expired,           "renew",        B | A, None,        in_preparation),
        *(Row(status,          "cancel",       B,     None,        cancelled,         None, None,     (effects.finish,))                                 for status in OPEN),
        *(Row(status,          "reject",       A,     REASON,      rejected,          None, None,     (effects.say_reason, effects.finish),            ("reason",)) for status in OPEN),
    ),
)
# fmt: on
PAST = {
    "request": "requested",
    "take": "taken",
    "issue": "issued",
    "accept": "accepted",
    "decline": "declined",
    "ask_changes": "changes_requested",
    "expire": "expired",
    "withdraw": "withdrawn",
    "renew": "renewed",
    "cancel": "cancelled",
    "reject": "rejected",
}
"""The topic of each action's event: ``quote.issued``."""
