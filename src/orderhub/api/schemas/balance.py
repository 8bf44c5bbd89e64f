"""A person's money at the edge."""

from typing import Annotated

from pydantic import Field

from orderhub.api.schemas.base import Currency, Instant, MoneyOut, OrderId, Output
from orderhub.api.schemas.process_codes import LedgerReason


class BalanceOut(Output):
    """One currency: the seller's part of escrow, what is clearing, what can be paid out, what was."""

    currency: Currency
    held: MoneyOut
    clearing: MoneyOut
    available: MoneyOut
    paid_out: MoneyOut


class BalancesOut(Output):
    """One balance per currency; none before the first sale."""

    data: Annotated[list[BalanceOut], Field(max_length=200)]


class StatementLineOut(Output):
    """One movement; below zero where money left."""

    at: Instant
    reason: Annotated[LedgerReason, Field(description="What moved the money.")]
    order_id: OrderId | None
    amount: MoneyOut
