"""The name of a file is read in every form that clients send it in."""

from typing import Final

import httpx
import pytest

from orderhub.api.uploads.disposition import Disposition, read_disposition

PDF: Final = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n%%EOF\n"


async def upload(client: httpx.AsyncClient, head: bytes, kind: bytes = b"application/pdf") -> httpx.Response:
    """Send a form whose part of the file has this head."""
    described = b"Content-Disposition: form-data" + head + (b"\r\nContent-Type: " + kind if kind else b"")
    body = (
        b"--x\r\n" + described + b"\r\n\r\n" + PDF + b"\r\n"
        b'--x\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nattachment\r\n--x--\r\n'
    )
    return await client.post("/v1/files", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"; name=file; filename*=UTF-8''re%C3%A7u.pdf", "reçu.pdf"),
        (b"; name=\"file\"; filename*=utf-8'fr're%C3%A7u.pdf", "reçu.pdf"),
        (b"; name=\"file\"; filename*=ISO-8859-1''re%E7u.pdf", "reçu.pdf"),
        (b'; name="file"; filename="recu.pdf"; filename*=UTF-8\'\'re%C3%A7u.pdf', "reçu.pdf"),
        (b'; name="file"; filename*=UTF-8\'\'re%FFu.pdf; filename="recu.pdf"', "recu.pdf"),
        (b'; name="file"; filename*0*=UTF-8\'\'re%C3; filename*1*=%A7u; filename*2=".pdf"', "reçu.pdf"),
        (b'; name="file"; filename*0="le re"; filename*1="cu.pdf"', "le recu.pdf"),
        (b'; name="file"; filename="=?UTF-8?B?cmXDp3UucGRm?="', "reçu.pdf"),
        (b'; name="file"; filename="=?iso-8859-1?Q?re=E7u.pdf?="', "reçu.pdf"),
        ('; name="file"; filename="reçu.pdf"'.encode(), "reçu.pdf"),
        ('; name="file"; filename="reçu.pdf"'.encode("latin-1"), "reçu.pdf"),
        (b'; name="file"; filename="re%C3%A7u.pdf"', "reçu.pdf"),
        ('; name="file"; filename="reçu %22final%22.pdf"'.encode(), "reçu final.pdf"),
        (b'; name="file"; filename="le \\"vrai\\" recu.pdf"', "le vrai recu.pdf"),
        (b'; name="file"; filename="C:\\Documents\\nouveau.pdf"', "nouveau.pdf"),
        (b'; name="file"; filename="\\\\\\\\serveur\\\\partage\\\\recu.pdf"', "recu.pdf"),
        (b'; name="file"; filename="../../etc/passwd"', "passwd.pdf"),
        (b'; name="file"; filename="un;deux.pdf"', "un;deux.pdf"),
        (b"; name=file; filename=recu.pdf", "recu.pdf"),
        (b'; filename="recu.pdf"; name="file"', "recu.pdf"),
        (b'; Name="file"; FileName="recu.pdf"', "recu.pdf"),
        (b'; name="file"; filename=""', "file.pdf"),
        (b'; name="file"; filename="recu.pdf', "recu.pdf"),
        (b'; name="file"', "file.pdf"),
    ],
)
async def test_a_name_is_read(bruno: httpx.AsyncClient, head: bytes, name: str) -> None:
    answer = await upload(bruno, head)

    assert answer.status_code == 201, answer.text
    assert answer.json()["name"] == name


async def test_a_part_without_name_or_type_is_no_file(bruno: httpx.AsyncClient) -> None:
    answer = await upload(bruno, b'; name="file"', kind=b"")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/file")


@pytest.mark.parametrize("head", [b"", b"; filename=a.pdf", b'; name="file"; filename="' + b"x" * 5000 + b'"'])
async def test_what_is_no_form_is_a_400(bruno: httpx.AsyncClient, head: bytes) -> None:
    assert (await upload(bruno, head)).status_code == 400


async def test_another_field_may_say_its_type(bruno: httpx.AsyncClient) -> None:
    files = {"file": ("a.pdf", PDF), "purpose": (None, "attachment", "text/plain")}

    assert (await bruno.post("/v1/files", files=files)).status_code == 201


def test_a_field_has_no_filename() -> None:
    assert read_disposition(b'form-data; name="purpose"') == Disposition("purpose", None)
    assert read_disposition(b'form-data; name="a; filename=b"') == Disposition("a; filename=b", None)
    assert read_disposition(b"") == Disposition("", None)
