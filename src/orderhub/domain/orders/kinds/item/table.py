"""The table of an item's order: a person sends what they sold, and is paid once the buyer has what was described.

Read it as a timetable. Columns: from, action, by, guard, to, escrow, clock, effects, needed fields.
A release gives the protection fee to the hub; a refund gives all of it back.
"""

from orderhub.domain.orders.effects import close_cancellation, dispute, open_cancellation, say_decision, say_reason
from orderhub.domain.orders.guards import CANCELLATION_PENDING, DECISION_TEXT, NO_CANCELLATION_PENDING, REASON
from orderhub.domain.orders.kinds import common
from orderhub.domain.orders.kinds.item import clocks, effects, guards
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Escrow, Process, Row, Status, Target
from orderhub.kit.text import Label

B = frozenset({By.BUYER})
S = frozenset({By.SELLER})
BS = B | S
H = frozenset({By.CLOCK})
PAY = frozenset({By.PROVIDER})
T = frozenset({By.TRACKING})
A = frozenset({By.SUPPORT})

HOLD, REFUND, RELEASE, SPLIT, FREEZE = Escrow.HOLD, Escrow.REFUND, Escrow.RELEASE, Escrow.SPLIT, Escrow.FREEZE
SHIPPING = Escrow.RELEASE_SHIPPING
SAME = Target.SAME

# fmt: off
awaiting_payment  = Status("awaiting_payment",  "awaiting",  Label("En attente de paiement", "Awaiting payment"),
                           Label("L’acheteur doit payer ; l’annonce lui est réservée.", "The buyer has to pay; the listing is reserved for them."), "grey")
awaiting_shipment = Status("awaiting_shipment", "to_ship",   Label("À expédier", "To be shipped"),
                           Label("Le vendeur doit envoyer l’article ou le remettre.", "The seller has to send the item, or hand it over."), "orange")
shipped           = Status("shipped",           "shipped",   Label("Expédiée", "Shipped"),
                           Label("Le colis est en route vers l’acheteur.", "The parcel is on its way to the buyer."), "blue")
delivered         = Status("delivered",         "delivered", Label("Livrée", "Delivered"),
                           Label("L’acheteur regarde si tout va bien.", "The buyer looks whether all is well."), "violet")
return_requested  = Status("return_requested",  "return",    Label("Retour demandé", "Return requested"),
                           Label("Le vendeur répond à la demande de retour.", "The seller answers the request to send it back."), "orange")
return_accepted   = Status("return_accepted",   "return",    Label("Retour accepté", "Return accepted"),
                           Label("L’acheteur doit renvoyer l’article.", "The buyer has to send the item back."), "orange")
return_shipped    = Status("return_shipped",    "return",    Label("Retour en route", "Return shipped"),
                           Label("L’article revient vers le vendeur.", "The item is on its way back to the seller."), "blue")
disputed          = Status("disputed",          "disputed",  Label("En litige", "Disputed"),
                           Label("Le support tranche ; l’argent est bloqué.", "Support rules; the money is frozen."), "red")
completed         = Status("completed",         "completed", Label("Terminée", "Completed"),
                           Label("L’acheteur garde l’article et le vendeur est payé.", "The buyer keeps the item and the seller is paid."), "green", fulfilled=True)
cancelled         = Status("cancelled",         "cancelled", Label("Annulée", "Cancelled"),
                           Label("La commande est annulée ; l’acheteur est remboursé.", "The order is cancelled; the buyer is refunded."), "black")
returned          = Status("returned",          "returned",  Label("Retournée", "Returned"),
                           Label("L’article est revenu au vendeur ; l’acheteur est remboursé.", "The item is back with the seller; the buyer is refunded."), "black")

BACK   = (return_requested, return_accepted, return_shipped)
HELD   = (awaiting_shipment, shipped, delivered, *BACK)
PARCEL = ("carrier", "tracking_number")

