"""Development's secrets: each data folder has its own, and only its user reads the key."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from orderhub.infra.development_secrets import KEY_FILE, KeyDamagedError, with_development_secrets
from orderhub.settings import AuthSettings, Mode, Settings, TrackingSettings


def settings_of(folder: Path | None, **groups: object) -> Settings:
    plain = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    server = plain.server.model_copy(update={"data_dir": folder})
    return plain.model_copy(update={"server": server, **groups})


def secrets_of(settings: Settings) -> list[str]:
    found = [
        settings.auth.secret,
        settings.files.secret,
        settings.payments.api_key,
        settings.payments.webhook_secret,
        settings.mail.inbound_secret,
        *settings.carriers.values(),
    ]
    return [secret.get_secret_value() for secret in found]


def test_each_folder_has_its_own_and_keeps_them(tmp_path: Path) -> None:
    first = secrets_of(with_development_secrets(settings_of(tmp_path / "first")))
    assert secrets_of(with_development_secrets(settings_of(tmp_path / "first"))) == first
    second = secrets_of(with_development_secrets(settings_of(tmp_path / "second")))
    assert len({*first, *second}) == 12
    assert all(len(secret) >= 43 for secret in first)
    assert [bool(re.fullmatch("whsec_[A-Za-z0-9+/]{43}=", secret)) for secret in first] == [False] * 3 + [True] * 3


def test_only_this_user_reads_the_key(tmp_path: Path) -> None:
    with_development_secrets(settings_of(tmp_path))
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_several_processes_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(with_development_secrets, [settings_of(tmp_path)] * 8))
    assert len({tuple(secrets_of(settings)) for settings in made}) == 1
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_what_is_set_stays(tmp_path: Path) -> None:
    auth = AuthSettings(secret=SecretStr("set-by-whoever-deploys-it-here"))
    settings = with_development_secrets(settings_of(tmp_path, auth=auth, tracking=TrackingSettings(carriers={})))
    assert settings.auth == auth
    assert settings.carriers == {}


def test_production_gets_none(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, mode=Mode.PRODUCTION)
    assert with_development_secrets(settings) == settings
    assert not list(tmp_path.iterdir())


def test_without_a_folder_they_are_of_this_moment() -> None:
    assert secrets_of(with_development_secrets(settings_of(None))) != secrets_of(
        with_development_secrets(settings_of(None))
    )


@pytest.mark.parametrize("content", ["", "zz", "00" * 16])
def test_a_damaged_key_is_told_not_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / KEY_FILE).write_text(content)
    with pytest.raises(KeyDamagedError, match="delete it"):
        with_development_secrets(settings_of(tmp_path))
    assert (tmp_path / KEY_FILE).read_text() == content
