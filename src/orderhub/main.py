"""The ASGI entry: ``uvicorn orderhub.main:app``. Settings come from the environment and ``.env``.

Whoever starts it chooses where it listens, so development mode looks at each connection instead.
"""

from orderhub.api.middleware import LoopbackOnly
from orderhub.bootstrap import build_application
from orderhub.infra.embedded_postgres import default_data_dir
from orderhub.infra.telemetry import configure_logs
from orderhub.settings import Mode, Settings

_settings = Settings()
_folder = (_settings.server.data_dir or default_data_dir()).expanduser().absolute()
_settings = _settings.model_copy(update={"server": _settings.server.model_copy(update={"data_dir": _folder})})
configure_logs(_settings.telemetry)
app = build_application(_settings, tune_memory=True)
if _settings.mode is Mode.DEVELOPMENT and not _settings.server.insecure:
    app.add_middleware(LoopbackOnly)
