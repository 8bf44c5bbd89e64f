"""A payment's own row of its table, within the change of its order."""

from collections.abc import Mapping
from typing import Any

from orderhub.domain.orders.draft import Draft
from orderhub.domain.payments.process import PAYMENT
from orderhub.domain.process import By
from orderhub.kit.ids import show_id


def change_payment(draft: Draft, payment: Mapping[str, Any], action: str, to: str, by: By, **fields: Any) -> None:
    """Its new status and its history. ``payment`` has its ``id``, ``version`` and ``status`` as they were."""
    draft.updates.setdefault("payments", []).append({"id": payment["id"], "status": to, **fields})
    add_payment_history(draft, payment, action, to, by)


def add_payment_history(draft: Draft, payment: Mapping[str, Any], action: str, to: str, by: By) -> None:
    """What happened to a payment, one version after ``payment``."""
    draft.add(
        "history",
        subject_id=payment["id"],
        version=payment["version"] + 1,
        process=PAYMENT.name,
        from_status=payment["status"],
        action=action,
        to_status=to,
        by=by.value,
        actor_id=draft.actor_id,
        at=draft.now,
        data={"order_id": show_id("ord", draft.order.id)},
    )
