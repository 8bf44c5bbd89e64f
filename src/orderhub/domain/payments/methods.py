"""How a buyer pays: through a provider, or by hand with a proof."""

from enum import StrEnum
from typing import Final


class PaymentMethod(StrEnum):
    """Every way to pay."""

    CARD = "card"
    WALLET = "wallet"
    TRANSFER = "transfer"
    MOBILE_MONEY = "mobile_money"


PROVIDED: Final = (PaymentMethod.CARD, PaymentMethod.WALLET)
"""Through the payment provider."""
MANUAL_METHODS: Final = (PaymentMethod.TRANSFER, PaymentMethod.MOBILE_MONEY)
"""By hand: staff look at a proof (docs/rules.md, Money: for sourced orders and shop wallets)."""
