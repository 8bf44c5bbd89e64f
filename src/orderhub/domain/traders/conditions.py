"""Whether somebody is a trader, as columns of a statement about listings or orders."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from orderhub.domain.traders.models import Trader

AccountId = ColumnElement[UUID] | InstrumentedAttribute[UUID]


def is_trader(account_id: AccountId) -> ColumnElement[bool]:
    """Whether this account is a trader: it has facts that staff verified."""
    return exists().where(Trader.account_id == account_id, Trader.verified.is_not(None))


def trader_facts(account_id: AccountId) -> ColumnElement[Any]:
    """The facts in force, ``{name, registration_number, vat_number, address}``; null for somebody who is no trader."""
    return select(Trader.verified).where(Trader.account_id == account_id).scalar_subquery()


def trader_address(account_id: AccountId) -> ColumnElement[Any]:
    """The address in force, as the members of a `PostalAddress`; null for somebody who is no trader."""
    return select(Trader.verified["address"]).where(Trader.account_id == account_id).scalar_subquery()
