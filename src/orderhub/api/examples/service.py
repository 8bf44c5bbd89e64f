"""Examples of what concerns the service as a whole: tables, terms, the hooks, the sandbox, health."""

from typing import Final

from orderhub.api.examples.sample import Sample, Samples, Setup
from orderhub.domain.samples import NEWCOMER_EMAIL, Orders, payment_of
from orderhub.kit.ids import show_id

TABLES: Final[Samples] = {
    "list_processes": Sample(),
    "get_process": Sample(path={"name": "service"}),
    "get_terms": Sample(),
}

_MAIL: Final = """From: Awa Diallo <awa@example.com>
To: reply+inconnue@reply.orderhub.example
Subject: =?utf-8?q?Re=3A_Votre_proforma?=
Message-ID: <exemple-1@example.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=recu

--recu
Content-Type: text/plain; charset=utf-8

Bonjour, voici le virement.
--recu
Content-Type: application/pdf; name=virement.pdf
Content-Disposition: attachment; filename=virement.pdf

%PDF-1.7
%%EOF
--recu--
"""
"""An answer with a receipt; its address is none of ours, so staff get it."""

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
    "receive_mail": Sample(body=_MAIL, setup=Setup.OUTSIDE_SIGNATURE),
    "receive_tracking": Sample(
        path={"carrier": "colissimo"},
        body={
            "id": "scan-8842-livre",
            "tracking_number": "6A12345678901",
            "status": "delivered",
            "occurred_at": "2026-11-21T14:05:00Z",
        },
        setup=Setup.OUTSIDE_SIGNATURE,
    ),
    "list_sandbox_mails": Sample(query={"to": NEWCOMER_EMAIL}),
    "get_clock": Sample(),
    "advance_clock": Sample(body={"by": "PT1H"}),
    "get_liveness": Sample(),
    "get_readiness": Sample(),
    "get_metrics": Sample(),
}
