"""One frozen `Settings` in nested groups, read from the environment and ``.env``.

``ORDERHUB_<GROUP>_<NAME>``: ``ORDERHUB_DATABASE_URL`` is ``settings.database.url``. The environment
holds only what belongs to a deployment; durations, fees and commissions are rows that staff change.
Production mode refuses to start with an unsafe value and names each one: see ``safety``.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from orderhub.kit.bank_codes import read_bic, read_iban, show_iban

_POSTGRESQL: Final = ("postgresql", "postgres")
_FRONT_ENDS: Final = (3000, 4173, 4200, 4321, 5173, 8080, 8081)
"""Where the development servers of front ends listen unless told otherwise: Next, Vite, Angular, Astro, Expo."""
_OF_THIS_MACHINE: Final = ("127.0.0.1", "localhost")

UNSET = SecretStr("")
"""A secret that nobody set: development makes its own (``infra/development_secrets.py``), production refuses it."""
NO_PROVIDER = "none"
"""The payment provider of who is paid by hand alone."""
SANDBOX = "sandbox"
"""The payment provider that moves no money."""


class Mode(StrEnum):
    """What kind of deployment this is."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Port = Annotated[int, Field(ge=0, le=65_535)]


def _of_postgresql(url: SecretStr) -> SecretStr:
    scheme, found, _ = url.get_secret_value().partition("://")
    if found and scheme.partition("+")[0] not in _POSTGRESQL:
        message = f"it begins with {scheme[:20]}://, and OrderHub runs on PostgreSQL: write postgresql://…"
        raise ValueError(message)
    return url


class DatabaseSettings(_Group):
    """Where PostgreSQL is. Without a URL the embedded one is started in the data folder."""

    url: Annotated[SecretStr, AfterValidator(_of_postgresql)] | None = None
    pool: Annotated[int, Field(ge=1, le=200)] = 10
    """Connections for hot paths; cold paths have as many again."""
    wait: Annotated[float, Field(gt=0, le=60)] = 5.0
    """Seconds a request waits for a connection before it is refused with a 503."""
    statement_cache: Annotated[int, Field(ge=0, le=10_000)] = 256
    """Prepared statements kept per connection; 0 behind PgBouncer in transaction mode."""


class ServerSettings(_Group):
    """Where the API listens, and how it is reached from outside."""

    host: str = "127.0.0.1"
    port: Port = 8000
    public_url: str = "http://127.0.0.1:8000"
    """The API's own base URL in links and in the OpenAPI document."""
    front_url: str = "http://127.0.0.1:3000"
    """The front end's base URL: mails link there."""
    cors_origins: tuple[str, ...] = Field(default_factory=lambda given: _origins_of(given["front_url"]))
    """Origins whose pages may call the API. Left out: the front end's, and in its stead on this machine several."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses and networks whose ``X-Forwarded-For`` is believed."""
    insecure: bool = False
    """Whether development mode may listen where other machines reach it."""
    data_dir: Path | None = None
    """Data folder of the embedded database, the file store and the dev mailbox."""


def _origins_of(front_url: str) -> tuple[str, ...]:
    """The front end's origin; of one on this machine, also those at the ports that front ends in development have."""
    try:
        address = urlsplit(front_url)
        port = address.port
    except ValueError:
        return ()
    origin = f"{address.scheme}://{address.netloc}"
    if address.hostname not in _OF_THIS_MACHINE:
        return (origin,)
    ports = (port, *_FRONT_ENDS) if port else _FRONT_ENDS
    others = (f"http://{name}:{each}" for each in ports for name in _OF_THIS_MACHINE)
    return tuple(dict.fromkeys((origin, *others)))


class AuthSettings(_Group):
    """Tokens and passwords."""

    secret: SecretStr = UNSET
    access_minutes: Annotated[int, Field(ge=1, le=120)] = 15
    refresh_days: Annotated[int, Field(ge=1, le=365)] = 30
    parallel_hashes: Annotated[int, Field(ge=1, le=64)] = 2
    """Password hashes computed at the same time (64 MiB and 90 ms each)."""


