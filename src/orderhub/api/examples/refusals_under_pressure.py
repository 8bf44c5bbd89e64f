"""Requests that are refused by a hub that is short of something: to a copy of the sample data, with other settings.

They are sent in this order. A new code: see ``refusals.py``.
"""

from collections.abc import Mapping
from typing import Final

from orderhub.api.examples.refusal import Ask, Race, Refusal, Sql
from orderhub.api.examples.sample import order
from orderhub.domain.samples import AWA, Sourced

SETTINGS: Final[Mapping[str, str]] = {
    "ORDERHUB_LIMITS_ENABLED": "true",
    "ORDERHUB_LIMITS_CONCURRENT": "1",
    "ORDERHUB_LIMITS_BODY_SECONDS": "2",
    "ORDERHUB_DOCUMENTS_WAIT": "0.001",
    "ORDERHUB_FILES_URL": "file:///proc",
}
"""One request at a time, little patience with clients and printers, and files where none can be written."""

_PROFILE: Final = '{"display_name": "Awa"}'
_EACH_MINUTE: Final = 300

UNDER_PRESSURE: Final[Mapping[str, Refusal]] = {
    "overloaded": Refusal(
        "create_cart",
        AWA,
        body={"separate": True},
        race=Race(f"SELECT FROM accounts WHERE id = '{AWA.id}' FOR UPDATE"),
    ),
    "too_slow": Refusal("update_me", AWA, body=_PROFILE, unfinished=True),
    "storage_unavailable": Refusal("upload_file", AWA, body={"file": "Bonjour", "purpose": "attachment"}),
    "printer_busy": Refusal(
        "get_order_document",
        AWA,
        {**order(Sourced.INVOICE.order), "document_id": "$document"},
        steps=(Ask("list_order_documents", AWA, order(Sourced.INVOICE.order), keep={"document": "data/0/id"}),),
    ),
    "too_many_requests": Refusal("list_countries", steps=(Ask("list_countries", times=_EACH_MINUTE),)),
    # The last one: nothing works with such tables.
    "not_ready": Refusal("get_readiness", steps=(Sql("DELETE FROM alembic_version"),)),
}
