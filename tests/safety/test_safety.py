"""What production refuses: each unsafe value by its name, all at once, each with what to do."""

from base64 import b64encode
from typing import Any

import pytest

from orderhub.safety import unsafe
from orderhub.settings import Mode, ServerSettings, Settings
from tests.making.deployments import SAFE, safe_settings, signing_secret

OLD = "development-only-secret-do-not-use-in-production"
OLD_WEBHOOK = "ZGV2ZWxvcG1lbnQtb25seS1zZWNyZXQtZG8tbm90LXVzZQ=="
COLISSIMO, CHRONOPOST = signing_secret("colissimo"), signing_secret("chronopost")


def test_a_safe_deployment_starts() -> None:
    assert unsafe(safe_settings()) == ()


def test_development_may_do_anything() -> None:
    assert unsafe(Settings(_env_file=None)) == ()  # pyright: ignore[reportCallIssue]


UNSAFE: list[tuple[dict[str, Any], str, str]] = [
    ({"auth": {"secret": ""}}, "ORDERHUB_AUTH_SECRET", "is not set"),
    ({"auth": {"secret": "k3Jq9-Vt7w_Zr5Lx2Bn8Pm4Hs6Dg1Fc"}}, "ORDERHUB_AUTH_SECRET", "shorter than 32"),
    ({"auth": {"secret": "a" * 40}}, "ORDERHUB_AUTH_SECRET", "repeats itself"),
    ({"auth": {"secret": OLD}}, "ORDERHUB_AUTH_SECRET", "development secret"),
    ({"auth": {"secret": f" {OLD.upper()}"}}, "ORDERHUB_AUTH_SECRET", "development secret"),
    ({"files": {"secret": b64encode(OLD.encode()).decode()}}, "ORDERHUB_FILES_SECRET", "development secret"),
    ({"files": {"secret": SAFE["auth"]["secret"]}}, "ORDERHUB_AUTH_SECRET and ORDERHUB_FILES_SECRET", "the same"),
    ({"mail": {"inbound_secret": ""}}, "ORDERHUB_MAIL_INBOUND_SECRET", "is not set"),
    ({"mail": {"inbound_secret": f"whsec_{OLD_WEBHOOK}"}}, "ORDERHUB_MAIL_INBOUND_SECRET", "development secret"),
    ({"mail": {"inbound_secret": OLD_WEBHOOK}}, "ORDERHUB_MAIL_INBOUND_SECRET", "development secret"),
    ({"mail": {"inbound_secret": OLD_WEBHOOK.rstrip("=")}}, "ORDERHUB_MAIL_INBOUND_SECRET", "development secret"),
    ({"mail": {"inbound_secret": "whsec_" + "é" * 40}}, "ORDERHUB_MAIL_INBOUND_SECRET", "no signing secret"),
    ({"mail": {"inbound_secret": "whsec_" + "-_" * 20}}, "ORDERHUB_MAIL_INBOUND_SECRET", "no signing secret"),
    ({"mail": {"inbound_secret": "whsec_" + "Ab1/" * 20 + "A"}}, "ORDERHUB_MAIL_INBOUND_SECRET", "no signing secret"),
    ({"mail": {"inbound_secret": signing_secret("x", 23)}}, "ORDERHUB_MAIL_INBOUND_SECRET", "too short"),
    ({"mail": {"inbound_secret": signing_secret("x", 65)}}, "ORDERHUB_MAIL_INBOUND_SECRET", "too long"),
    ({"mail": {"inbound_secret": "whsec_" + "A" * 40}}, "ORDERHUB_MAIL_INBOUND_SECRET", "repeats itself"),
    (
        {"tracking": {"carriers": {"colissimo": COLISSIMO, "chronopost": COLISSIMO.removeprefix("whsec_")}}},
        "ORDERHUB_TRACKING_CARRIERS (colissimo) and ORDERHUB_TRACKING_CARRIERS (chronopost)",
        "the same",
    ),
    ({"tracking": {"carriers": {"colissimo": f"whsec_{OLD_WEBHOOK}"}}}, "(colissimo)", "development secret"),
    ({"database": {"url": None}}, "ORDERHUB_DATABASE_URL", "name a PostgreSQL"),
    ({"database": {"url": "postgresql://hub:hub@db.maison.fr/hub"}}, "ORDERHUB_DATABASE_URL", "guessed"),
    ({"database": {"url": "postgresql://x:postgres@db.maison.fr/hub"}}, "ORDERHUB_DATABASE_URL", "guessed"),
    ({"server": {"public_url": "http://hub.maison.fr"}}, "ORDERHUB_SERVER_PUBLIC_URL", "https://"),
    ({"server": {"public_url": "https://localhost:8000"}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://LOCALHOST."}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://hub.localhost"}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://127.0.0.1"}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://127.1"}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://2130706433"}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://0.0.0.0"}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://[::1]"}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://[::ffff:127.0.0.1]"}}, "ORDERHUB_SERVER_PUBLIC_URL", "this machine"),
    ({"server": {"public_url": "https://[::1"}}, "ORDERHUB_SERVER_PUBLIC_URL", "https://"),
    ({"server": {"public_url": "hub.maison.fr"}}, "ORDERHUB_SERVER_PUBLIC_URL", "https://"),
    ({"server": {"public_url": "https://a:b@hub.maison.fr"}}, "ORDERHUB_SERVER_PUBLIC_URL", "more than"),
    ({"server": {"front_url": "http://maison.fr"}}, "ORDERHUB_SERVER_FRONT_URL", "https://"),
    ({"server": {"cors_origins": ["*"]}}, "ORDERHUB_SERVER_CORS_ORIGINS", "any page"),
    ({"server": {"cors_origins": ["null"]}}, "ORDERHUB_SERVER_CORS_ORIGINS", "any page"),
    ({"server": {"cors_origins": [" NULL "]}}, "ORDERHUB_SERVER_CORS_ORIGINS", "any page"),
    ({"server": {"cors_origins": ["http://maison.fr"]}}, "ORDERHUB_SERVER_CORS_ORIGINS", "https://"),
    ({"server": {"cors_origins": ["https://localhost:3000"]}}, "ORDERHUB_SERVER_CORS_ORIGINS", "this machine"),
    ({"server": {"cors_origins": ["https://maison.fr/"]}}, "ORDERHUB_SERVER_CORS_ORIGINS", "path"),
    ({"server": {"trusted_proxies": ["*"]}}, "ORDERHUB_SERVER_TRUSTED_PROXIES", "anybody"),
    ({"server": {"trusted_proxies": ["10.0.0.1", " * "]}}, "ORDERHUB_SERVER_TRUSTED_PROXIES", "anybody"),
    ({"server": {"trusted_proxies": ["0.0.0.0/0"]}}, "ORDERHUB_SERVER_TRUSTED_PROXIES", "far too many"),
    ({"server": {"trusted_proxies": ["0.0.0.0/1", "128.0.0.0/1"]}}, "ORDERHUB_SERVER_TRUSTED_PROXIES", "too many"),
    ({"server": {"trusted_proxies": ["::/0"]}}, "ORDERHUB_SERVER_TRUSTED_PROXIES", "far too many"),
    ({"server": {"trusted_proxies": ["2000::/3"]}}, "ORDERHUB_SERVER_TRUSTED_PROXIES", "far too many"),
    ({"server": {"trusted_proxies": ["8.0.0.0/7"]}}, "ORDERHUB_SERVER_TRUSTED_PROXIES", "far too many"),
    ({"server": {"trusted_proxies": ["proxy.maison.fr"]}}, "ORDERHUB_SERVER_TRUSTED_PROXIES", "no address"),
    ({"server": {"insecure": True}}, "ORDERHUB_SERVER_INSECURE", "leave it out"),
    ({"mail": {"host": None}}, "ORDERHUB_MAIL_HOST", "name your mail server"),
    ({"mail": {"start_tls": False}}, "ORDERHUB_MAIL_START_TLS", "in the clear"),
    ({"mail": {"sender": "OrderHub <no-reply@orderhub.example>"}}, "ORDERHUB_MAIL_SENDER", "no address of yours"),
    ({"mail": {"sender": "root@localhost"}}, "ORDERHUB_MAIL_SENDER", "no address of yours"),
    ({"mail": {"reply_domain": "reply.orderhub.example"}}, "ORDERHUB_MAIL_REPLY_DOMAIN", "no domain of yours"),
    ({"payments": {"provider": "sandbox"}}, "ORDERHUB_PAYMENTS_PROVIDER", "moves no money"),
    ({"payments": {"provider": "stirpe"}}, "ORDERHUB_PAYMENTS_PROVIDER (stirpe)", "unknown"),
    ({"payments": {"url": "http://127.0.0.1:9"}}, "ORDERHUB_PAYMENTS_URL", "https://"),
    ({"telemetry": {"metrics_token": "short"}}, "ORDERHUB_TELEMETRY_METRICS_TOKEN", "shorter than"),
    ({"limits": {"enabled": False}}, "ORDERHUB_LIMITS_ENABLED", "set it to true"),
    ({"limits": {"sign_in": 601}}, "ORDERHUB_LIMITS_SIGN_IN", "at most 600"),
    ({"limits": {"per_address": 10**9}}, "ORDERHUB_LIMITS_PER_ADDRESS", "at most 60000"),
    ({"files": {"url": "memory:///"}}, "ORDERHUB_FILES_URL", "s3://"),
    ({"files": {"url": "http://minio:9000/hub"}}, "ORDERHUB_FILES_URL", "s3://"),
    ({"sandbox": {"clock": True}}, "ORDERHUB_SANDBOX_CLOCK", "set it to false"),
    ({"sandbox": {"mailbox": True}}, "ORDERHUB_SANDBOX_MAILBOX", "set it to false"),
    ({"whatsapp": {"token": "EAAG-secret"}}, "ORDERHUB_WHATSAPP_PHONE_NUMBER_ID", "go together"),
    ({"whatsapp": {"url": "http://graph.facebook.com"}}, "ORDERHUB_WHATSAPP_URL", "https://"),
    ({"house": {"street": ["12 rue de l’Exemple"]}}, "ORDERHUB_HOUSE_STREET", "set yours"),
    ({"house": {"support_email": "support@orderhub.example"}}, "ORDERHUB_HOUSE_SUPPORT_EMAIL", "of yours"),
    ({"house": {"email": "staff@maison.invalid"}}, "ORDERHUB_HOUSE_EMAIL", "staff's inbox"),
]


@pytest.mark.parametrize(("change", "name", "why"), UNSAFE)
def test_an_unsafe_value_is_named_with_what_to_do(change: dict[str, dict[str, Any]], name: str, why: str) -> None:
    found = unsafe(safe_settings(change))
    assert len([sentence for sentence in found if name in sentence and why in sentence]) >= 1, found
    assert all(": " in sentence for sentence in found)


def test_all_are_named_at_once() -> None:
    whole = Settings(_env_file=None, mode=Mode.PRODUCTION)  # pyright: ignore[reportCallIssue]
    found = unsafe(whole)
    for name in ("AUTH_SECRET", "FILES_SECRET", "INBOUND_SECRET", "DATABASE_URL", "PUBLIC_URL", "FRONT_URL"):
        assert any(name in sentence for sentence in found), name
    for name in ("MAIL_HOST", "PAYMENTS_PROVIDER", "SANDBOX_CLOCK", "SANDBOX_MAILBOX", "HOUSE_STREET"):
        assert any(name in sentence for sentence in found), name
    assert not any("CORS_ORIGINS" in sentence for sentence in found)  # they follow FRONT_URL


def test_an_unknown_providers_secrets_are_looked_at_too() -> None:
    change = {"payments": {"provider": "stirpe", "webhook_secret": f"whsec_{OLD_WEBHOOK}", "api_key": OLD}}
    found = "\n".join(unsafe(safe_settings(change)))
    assert "ORDERHUB_PAYMENTS_WEBHOOK_SECRET is a development secret" in found
    assert "ORDERHUB_PAYMENTS_API_KEY is a development secret" in found


@pytest.mark.parametrize(
    "change",
    [
        {"server": {"trusted_proxies": ["10.0.0.0/8", "fc00::/7", "fd00:1::/32", "203.0.113.7", "2001:db8::1", "::1"]}},
        {"server": {"public_url": "https://hub.maison.fr:8443/orders", "front_url": "https://été.fr"}},
        {"server": {"cors_origins": []}},
        {"files": {"url": "s3://uploads/hub"}},
        {"files": {"url": "file:///srv/uploads"}},
        {"tracking": {"carriers": {"colissimo": COLISSIMO, "chronopost": CHRONOPOST}}},
        {"tracking": {"carriers": None}},
        {"mail": {"inbound_secret": signing_secret("x", 24).removeprefix("whsec_")}},
        {"mail": {"inbound_secret": signing_secret("x", 64)}},
        {"limits": {"sign_in": 600}},
        {"auth": {"secret": "k3Jq9-Vt7w_Zr5Lx2Bn8Pm4Hs6Dg1Fcy"}},
    ],
)
def test_what_is_safe_in_another_way_is_taken(change: dict[str, dict[str, Any]]) -> None:
    assert unsafe(safe_settings(change)) == ()


def test_storage_in_the_clear_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    (sentence,) = unsafe(safe_settings())
    assert sentence.startswith("AWS_ALLOW_HTTP lets uploads travel in the clear")


def test_the_front_end_may_call_the_api_unless_others_are_named() -> None:
    assert safe_settings().server.cors_origins == ("https://maison.fr",)
    development = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    ports = (3000, 4173, 4200, 4321, 5173, 8080, 8081)
    local = {f"http://{name}:{port}" for name in ("127.0.0.1", "localhost") for port in ports}
    assert set(development.server.cors_origins) == local
    elsewhere = ServerSettings(front_url="http://localhost:9999")
    assert set(elsewhere.cors_origins) == local | {"http://127.0.0.1:9999", "http://localhost:9999"}
    assert ServerSettings(front_url="http://localhost:99999").cors_origins == ()
