"""Examples of what concerns the service as a whole: tables, terms, the provider's hook, the sandbox, health."""

from typing import Final

from orderhub.api.examples.sample import Sample, Samples, Setup
from orderhub.domain.samples import NEWCOMER_EMAIL, Orders, payment_of
from orderhub.kit.ids import show_id

TABLES: Final[Samples] = {
    "list_processes": Sample(),
    "read_process": Sample(path={"name": "service"}),
    "get_terms": Sample(),
}

SAMPLES: Final[Samples] = {
    "receive_payment_notification": Sample(
        path={"provider": "sandbox"},
        body={
            "id": "evt_sample_repeated",
            "type": "payment.captured",
            "created": "2026-11-21T09:30:00Z",
            "data": {
                "id": "sample_332",
                "payment": "sample_332",
                "reference": show_id("pay", payment_of(Orders.IN_PROGRESS)),
                "amount": 12000,
                "currency": "EUR",
            },
        },
        setup=Setup.SIGNATURE,
    ),
    "list_sandbox_mails": Sample(query={"to": NEWCOMER_EMAIL}),
    "read_clock": Sample(),
    "advance_clock": Sample(body={"by": "PT1H"}),
    "live": Sample(),
    "ready": Sample(),
    "metrics": Sample(),
}