class MailSettings(_Group):
    """Outgoing mail. Without a host, mails are kept in the dev mailbox only."""

    host: str | None = None
    port: Port = 587
    user: str | None = None
    password: SecretStr | None = None
    start_tls: bool = True
    sender: str = "OrderHub <no-reply@orderhub.example>"
    reply_domain: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,200}$")] = "reply.orderhub.example"
    """The domain of reply addresses: its mails come back to ``orderhub mail-in`` or ``POST /v1/hooks/mail``."""
    inbound_secret: SecretStr = UNSET
    """Signs what is posted to the mail hook, and makes reply addresses that nobody can guess."""


class WhatsAppSettings(_Group):
    """WhatsApp through Meta's Cloud API. Without a number's id and a token, staff get links to send by hand."""

    url: str = "https://graph.facebook.com"
    version: Annotated[str, Field(pattern=r"^v\d{1,3}\.\d{1,2}$")] = "v23.0"
    phone_number_id: Annotated[str, Field(pattern=r"^\d{1,32}$")] | None = None
    """Meta's id of the number that we send from; not the number itself."""
    token: SecretStr | None = None
    """A system user's access token."""
    template: Annotated[str, Field(pattern="^[a-z0-9_]{1,512}$")] | None = None
    """An approved template with three body parameters: headline, text and link, in French and in English.

    WhatsApp lets a business begin a conversation with a template alone; plain text, which is sent
    without one, only reaches people who wrote to us within a day.
    """

    @property
    def is_configured(self) -> bool:
        """Whether messages can be sent at all."""
        return self.phone_number_id is not None and self.token is not None


class PaymentSettings(_Group):
    """The payment provider: ``sandbox``, or ``none`` where payments are made by hand alone."""

    provider: str = SANDBOX
    url: str | None = None
    """Base URL of the provider; without one, ``serve`` starts the sandbox provider beside the API."""
    api_key: SecretStr = UNSET
    webhook_secret: SecretStr = UNSET


class TrackingSettings(_Group):
    """Carriers whose tracking feeds are believed."""

    carriers: dict[Annotated[str, Field(pattern="^[a-z0-9-]{1,40}$")], SecretStr] | None = None
    """The secret of each carrier's feed (Standard Webhooks) by name, as JSON. Development makes one to try."""


class FileSettings(_Group):
    """Where uploads are stored: ``file:///…``, ``s3://bucket``, ``gs://…`` (obstore URLs)."""

    url: str | None = None
    secret: SecretStr = UNSET
    """Signs the download links that we give out ourselves."""
    max_bytes: Annotated[int, Field(ge=1024, le=100_000_000)] = 20_000_000
    daily_files: Annotated[int, Field(ge=1, le=1_000_000)] = 500
    """Uploads of one account from midnight to midnight UTC, refused ones among them."""
    daily_bytes: Annotated[int, Field(ge=1024, le=2**50)] = 2_000_000_000
    """Likewise."""
    kept_bytes: Annotated[int, Field(ge=1024, le=2**50)] = 20_000_000_000
    """What is kept of one account's uploads altogether."""


class DocumentSettings(_Group):
    """How many documents are printed at the same time, and seconds before a request for one is refused with a 503."""

    parallel: Annotated[int, Field(ge=1, le=64)] = 2
    wait: Annotated[float, Field(gt=0, le=60)] = 10.0


class LimitSettings(_Group):
    """Requests per minute, and where they are counted (``memory://`` or ``redis://…``)."""

    storage: str = "memory://"
    enabled: bool = True
    per_account: Annotated[int, Field(ge=1)] = 600
    per_address: Annotated[int, Field(ge=1)] = 300
    sign_in: Annotated[int, Field(ge=1)] = 60
    concurrent: Annotated[int, Field(ge=1)] = 200
    """Requests worked on at once; more are refused with a 503."""
    head_seconds: Annotated[float, Field(gt=0, le=600)] = 10.0
    """How long the head of a request may take to arrive. This and what follows keep slow clients from piling up."""
    body_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    """The same of a body of at most 1 MiB."""
    upload_seconds: Annotated[float, Field(gt=0, le=7200)] = 600.0
    """The same of an upload and of an inbound mail."""
    answer_seconds: Annotated[float, Field(gt=0, le=7200)] = 120.0
    """How long a client may leave the next piece of an answer (some 50 kB) waiting."""


