"""What a provider says when it is asked, as the notification that it did not send."""

from orderhub.domain.payments.ports import Notification, NotificationType, ProviderPayment, ProviderRefund
from orderhub.kit.clock import real_now


def as_notification(kind: NotificationType, found: ProviderPayment | ProviderRefund) -> Notification:
    """The same id whenever it is asked again and says the same, so that it is applied once."""
    return Notification(
        id=f"asked:{found.provider_id}:{kind}",
        type=kind,
        provider_id=found.provider_id,
        payment_provider_id=found.payment_provider_id if isinstance(found, ProviderRefund) else found.provider_id,
        reference=found.reference,
        amount=found.amount,
        currency=found.currency,
        occurred_at=real_now(),
        reason=found.reason,
        raw=b"{}",
    )
