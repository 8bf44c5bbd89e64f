"""The names of the ledger's accounts. Ids are raw UUIDs here, public ids in answers."""

from typing import Final
from uuid import UUID

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.kit.ids import show_id

COMMISSION: Final = "hub:commission"
FEES: Final = "hub:fees"
LOSSES: Final = "hub:losses"
SALES: Final = "hub:sales"
DOUBT: Final = "doubt"
LOSE: Final = "lose_charge_back"
RECOVER: Final = "recover"
TELL: Final = "tell"
BESIDE_ROWS: Final = (DOUBT, LOSE, RECOVER, TELL)
"""Why a posting was made that no row of a table made: a payment in doubt, a chargeback lost, a debt recovered, news
of a refund."""


def provider(name: str) -> str:
    """What a payment provider holds for us."""
    return f"provider:{name}"


def unapplied(payment_id: UUID) -> str:
    """A verified capture that no row has taken yet."""
    return f"unapplied:{payment_id}"


def escrow(order_id: UUID) -> str:
    """Money held for an order, belonging to no one until a row releases or refunds it."""
    return f"escrow:{order_id}"


def payable(account_id: UUID) -> str:
    """What the hub owes to a seller."""
    return f"payable:{account_id}"


def earned_by(seller_id: UUID) -> str:
    """Where a release goes: to what the hub owes the seller, or to the sales where the house is the seller."""
    return SALES if seller_id == HOUSE_ID else payable(seller_id)


def receivable(account_id: UUID) -> str:
    """What a seller owes to the hub after a lost chargeback."""
    return f"receivable:{account_id}"


def refund(payment_id: UUID) -> str:
    """Money on its way back to the payer."""
    return f"refund:{payment_id}"


def chargeback(payment_id: UUID) -> str:
    """Money that the payer's bank took back."""
    return f"chargeback:{payment_id}"


_PREFIXES: Final = {
    "unapplied": "pay",
    "escrow": "ord",
    "payable": "acc",
    "receivable": "acc",
    "refund": "pay",
    "chargeback": "pay",
}


def show_account(account: str) -> str:
    """An account's name with the public id in it: ``escrow:ord_01k…``."""
    kind, _, rest = account.partition(":")
    prefix = _PREFIXES.get(kind)
    return f"{kind}:{show_id(prefix, UUID(rest))}" if prefix else account
