"""Which staff role may do which (docs/rules.md, Words): one name for each, used by the staff routes.

``dependencies=[OfAdmin]`` where a route only needs the permission, ``caller: Admin`` where it also
needs to know who calls.
"""

from typing import Annotated

from fastapi import Depends

from orderhub.api.dependencies import Caller, StaffRole

OfSupport = Depends(StaffRole("support"))
"""Cases, flags and quotes."""
Support = Annotated[Caller, OfSupport]

OfFinance = Depends(StaffRole("finance"))
"""Payments, refunds and commissions."""
Finance = Annotated[Caller, OfFinance]

OfAdmin = Depends(StaffRole("admin"))
"""Settings, holidays, terms and the audit."""
Admin = Annotated[Caller, OfAdmin]

OfStaff = Depends(StaffRole("support", "finance", "production", "admin"))
"""The queue: everybody finds their own work in it."""

OfFinanceOrAdmin = Depends(StaffRole("finance", "admin"))
"""The check of the ledger."""
