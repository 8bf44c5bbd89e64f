"""Every action that may be asked of an order, whatever its kind."""

from typing import Annotated

from pydantic import Field

from orderhub.api.schemas.orders.common import COMMON_ACTIONS
from orderhub.api.schemas.orders.service import SERVICE_ACTIONS
from orderhub.api.schemas.orders.sourced import SOURCED_ACTIONS

OrderAction = Annotated[COMMON_ACTIONS | SERVICE_ACTIONS | SOURCED_ACTIONS, Field(discriminator="action")]
