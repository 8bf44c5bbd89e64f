"""Documents over HTTP: Awa reads hers, staff everybody's, anybody else finds nothing."""

import httpx
import pytest

from orderhub.api.schemas.documents import DocumentsOut
from orderhub.kit.ids import new_id, show_id
from tests.adapters.documents.reading import attachment, text_of
from tests.api.documents.conftest import Papers

ENGLISH = {"Accept-Language": "en"}


async def test_an_order_has_the_accepted_proforma_and_what_followed(awa: httpx.AsyncClient, papers: Papers) -> None:
    shown = (await awa.get(f"{papers.order}/documents")).json()
    assert DocumentsOut.model_validate(shown).model_dump(mode="json") == shown
    assert [(each["kind"], each["label"], each["number"], each["version"]) for each in shown["data"]] == [
        ("credit_note", "Avoir", "AV-2026-000007", None),
        ("final_invoice", "Facture", "FA-2026-000042", None),
        ("proforma", "Proforma", "PF-2026-000002", 2),
    ]
    credit, invoice, _ = shown["data"]
    assert (credit["corrects"], credit["total"]) == ("FA-2026-000042", {"amount": 500, "currency": "CHF"})
    assert (invoice["corrects"], invoice["total"]["amount"]) == (None, 78_307)
    assert (await awa.get(f"{papers.plain_order}/documents")).json() == {"data": []}
    english = (await awa.get(f"{papers.order}/documents", headers=ENGLISH)).json()
    assert [each["label"] for each in english["data"]] == ["Credit note", "Invoice", "Proforma"]


@pytest.mark.parametrize(
    ("language", "total", "title"), [("fr", "783,07 CHF", "FACTURE"), ("en", "CHF 783.07", "INVOICE")]
)
async def test_a_document_is_an_attachment_in_the_language_asked_for(
    awa: httpx.AsyncClient, papers: Papers, language: str, total: str, title: str
) -> None:
    _, invoice, _ = (await awa.get(f"{papers.order}/documents")).json()["data"]
    answer = await awa.get(invoice["pdf"], headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="FA-2026-000042.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-language"] == language
    assert "Accept-Language" in answer.headers["vary"]
    printed = text_of(answer.content)
    assert total in printed
    assert title in printed
    assert b"783.07" in attachment(answer.content)


async def test_each_version_of_a_quote_is_its_own_proforma(awa: httpx.AsyncClient, papers: Papers) -> None:
    for n, amount in ((1, "783,07 €"), (2, "783,07 CHF")):
        answer = await awa.get(f"{papers.quote}/versions/{n}/pdf")
        assert answer.headers["content-disposition"] == f'attachment; filename="PF-2026-{n:06}.pdf"'
        assert amount in text_of(answer.content)
    absent = await awa.get(f"{papers.quote}/versions/3/pdf")
    assert (absent.status_code, absent.json()["code"]) == (404, "document_not_found")
    assert (await awa.get(f"{papers.quote}/versions/0/pdf")).status_code == 404


async def test_the_support_sees_a_draft_before_it_is_issued(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, papers: Papers
) -> None:
    answer = await chloe.get(f"{papers.drafted_quote}/draft/pdf")
    assert answer.headers["content-disposition"] == 'attachment; filename="Proforma-fr.pdf"'
    printed = text_of(answer.content)
    assert "BROUILLON" in printed.replace("\n", "")
    assert "78 307 F CFA" in printed
    assert "12 rue de l’Exemple" in printed, "the house of the settings"
    assert (await awa.get(f"{papers.drafted_quote}/draft/pdf")).status_code == 403
    issued = await chloe.get(f"{papers.quote}/draft/pdf")
    assert (issued.status_code, issued.json()["code"]) == (404, "document_not_found")


async def test_nobody_else_finds_anything(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, felix: httpx.AsyncClient, papers: Papers
) -> None:
    _, invoice, proforma = (await awa.get(f"{papers.order}/documents")).json()["data"]
    nowhere = f"/v1/orders/{show_id('ord', new_id())}/documents"
    for path, absent in (
        (f"{papers.order}/documents", nowhere),
        (invoice["pdf"], invoice["pdf"].replace(papers.order, nowhere.removesuffix("/documents"))),
        (f"{papers.quote}/versions/1/pdf", f"/v1/quotes/{show_id('quo', new_id())}/versions/1/pdf"),
    ):
        assert (await felix.get(path)).status_code == 200
        refused, nothing = (await bruno.get(path)).json(), (await bruno.get(absent)).json()
        assert refused["status"] == 404
        assert {**refused, "request_id": ""} == {**nothing, "request_id": ""}
    for document in (invoice, proforma):
        elsewhere = document["pdf"].replace(papers.order, papers.plain_order)
        answer = await awa.get(elsewhere)
        assert (answer.status_code, answer.json()["code"]) == (404, "document_not_found")