ROWS: tuple[Row[Facts], ...] = (
    #   from               action                   by   guard                          to                 escrow   clock                   effects                               needs
    Row(None,              "place",                 B,   guards.LISTING_FREE,           awaiting_payment),
    Row(awaiting_payment,  "confirm_payment",       PAY, guards.PAID,                   awaiting_shipment, HOLD,    None,                   (effects.sell,)),
    Row(awaiting_payment,  "cancel",                B,   None,                          cancelled),
    Row(awaiting_payment,  "expire",                H,   None,                          cancelled,         None,    clocks.PAYMENT),
    Row(awaiting_shipment, "change_address",        B,   guards.SAME_SHIPPING,          SAME,              None,    None,                   (effects.change_address,),            ("address",)),
    Row(awaiting_shipment, "ship",                  S,   guards.TRACKED,                shipped,           None,    None,                   (effects.ship,),                      PARCEL),
    Row(awaiting_shipment, "hand_over",             S,   guards.BUYERS_CODE,            delivered,         None,    None,                   (effects.hand_over,),                 ("code",)),
    Row(awaiting_shipment, "cancel",                S,   REASON,                        cancelled,         REFUND,  None,                   (say_reason,),                        ("reason",)),
    Row(awaiting_shipment, "request_cancellation",  B,   NO_CANCELLATION_PENDING,       SAME,              None,    None,                   (open_cancellation,)),
    Row(awaiting_shipment, "withdraw_cancellation", B,   CANCELLATION_PENDING,          SAME,              None,    None,                   (close_cancellation,)),
    Row(awaiting_shipment, "accept_cancellation",   S,   CANCELLATION_PENDING,          cancelled,         REFUND,  None,                   (close_cancellation,)),
    Row(awaiting_shipment, "decline_cancellation",  S,   CANCELLATION_PENDING,          SAME,              None,    None,                   (say_reason, close_cancellation),     ("reason",)),
    Row(awaiting_shipment, "lapse_cancellation",    H,   CANCELLATION_PENDING,          cancelled,         REFUND,  clocks.CANCELLATION,    (close_cancellation,)),
    Row(awaiting_shipment, "expire",                H,   None,                          cancelled,         REFUND,  clocks.SHIPMENT),
    Row(shipped,           "mark_delivered",        T|B, None,                          delivered,         None,    None,                   (effects.deliver,)),
    Row(shipped,           "report_lost",           H,   None,                          disputed,          FREEZE,  clocks.LOST,            (dispute,)),
    Row(shipped,           "return_to_sender",      T,   guards.NEVER_FETCHED,          returned,          SHIPPING),
    Row(delivered,         "report_not_received",   B,   guards.DELIVERED_BY_CARRIER,   disputed,          FREEZE,  None,                   (dispute,)),
    Row(delivered,         "approve",               B,   None,                          completed,         RELEASE),
    Row(delivered,         "auto_approve",          H,   None,                          completed,         RELEASE, clocks.APPROVAL),
    Row(delivered,         "request_return",        B,   guards.RETURN_REASON,          return_requested,  FREEZE,  None,                   (effects.request_return,),            ("reason",)),
    Row(return_requested,  "accept_return",         S,   guards.RETURN_ADDRESS,         return_accepted,   None,    None,                   (effects.accept_return,),             ("address",)),
    Row(return_requested,  "refund_without_return", S,   None,                          cancelled,         REFUND),
    Row(return_requested,  "decline_return",        S,   guards.FAULTY,                 disputed,          FREEZE,  None,                   (say_reason, dispute),                ("reason",)),
    Row(return_requested,  "decline_return",        S,   guards.MIND_CHANGED,           completed,         RELEASE, None,                   (say_reason,),                        ("reason",)),
    Row(return_requested,  "lapse_return",          H,   guards.FAULTY,                 disputed,          FREEZE,  clocks.RETURN_ANSWER,   (dispute,)),
    Row(return_requested,  "lapse_return",          H,   guards.MIND_CHANGED,           completed,         RELEASE, clocks.RETURN_ANSWER),
    Row(return_requested,  "lapse_return",          H,   guards.MIND_CHANGED_OF_TRADER, return_accepted,   None,    clocks.RETURN_ANSWER,   (effects.return_to_trader,)),
    Row(return_accepted,   "ship_return",           B,   guards.TRACKED,                return_shipped,    None,    None,                   (effects.ship_return,),               PARCEL),
    Row(return_accepted,   "expire",                H,   None,                          completed,         RELEASE, clocks.RETURN_SHIPMENT),
    Row(return_shipped,    "mark_delivered",        T,   guards.NEVER_BACK,             SAME,              None,    None,                   (effects.return_delivered,)),
    Row(return_shipped,    "receive_return",        S,   None,                          returned,          REFUND),
    Row(return_shipped,    "contest_return",        S,   guards.PHOTOS,                 disputed,          FREEZE,  None,                   (effects.contest_return, dispute),    ("photos", "reason")),
    Row(return_shipped,    "auto_receive",          H,   guards.IS_BACK,                returned,          REFUND,  clocks.RETURN_RECEIPT),
    Row(return_shipped,    "report_lost",           H,   guards.NEVER_BACK,             disputed,          FREEZE,  clocks.RETURN_LOST,     (dispute,)),
    Row(disputed,          "approve",               B,   None,                          completed,         RELEASE),
    Row(disputed,          "cancel",                S,   None,                          cancelled,         REFUND),
    Row(disputed,          "rule_refund",           A,   DECISION_TEXT,                 cancelled,         REFUND,  None,                   (say_decision,),                      ("decision",)),
    Row(disputed,          "rule_release",          A,   DECISION_TEXT,                 completed,         RELEASE, None,                   (say_decision,),                      ("decision",)),
    Row(disputed,          "rule_split",            A,   guards.DIVIDES,                completed,         SPLIT,   None,                   (say_decision,),                      ("decision", "amount")),
    Row(disputed,          "order_return",          A,   DECISION_TEXT,                 return_accepted,   None,    None,                   (effects.order_return,),              ("decision",)),
)
# fmt: on

ITEM = Process[Facts](
    name="item",
    statuses=(
        awaiting_payment,
        awaiting_shipment,
        shipped,
        delivered,
        *BACK,
        disputed,
        completed,
        cancelled,
        returned,
    ),
    start=awaiting_payment,
    rows=(*ROWS, *common.rows_for(ROWS, parties=BS, held=HELD, resumable=(return_accepted, return_shipped))),
)