class TelemetrySettings(_Group):
    """Logs and traces."""

    log_level: Annotated[str, Field(pattern="(?i)^(debug|info|warning|error|critical)$")] = "info"
    log_json: bool = False
    otlp_endpoint: str | None = None
    metrics_token: SecretStr | None = None
    """What `GET /metrics` asks for as a bearer token. Without one it answers this machine alone."""


class SandboxSettings(_Group):
    """What only development has: the steerable clock and the readable mailbox."""

    clock: bool = True
    mailbox: bool = True


Iban = Annotated[str, AfterValidator(lambda text: show_iban(read_iban(text)))]
Bic = Annotated[str, AfterValidator(read_bic)]

EXAMPLE_STREET = "12 rue de l’Exemple"
"""Where no house is. Production refuses it: proformas and invoices must name the one that issues them."""


class HouseSettings(_Group):
    """The operator: name and address on documents, time zone of working days, default currency."""

    name: str = "OrderHub"
    time_zone: str = "Europe/Paris"
    street: tuple[str, ...] = (EXAMPLE_STREET,)
    """One to three lines."""
    postcode: str | None = "75002"
    city: str | None = "Paris"
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "FR"
    support_email: str = "support@orderhub.example"
    email: str = Field(default_factory=lambda given: given["support_email"])
    """The staff's inbox, which is also on documents."""
    phone: str | None = None
    vat_id: str | None = None
    registration: str | None = None
    """Register and number, as in ``RCS Paris 123 456 789``."""
    legal: str | None = None
    """One line below each page of a document: legal form, capital and what else the law asks for."""
    tax_note: str | None = None
    """Why no tax is asked where none is, as in ``TVA non applicable, art. 293 B du CGI``."""
    bank: str | None = None
    iban: Iban | None = None
    """In groups of four, as it is printed."""
    bic: Bic | None = None

    rulings_by_others: bool | None = None
    """Whether who rules on a dispute of the house's own orders has not acted on it before. Left out: in production."""

    def identity(self) -> dict[str, Any]:
        """What documents say of the house."""
        return self.model_dump(exclude={"support_email", "rulings_by_others"})


class Settings(BaseSettings):
    """Everything a deployment may choose."""

    model_config = SettingsConfigDict(
        env_prefix="ORDERHUB_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_file=".env",
        frozen=True,
        extra="ignore",
    )

    mode: Mode = Mode.DEVELOPMENT
    database: DatabaseSettings = DatabaseSettings()
    server: ServerSettings = ServerSettings()
    auth: AuthSettings = AuthSettings()
    mail: MailSettings = MailSettings()
    whatsapp: WhatsAppSettings = WhatsAppSettings()
    payments: PaymentSettings = PaymentSettings()
    tracking: TrackingSettings = TrackingSettings()
    files: FileSettings = FileSettings()
    documents: DocumentSettings = DocumentSettings()
    limits: LimitSettings = LimitSettings()
    telemetry: TelemetrySettings = TelemetrySettings()
    sandbox: SandboxSettings = SandboxSettings()
    house: HouseSettings = HouseSettings()

    @property
    def carriers(self) -> Mapping[str, SecretStr]:
        """The secrets of the carriers' feeds, by name."""
        return self.tracking.carriers or {}

    @property
    def rulings_by_others(self) -> bool:
        """Whether disputes of the house's own orders are ruled by somebody who has not acted on them before."""
        asked = self.house.rulings_by_others
        return self.mode is Mode.PRODUCTION if asked is None else asked
