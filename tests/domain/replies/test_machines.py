"""What a machine wrote is told from what a person wrote, whichever way either says so."""

import pytest

from orderhub.domain.replies.mime import read


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner=x",
        "Auto-Submitted: (by us) Auto-Notified (really)",
        "Auto-Submitted: no\r\nAuto-Submitted: auto-replied",
        "Precedence: bulk",
        "Precedence: list\r\nPrecedence: junk (x)",
        "X-Autoreply: yes",
        "X-Autorespond: Out of office",
        "X-Auto-Reply: 1",
        "Return-Path: <>",
        "Return-Path: < >",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>",
    ],
)
def test_what_a_machine_wrote_is_recognised(header: str) -> None:
    assert read(f"{header}\r\nFrom: awa@example.fr\r\n\r\nNot here".encode()).is_automatic


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: No (a person wrote this)",
        'Auto-Submitted: "no"; x=y',
        "Auto-Submitted:",
        "X-Autoreply: no",
        "X-Autoreply: NO (see Auto-Submitted)",
        "X-Auto-Reply: false",
        "X-Autorespond: none",
        "X-Autorespond:",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "Precedence: list",
        "Precedence: normal",
        "Return-Path: <awa@example.fr>",
        "List-Unsubscribe: <mailto:x@example.fr>",
    ],
)
def test_what_a_person_wrote_is_a_persons(header: str) -> None:
    assert not read(f"{header}\r\nFrom: awa@example.fr\r\n\r\nHi".encode()).is_automatic
