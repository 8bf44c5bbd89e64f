"""The payer's surface: the 3-D Secure and wallet pages, two forms each, plain HTTP."""

from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from orderhub.adapters.payments.sandbox_server.errors import not_found
from orderhub.adapters.payments.sandbox_server.http import provider_of
from orderhub.adapters.payments.sandbox_server.records import Method, Payment

_METHODS = {"3ds": Method.CARD, "wallet": Method.WALLET}

_TITLES = {"3ds": "Confirm with your bank", "wallet": "Pay from your wallet"}

_ANSWERS: dict[str, dict[str, str | None]] = {
    "3ds": {"approve": None, "fail": "authentication_failed"},
    "wallet": {"approve": None, "cancel": "cancelled_by_payer"},
}
"""What each page's buttons do to the payment: None approves, else why it fails."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>body{{font:1.1rem system-ui;max-width:24rem;margin:4rem auto;padding:0 1rem}}
button{{font:inherit;padding:.6rem 1.4rem;margin-top:.6rem;width:100%}}</style></head>
<body><h1>{title}</h1><p>Sandbox: no money moves.</p><p><strong>{amount}</strong>, {reference}</p>
{forms}</body></html>
"""

_FORM = '<form method="post" action="/{page}/{id}/{verb}"><button>{label}</button></form>'

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "referrer-policy": "no-referrer",
}


async def show_page(request: Request) -> Response:
    """The page on which the payer decides."""
    page = request.path_params["page"]
    if page not in _METHODS:
        raise not_found("page")
    payment = provider_of(request).payments.awaited(request.path_params["id"], _METHODS[page])
    return HTMLResponse(_render(page, payment), headers=_HEADERS)


async def answer_page(request: Request) -> Response:
    """The payer's decision; sends the browser back to the merchant."""
    page, verb = request.path_params["page"], request.path_params["verb"]
    if verb not in _ANSWERS.get(page, {}):
        raise not_found("page")
    provider, refusal = provider_of(request), _ANSWERS[page][verb]
    with provider.journal.change():
        payment = provider.payments.answer(request.path_params["id"], _METHODS[page], refusal)
    outcome = "approved" if refusal is None else "failed"
    return RedirectResponse(_back(payment, outcome), 303, headers=_HEADERS)


def _render(page: str, payment: Payment) -> str:
    forms = (_FORM.format(page=page, id=payment.id, verb=verb, label=verb.capitalize()) for verb in _ANSWERS[page])
    return _PAGE.format(
        title=_TITLES[page],
        amount=escape(f"{payment.amount} {payment.currency} (minor units)"),
        reference=escape(payment.reference),
        forms="\n".join(forms),
    )


def _back(payment: Payment, outcome: str) -> str:
    """The merchant's return address with the payment and a hint; the notification is what counts."""
    parts = urlsplit(payment.return_url)
    added = urlencode({"payment": payment.reference, "outcome": outcome})
    query = f"{parts.query}&{added}" if parts.query else added
    return urlunsplit(parts._replace(query=query))


ROUTES = [
    Route("/{page}/{id}", show_page),
    Route("/{page}/{id}/{verb}", answer_page, methods=["POST"]),
]
