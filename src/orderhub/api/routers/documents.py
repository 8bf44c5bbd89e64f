"""The documents of orders and quotes, and each as PDF.

No handler keeps a transaction open while a document is printed.
"""

from typing import Annotated, Any, Final

from fastapi import Depends, Path, Response

from orderhub.api.dependencies import (
    AppParts,
    AskedLanguage,
    Caller,
    DatabaseSession,
    Parts,
    SignedIn,
    StaffRole,
    TokenHeld,
    sign_in,
)
from orderhub.api.key_scopes import for_keys
from orderhub.api.permissions import permission
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import DocumentId, OrderId, QuoteId, WholeNumber
from orderhub.api.schemas.documents import DocumentOut, DocumentsOut
from orderhub.domain.documents.errors import DocumentNotFoundError
from orderhub.domain.documents.ports import Printer, PrinterBusyError
from orderhub.domain.documents.wording import TITLES
from orderhub.domain.orders.errors import OrderNotFoundError
from orderhub.domain.overviews import documents
from orderhub.domain.overviews.documents import Printable, Reader
from orderhub.domain.quotes.errors import QuoteNotFoundError
from orderhub.domain.shops.models import KeyScope
from orderhub.kit.ids import show_id
from orderhub.kit.text import Language

router = Router()

_SUPPORT: Final = StaffRole("support")
_PDF: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The document, PDF/A-3; an invoice has its Factur-X XML within.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary", "maxLength": 100_000_000}}},
    }
}


def _reader(caller: Caller) -> Reader:
    return Reader(caller.account_id, bool(caller.roles))


@router.get("/orders/{order_id}/documents", summary="List an order's documents", responses=problems(OrderNotFoundError))
@for_keys(KeyScope.ORDERS_READ)
async def list_order_documents(
    session: DatabaseSession, caller: SignedIn, order_id: OrderId, language: AskedLanguage
) -> DocumentsOut:
    """The accepted proforma, the final invoice and what corrects it, newest first; for the buyer and staff."""
    found = await documents.documents_of_order(session, order_id, _reader(caller))
    folder = f"/v1/orders/{show_id('ord', order_id)}/documents"
    return DocumentsOut(
        data=[DocumentOut.of(each, f"{folder}/{show_id('doc', each.id)}/pdf", language) for each in found]
    )


@router.get(
    "/orders/{order_id}/documents/{document_id}/pdf",
    summary="Read a document as PDF",
    response_class=Response,
    responses=_PDF | problems(OrderNotFoundError, DocumentNotFoundError, PrinterBusyError),
)
@for_keys(KeyScope.ORDERS_READ)
async def get_order_document(
    parts: AppParts, claims: TokenHeld, order_id: OrderId, document_id: DocumentId, language: AskedLanguage
) -> Response:
    """In the language of `Accept-Language`, as an attachment; what it says was frozen when it was issued."""
    async with parts.database.session() as session:
        reader = _reader(await sign_in(session, claims))
        document = await documents.document_of_order(session, order_id, document_id, reader)
    return await _printed(parts, document, language)


@router.get(
    "/quotes/{quote_id}/versions/{n}/pdf",
    summary="Read a quote's version as PDF",
    response_class=Response,
    responses=_PDF | problems(QuoteNotFoundError, DocumentNotFoundError, PrinterBusyError),
)
async def get_quote_version_document(
    parts: AppParts,
    claims: TokenHeld,
    quote_id: QuoteId,
    n: Annotated[WholeNumber, Path(ge=1, le=10**6, description="The version, as the quote counts them.")],
    language: AskedLanguage,
) -> Response:
    """The proforma as it was issued, in the language of `Accept-Language`."""
    async with parts.database.session() as session:
        reader = _reader(await sign_in(session, claims))
        document = await documents.proforma_of_quote(session, quote_id, n, reader)
    return await _printed(parts, document, language)


@permission("staff:support")
async def read_draft(parts: AppParts, claims: TokenHeld, quote_id: QuoteId) -> Printable:
    """The draft of the path's quote for the support, in a unit of work that ends here."""
    async with parts.database.session() as session:
        await _SUPPORT(await sign_in(session, claims))
        return await documents.draft_of_quote(session, quote_id, parts.operator.house)


@router.get(
    "/quotes/{quote_id}/draft/pdf",
    summary="Read a quote's draft as PDF",
    response_class=Response,
    responses=_PDF | problems(QuoteNotFoundError, DocumentNotFoundError, PrinterBusyError),
)
async def get_quote_draft_document(
    parts: AppParts, draft: Annotated[Printable, Depends(read_draft)], language: AskedLanguage
) -> Response:
    """The proforma as it would be issued now, marked as a draft and without a number."""
    return await _printed(parts, draft, language)


async def _printed(parts: Parts, document: Printable, language: Language) -> Response:
    printer: Printer = parts.others[Printer]
    pdf = await printer.print(document.kind, document.content, language)
    name = document.content.get("number") or f"{TITLES[document.kind].within(language)}-{language.value}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "Content-Language": language.value,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Language",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)
