"""`orderhub settings`, and what production refuses to start with."""

from pathlib import Path

from tests.cli.running import Orderhub

SAFE = {
    "mode": "production",
    "auth_secret": "a" * 40,
    "files_secret": "f" * 40,
    "payments_api_key": "k" * 40,
    "payments_webhook_secret": "w" * 40,
    "payments_provider": "stripe",
    "sandbox_clock": "false",
    "sandbox_mailbox": "false",
    "house_street": '["3 quai de Rive-Neuve"]',
    "mail_host": "smtp.example.fr",
    "mail_inbound_secret": "m" * 40,
    "mail_reply_domain": "reponses.maison.fr",
    "tracking_carriers": '{"colissimo": "whsec_Y29saXNzaW1vLWlzLWhlYXJkLXdpdGgtdGhpcw=="}',
    "database_url": "postgresql://hub:secret-of-hub@db.example.fr/hub",
}


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
    assert answer.status == 0
    assert line(answer.said, "ORDERHUB_AUTH_SECRET").endswith("(hidden)  (environment)")
    assert line(answer.said, "ORDERHUB_DATABASE_URL").split()[1] == "postgresql://hub:***@db.example.fr/hub"
    assert line(answer.said, "ORDERHUB_TRACKING_CARRIERS").split()[1:] == ["colissimo", "(hidden)", "(environment)"]
    for secret in ("a" * 40, "w" * 40, "Y29saXNza", "secret-of-hub", "secret-of-redis", "geheim-9"):
        assert secret not in answer.said


def test_development_is_told_what_production_would_refuse(orderhub: Orderhub) -> None:
    answer = orderhub("settings")
    assert answer.status == 0
    assert "production would refuse\n  ORDERHUB_AUTH_SECRET is the development secret" in answer.said


def test_production_names_each_unsafe_value(orderhub: Orderhub, tmp_path: Path) -> None:
    feeds = '{"colissimo": "whsec_c2hvcnQ="}'
    unsafe = {**SAFE, "sandbox_clock": "true", "files_secret": "short", "tracking_carriers": feeds}
    for command in (("serve", "--data-dir", str(tmp_path / "hub")), ("api",), ("worker",)):
        answer = orderhub(*command, **unsafe)
        assert answer.status == 1
        assert "ORDERHUB_SANDBOX_CLOCK must be false" in answer.complained
        assert "ORDERHUB_FILES_SECRET is the development secret" in answer.complained
        assert "ORDERHUB_TRACKING_CARRIERS (colissimo) is the development secret" in answer.complained
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


def test_production_wants_whatsapp_whole_and_encrypted_or_not_at_all(orderhub: Orderhub) -> None:
    unsafe = {**SAFE, "whatsapp_token": "EAAG-geheim", "whatsapp_url": "http://graph.example"}
    answer = orderhub("worker", **unsafe)
    assert answer.status == 1
    assert "ORDERHUB_WHATSAPP_PHONE_NUMBER_ID and ORDERHUB_WHATSAPP_TOKEN go together" in answer.complained
    assert "ORDERHUB_WHATSAPP_URL must begin with https://" in answer.complained
    whole = orderhub("settings", **SAFE, whatsapp_token="EAAG-geheim", whatsapp_phone_number_id="106540352242922")
    assert line(whole.said, "ORDERHUB_WHATSAPP_TOKEN").endswith("(hidden)  (environment)")
    assert "EAAG-geheim" not in whole.said + answer.complained
    assert "ORDERHUB_WHATSAPP" not in whole.complained


def test_the_houses_iban_and_bic_are_checked_and_printed_alike(orderhub: Orderhub) -> None:
    said = orderhub("settings", house_iban="fr7630006000011234567890189", house_bic="agri fr pp").said
    assert "FR76 3000 6000 0112 3456 7890 189" in line(said, "ORDERHUB_HOUSE_IBAN")
    assert "AGRIFRPP" in line(said, "ORDERHUB_HOUSE_BIC")
    answer = orderhub("settings", house_iban="FR7630006000011234567890188", house_bic="AGRIXXPP")
    assert answer.status == 1
    assert "ORDERHUB_HOUSE_IBAN is no good" in answer.complained
    assert "ORDERHUB_HOUSE_BIC is no good" in answer.complained
