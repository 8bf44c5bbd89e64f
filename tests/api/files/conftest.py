"""Uploads are kept in memory."""

import pytest
from pydantic import SecretStr

from orderhub.settings import FileSettings, Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    files = FileSettings(url="memory:///", secret=SecretStr("a secret of the tests"))
    return settings.model_copy(update={"files": files})
