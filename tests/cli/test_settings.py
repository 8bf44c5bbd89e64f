"""`orderhub settings`, and what production refuses to start with."""

from pathlib import Path

import pytest

from tests.cli.running import Orderhub
from tests.making.deployments import safe_environment

SAFE = safe_environment()


def line(said: str, name: str) -> str:
    return next(line for line in said.splitlines() if line.startswith(f"{name} "))


def test_every_value_tells_where_it_came_from(orderhub: Orderhub, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ORDERHUB_HOUSE_NAME=Chez Awa\nORDERHUB_SERVER_PORT=8123\n")
    said = orderhub("settings", server_port="8456").said
    assert line(said, "ORDERHUB_HOUSE_NAME").endswith("Chez Awa  (.env)")
    assert line(said, "ORDERHUB_SERVER_PORT").endswith("8456  (environment)")
    assert line(said, "ORDERHUB_LIMITS_SIGN_IN").endswith("(default)")


def test_secrets_are_hidden(orderhub: Orderhub) -> None:
    answer = orderhub("settings", **SAFE, limits_storage="redis://:secret-of-redis@cache/0", mail_password="geheim-9")
    assert answer.status == 0, answer.said
    assert line(answer.said, "ORDERHUB_AUTH_SECRET").endswith("(hidden)  (environment)")
    assert line(answer.said, "ORDERHUB_DATABASE_URL").split()[1] == "postgresql://hub:***@db.maison.fr/hub"
    assert line(answer.said, "ORDERHUB_TRACKING_CARRIERS").split()[1:] == ["colissimo", "(hidden)", "(environment)"]
    hidden = ("auth_secret", "files_secret", "mail_inbound_secret")
    for secret in (*(SAFE[name] for name in hidden), "les-clefs-du-coffre", "secret-of-redis", "geheim-9"):
        assert secret not in answer.said


def test_development_is_told_what_production_would_refuse_and_makes_nothing(orderhub: Orderhub, tmp_path: Path) -> None:
    answer = orderhub("settings", server_data_dir=str(tmp_path / "hub"))
    assert answer.status == 0
    assert "production would refuse\n  ORDERHUB_AUTH_SECRET is not set" in answer.said
    assert line(answer.said, "ORDERHUB_AUTH_SECRET").endswith("(made in the data folder)  (default)")
    assert not (tmp_path / "hub").exists()


def test_production_names_every_unsafe_value_at_once(orderhub: Orderhub, tmp_path: Path) -> None:
    feeds = '{"colissimo": "whsec_c2hvcnQ="}'
    unsafe = {
        **SAFE,
        "sandbox_clock": "true",
        "files_secret": "short",
        "tracking_carriers": feeds,
        "server_trusted_proxies": '["*"]',
        "server_cors_origins": '["null"]',
        "limits_enabled": "false",
        "mail_start_tls": "false",
    }
    for command in (("serve", "--data-dir", str(tmp_path / "hub")), ("api",), ("worker",)):
        answer = orderhub(*command, **unsafe)
        assert answer.status == 1
        for named in (
            "ORDERHUB_SANDBOX_CLOCK is true",
            "ORDERHUB_FILES_SECRET is shorter than 32 characters",
            "ORDERHUB_TRACKING_CARRIERS (colissimo) is too short",
            "ORDERHUB_SERVER_TRUSTED_PROXIES (*) believes anybody",
            "ORDERHUB_SERVER_CORS_ORIGINS (null) lets any page in",
            "ORDERHUB_LIMITS_ENABLED is false",
            "ORDERHUB_MAIL_START_TLS is false",
        ):
            assert named in answer.complained
        assert "ORDERHUB_AUTH_SECRET" not in answer.complained
    assert orderhub("settings", **unsafe).status == 1
    assert not (tmp_path / "hub").exists()


def test_a_value_that_is_no_good_is_named(orderhub: Orderhub) -> None:
    answer = orderhub("settings", server_port="many", auth_acces_minutes="5", server_cors_origins="https://a.example")
    assert answer.status == 1
    assert "Traceback" not in answer.complained
    answer = orderhub("settings", server_port="many", auth_acces_minutes="5")
    assert "ORDERHUB_SERVER_PORT is no good" in answer.complained
    assert "ORDERHUB_AUTH_ACCES_MINUTES is not a setting" in answer.complained


def test_a_misspelt_group_is_pointed_out(orderhub: Orderhub) -> None:
    answer = orderhub("settings", servr_port="8001")
    assert "ORDERHUB_SERVR_PORT is set, but is not a setting." in answer.said


def test_whatsapps_secrets_are_hidden(orderhub: Orderhub) -> None:
    whole = orderhub("settings", **SAFE, whatsapp_token="EAAG-geheim", whatsapp_phone_number_id="106540352242922")
    assert whole.status == 0
    assert line(whole.said, "ORDERHUB_WHATSAPP_TOKEN").endswith("(hidden)  (environment)")
    assert "EAAG-geheim" not in whole.said


def test_a_level_of_logs_that_is_none_is_named(orderhub: Orderhub) -> None:
    answer = orderhub("settings", telemetry_log_level="loud")
    assert answer.status == 1
    assert "ORDERHUB_TELEMETRY_LOG_LEVEL is no good" in answer.complained


@pytest.mark.parametrize("url", ["mysql://hub:secret@db/hub", "mysql+asyncmy://hub:secret@db/hub", "sqlite:///hub.db"])
def test_another_database_than_postgresql_is_refused_by_its_name(orderhub: Orderhub, url: str) -> None:
    for command in (("serve", "--port", "0"), ("migrate",)):
        answer = orderhub(*command, database_url=url)
        assert answer.status == 1
        scheme = url.partition(":")[0]
        assert f"ORDERHUB_DATABASE_URL is no good: it begins with {scheme}://, and OrderHub runs on PostgreSQL" in (
            answer.complained
        )
        assert "secret" not in answer.complained
