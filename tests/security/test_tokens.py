"""A token is ours, unaltered, in its time, of a living session; anything else is nobody's."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from orderhub.domain.accounts.tokens import Claims
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from tests.security.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")
_jwt: Any = jwt  # keys of cryptography, which is not installed, leave its types incomplete


def good_token(town: Town) -> str:
    """Awa's."""
    return town.client("buyer").headers["authorization"].removeprefix("Bearer ")


def claims(token: str) -> dict[str, Any]:
    """What a token says."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def part(value: Any) -> str:
    """One part of a token."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def forged(town: Town) -> dict[str, str]:
    """Tokens that somebody may try."""
    token, said = good_token(town), claims(good_token(town))
    header, payload, signature = token.split(".")
    secret = town.world.parts.settings.auth.secret.get_secret_value()
    stronger = said | {"roles": ["admin", "support", "finance"]}
    past = datetime.now(UTC) - timedelta(hours=1)
    return {
        "unsigned": f"{part({'alg': 'none', 'typ': 'JWT'})}.{payload}.",
        "unsigned, shouted": f"{part({'alg': 'NONE', 'typ': 'JWT'})}.{part(stronger)}.",
        "signature kept": f"{header}.{part(stronger)}.{signature}",
        "no signature": f"{header}.{payload}.",
        "other secret": _jwt.encode(said, "x" * 40, algorithm="HS256"),
        "no secret": f"{header}.{payload}.{part('')}",
        "other algorithm": _jwt.encode(said, secret + "x" * 40, algorithm="HS512"),
        "other issuer": _jwt.encode(said | {"iss": "elsewhere"}, secret, algorithm="HS256"),
        "no issuer": _jwt.encode({k: v for k, v in said.items() if k != "iss"}, secret, algorithm="HS256"),
        "no end": _jwt.encode({k: v for k, v in said.items() if k != "exp"}, secret, algorithm="HS256"),
        "over": _jwt.encode(said | {"exp": past}, secret, algorithm="HS256"),
        "not yet": _jwt.encode(said | {"nbf": datetime.now(UTC) + timedelta(hours=1)}, secret, algorithm="HS256"),
        "no account": _jwt.encode(said | {"sub": "awa"}, secret, algorithm="HS256"),
        "roles that are text": _jwt.encode(said | {"roles": 5}, secret, algorithm="HS256"),
        "cut": token[:-4],
        "with more": f"{token}.{payload}",
        "not a token": "admin",
        "very long": "a." * 4000,
        "not ASCII": "été",
    }


@pytest.mark.parametrize("path", ["/v1/me", "/v1/orders", "/v1/events/stream", "/v1/listings/{listing_id}"])
async def test_a_forged_token_is_nobodys(town: Town, path: str) -> None:
    where = path.format(**town.things["listing"])
    for name, token in forged(town).items():
        headers = [(b"Authorization", f"Bearer {token}".encode())]
        answer = await town.anonymous.get(where, headers=headers)
        assert answer.status_code == 401, (name, answer.text)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer"), name


async def test_a_session_that_never_was_is_signed_out(town: Town) -> None:
    awa = town.people["buyer"]
    token = town.world.parts.tokens.issue(Claims(awa.account_id, new_id(), frozenset({"admin"})), real_now())
    order = town.id_of("order")
    for path in ("/v1/me", "/v1/staff/audit", f"/v1/orders/{order}", "/v1/orders", "/v1/orders?role=staff"):
        answer = await town.anonymous.get(path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, path


async def test_a_token_with_anothers_session_is_nobodys(town: Town) -> None:
    """Even one that our own secret signed: on every way in, hot or cold, reading or writing."""
    issued = town.world.parts.tokens
    brunos = issued.read(town.client("seller").headers["authorization"].removeprefix("Bearer "))
    token = issued.issue(Claims(town.people["buyer"].account_id, brunos.session_id, frozenset({"admin"})), real_now())
    order, cart, quote = town.id_of("order"), town.id_of("cart"), town.id_of("quote")
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "anothers-session"}
    for path in ("me", "staff/audit", "orders", f"orders/{order}", f"carts/{cart}", f"quotes/{quote}", "events/stream"):
        answer = await town.anonymous.get(f"/v1/{path}", headers=headers)
        assert answer.status_code == 401, path
    for path, body in (
        (f"orders/{order}/transitions", {"action": "cancel"}),
        (f"quotes/{quote}/transitions", {"action": "ask_changes", "message": "Trop cher."}),
        ("carts", {}),
        (f"carts/{cart}/lines", {"name": "Bazin indigo", "url": "https://maison-du-bazin.example/indigo"}),
        ("orders", {"kind": "service", "listing_id": town.id_of("listing")}),
        ("auth/logout", None),
    ):
        answer = await town.anonymous.post(f"/v1/{path}", json=body, headers=headers)
        assert answer.status_code == 401, path


async def test_other_schemes_sign_nobody_in(town: Town) -> None:
    token = good_token(town)
    for value in (token, f"Basic {token}", f"Token {token}", f"Bearer{token}", "Bearer"):
        answer = await town.anonymous.get("/v1/me", headers={"Authorization": value})
        assert answer.status_code == 401, value
    assert (await town.anonymous.get(f"/v1/me?access_token={token}")).status_code == 422
    assert (await town.anonymous.get("/v1/me", headers={"Cookie": f"access_token={token}"})).status_code == 401
