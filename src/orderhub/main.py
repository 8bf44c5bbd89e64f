"""The ASGI entry: ``uvicorn orderhub.main:app``. Settings come from the environment and ``.env``."""

from orderhub.bootstrap import build_application
from orderhub.infra.telemetry import configure_logs
from orderhub.settings import Settings

_settings = Settings()
configure_logs(_settings.telemetry)
app = build_application(_settings, tune_memory=True)
