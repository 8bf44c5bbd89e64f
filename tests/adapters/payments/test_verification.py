"""Only what the provider signed, lately, over these very bytes, is believed."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from orderhub.adapters.payments.sandbox_notifications import NotificationReader
from orderhub.adapters.payments.sandbox_server.signing import signed_headers
from orderhub.domain.payments.ports import NotificationType, UnreadableNotification
from orderhub.kit.errors import InvalidSignatureError
from tests.adapters.payments.support import SECRET

OTHER_SECRET = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0"
DATA = {"id": "psp_1", "payment": "psp_1", "reference": "pay_1", "amount": 100, "currency": "XOF"}
PAYLOAD = {"id": "evt_1", "type": "payment.captured", "created": "2026-11-21T10:00:00Z", "data": DATA}


def _body(**changes: Any) -> str:
    return json.dumps(PAYLOAD | {"data": DATA | changes})


def _signed(body: str, *, secret: str = SECRET, age: float = 0) -> Mapping[str, str]:
    return signed_headers(secret, "evt_1", body, datetime.now(UTC) - timedelta(seconds=age))


@pytest.mark.parametrize("age", [0, 290, -290])
def test_a_signed_notification_is_read(age: float) -> None:
    body = _body(reason="card_declined", colour="blue")
    told = NotificationReader(SECRET).read(_signed(body, age=age), body.encode())
    assert (told.type, told.amount, told.currency) == (NotificationType.PAYMENT_CAPTURED, 100, "XOF")
    assert told.occurred_at == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert told.reason == "card_declined"


def test_header_names_may_come_in_any_case_and_with_several_signatures() -> None:
    body = _body()
    headers = {name.title(): value for name, value in _signed(body).items()}
    other = _signed(body, secret=OTHER_SECRET)["webhook-signature"]
    headers["Webhook-Signature"] = f"v1a,abc {other} {headers['Webhook-Signature']}"
    assert NotificationReader(SECRET).read(headers, body.encode()).reference == "pay_1"


@pytest.mark.parametrize("age", [310, -310])
def test_too_old_or_too_new_is_refused(age: float) -> None:
    body = _body()
    with pytest.raises(InvalidSignatureError):
        NotificationReader(SECRET).read(_signed(body, age=age), body.encode())


def test_another_secret_is_refused() -> None:
    body = _body()
    with pytest.raises(InvalidSignatureError):
        NotificationReader(OTHER_SECRET).read(_signed(body), body.encode())


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-signature": ""},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,%%%"},
        {"webhook-signature": "v1,AAAA,BBBB"},
        {"webhook-signature": "v1,é"},
        {"webhook-timestamp": "nan"},
        {"webhook-timestamp": "1e400"},
        {"webhook-timestamp": "soon"},
        {"webhook-id": "evt_2"},
        {"webhook-id": ""},
    ],
)
def test_a_changed_header_is_refused(change: Mapping[str, str]) -> None:
    body = _body()
    with pytest.raises(InvalidSignatureError):
        NotificationReader(SECRET).read({**_signed(body), **change}, body.encode())


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_refused(missing: str) -> None:
    body = _body()
    headers = {name: value for name, value in _signed(body).items() if name != missing}
    with pytest.raises(InvalidSignatureError):
        NotificationReader(SECRET).read(headers, body.encode())


@pytest.mark.parametrize("body", [b"\xff\xfe", b"", _body().encode() + b" ", _body(amount=101).encode()])
def test_other_bytes_than_the_signed_ones_are_refused(body: bytes) -> None:
    with pytest.raises(InvalidSignatureError):
        NotificationReader(SECRET).read(_signed(_body()), body)


@pytest.mark.parametrize(("amount", "currency"), [(-1, "EUR"), (2**63, "EUR"), (100, "euro"), (100, "ZZZ")])
def test_money_that_cannot_be_is_read_as_it_was_told(amount: int, currency: str) -> None:
    """Whoever applies it tells staff; refused, it would come again and again, and nobody would know."""
    body = _body(amount=amount, currency=currency)
    note = NotificationReader(SECRET).read(_signed(body), body.encode())
    assert (note.amount, note.currency) == (amount, currency)


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "[]",
        json.dumps(PAYLOAD | {"type": "payment.sneezed"}),
        json.dumps(PAYLOAD | {"created": "2026-11-21T10:00:00"}),
        _body(amount=True),
        _body(amount=1.5),
        _body(currency=""),
        _body(currency="un euro"),
        _body(reference=None),
    ],
)
def test_signed_but_not_understood_is_said_to_be_so(body: str) -> None:
    with pytest.raises(UnreadableNotification):
        NotificationReader(SECRET).read(_signed(body), body.encode())
