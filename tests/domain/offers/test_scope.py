"""What a service order keeps of a custom offer: its seller's words go when its seller is erased."""

from dataclasses import replace

from msgspec import structs

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.orders.kinds.service import personal_data
from orderhub.domain.orders.kinds.service.details import details_of
from tests.kinds.service.orders import an_order

SCOPE = "Une enseigne de 80 cm."


def test_the_scope_is_the_sellers() -> None:
    plain = an_order("in_progress")
    order = replace(plain, details=structs.replace(details_of(plain), scope=SCOPE))
    assert personal_data.export(order, "seller")["scope"] == SCOPE
    assert SCOPE not in str(personal_data.export(order, "buyer"))
    assert personal_data.forget(order, "seller")["details"].scope == FORGOTTEN
    assert personal_data.forget(order, "buyer")["details"].scope == SCOPE
