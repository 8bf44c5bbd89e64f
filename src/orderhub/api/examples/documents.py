"""Examples of documents: those of the order that Awa's quote became, Koffi's proforma, a draft of Chloé's."""

from typing import Final
from uuid import UUID

from orderhub.api.examples.quotes import quote
from orderhub.api.examples.sample import Sample, Samples, Setup, order
from orderhub.domain.samples import AWA, CHLOE, KOFFI, Quotes, Sourced
from orderhub.kit.ids import show_id

_DOCUMENT: Final = UUID("01a1b9c4-5e80-7cc3-98c4-dc0c0c073903")
"""Stands in the path; the setup finds the one that there is."""

SAMPLES: Final[Samples] = {
    "list_order_documents": Sample(AWA, order(Sourced.DISPUTED.order)),
    "get_order_document": Sample(
        AWA, {**order(Sourced.DISPUTED.order), "document_id": show_id("doc", _DOCUMENT)}, setup=Setup.DOCUMENTS
    ),
    "get_quote_version_document": Sample(KOFFI, {**quote(Quotes.VERSIONS), "n": "2"}),
    "get_quote_draft_document": Sample(CHLOE, quote(Quotes.IN_PREPARATION)),
}
