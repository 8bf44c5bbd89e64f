"""What production refuses to start with: each value by the name of its variable, and what to do about it."""

import os
from collections.abc import Iterator
from itertools import chain
from typing import Final

from orderhub.safety.addresses import is_nobodys, split, why_no_origin, why_no_proxy, why_not_public
from orderhub.safety.secrets import unsafe_secrets
from orderhub.settings import EXAMPLE_STREET, NO_PROVIDER, SANDBOX, Mode, Settings

PROVIDERS: Final = frozenset({NO_PROVIDER, SANDBOX})
"""The payment providers that this version knows."""

_MOST_A_MINUTE: Final = {"per_account": 60_000, "per_address": 60_000, "sign_in": 600}
_STORES: Final = frozenset({"file", "s3", "s3a", "gs", "az", "adl", "azure", "abfs", "abfss", "https"})
_ALLOW_HTTP: Final = ("AWS_ALLOW_HTTP", "AZURE_ALLOW_HTTP", "GOOGLE_ALLOW_HTTP")
"""Variables of the storage's own."""
_FALSE: Final = frozenset({"", "0", "false", "no", "off"})
_GUESSED: Final = frozenset({"postgres", "password", "orderhub", "changeme", "secret", "admin", "root", "hub"})


def unsafe(settings: Settings) -> tuple[str, ...]:
    """What production refuses, a sentence each; empty in development."""
    if settings.mode is not Mode.PRODUCTION:
        return ()
    checks = (unsafe_secrets, _database, _server, _mail, _payments, _limits, _files, _sandbox, _whatsapp, _house)
    return tuple(chain.from_iterable(check(settings) for check in checks))


def _database(settings: Settings) -> Iterator[str]:
    if settings.database.url is None:
        yield "ORDERHUB_DATABASE_URL is not set: name a PostgreSQL, as in postgresql://user:password@host/name."
        return
    address = split(settings.database.url.get_secret_value())
    if address is not None and address.password and address.password in {*_GUESSED, address.username}:
        yield "ORDERHUB_DATABASE_URL has a password that is among the first to be guessed: choose another one."


def _server(settings: Settings) -> Iterator[str]:
    server = settings.server
    for name, url in (("PUBLIC_URL", server.public_url), ("FRONT_URL", server.front_url)):
        if (why := why_not_public(url)) is not None:
            yield f"ORDERHUB_SERVER_{name} ({url}) {why}: give the https:// address that people use."
    # Where none are named they follow the front end's address, which was looked at above.
    for origin in server.cors_origins if "cors_origins" in server.model_fields_set else ():
        if (why := why_no_origin(origin)) is not None:
            yield f"ORDERHUB_SERVER_CORS_ORIGINS ({origin}) {why}: name each front end, as in https://boutique.fr."
    for proxy in server.trusted_proxies:
        if (why := why_no_proxy(proxy)) is not None:
            yield f"ORDERHUB_SERVER_TRUSTED_PROXIES ({proxy}) {why}: name the addresses or networks of your proxies."
    if server.insecure:
        yield "ORDERHUB_SERVER_INSECURE (--insecure) is for development: leave it out."


def _mail(settings: Settings) -> Iterator[str]:
    mail = settings.mail
    if mail.host is None:
        yield "ORDERHUB_MAIL_HOST is not set: name your mail server."
    if not mail.start_tls:
        yield "ORDERHUB_MAIL_START_TLS is false, and mails and the password travel in the clear: set it to true."
    if is_nobodys(mail.sender):
        yield "ORDERHUB_MAIL_SENDER is no address of yours: set one, as in Ma boutique <no-reply@boutique.fr>."
    if is_nobodys(mail.reply_domain):
        yield "ORDERHUB_MAIL_REPLY_DOMAIN is no domain of yours: set the one whose mails come back to OrderHub."


def _payments(settings: Settings) -> Iterator[str]:
    payments, known = settings.payments, ", ".join(sorted(PROVIDERS - {SANDBOX}))
    if payments.provider == SANDBOX:
        yield f"ORDERHUB_PAYMENTS_PROVIDER is the sandbox, which moves no money: choose one of {known}."
    elif payments.provider not in PROVIDERS:
        yield f"ORDERHUB_PAYMENTS_PROVIDER ({payments.provider}) is unknown to this version: choose one of {known}."
    if payments.url is not None and (why := why_not_public(payments.url)) is not None:
        yield f"ORDERHUB_PAYMENTS_URL ({payments.url}) {why}: give the provider's own address, or leave it out."


def _limits(settings: Settings) -> Iterator[str]:
    if not settings.limits.enabled:
        yield "ORDERHUB_LIMITS_ENABLED is false, and anybody may guess and flood: set it to true."
    for name, most in _MOST_A_MINUTE.items():
        if getattr(settings.limits, name) > most:
            yield f"ORDERHUB_LIMITS_{name.upper()} is as good as no limit: set at most {most} a minute."


def _files(settings: Settings) -> Iterator[str]:
    scheme = (settings.files.url or "file:").partition(":")[0].lower()
    if scheme not in _STORES:
        yield f"ORDERHUB_FILES_URL ({scheme}:) does not keep uploads safely: name s3://…, gs://…, az://… or file:///…."
    for name in _ALLOW_HTTP:
        if os.environ.get(name, "").strip().lower() not in _FALSE:
            yield f"{name} lets uploads travel in the clear: leave it out, and reach the storage by https."


def _sandbox(settings: Settings) -> Iterator[str]:
    if settings.sandbox.clock:
        yield "ORDERHUB_SANDBOX_CLOCK is true, and anybody may turn the clock: set it to false."
    if settings.sandbox.mailbox:
        yield "ORDERHUB_SANDBOX_MAILBOX is true, and anybody may read the mails: set it to false."


def _whatsapp(settings: Settings) -> Iterator[str]:
    whatsapp = settings.whatsapp
    if (whatsapp.phone_number_id is None) != (whatsapp.token is None):
        yield "ORDERHUB_WHATSAPP_PHONE_NUMBER_ID and ORDERHUB_WHATSAPP_TOKEN go together: set both or none."
    if (why := why_not_public(whatsapp.url)) is not None:
        yield f"ORDERHUB_WHATSAPP_URL {why}: leave it out for Meta's own."


def _house(settings: Settings) -> Iterator[str]:
    house = settings.house
    if EXAMPLE_STREET in house.street:
        yield "ORDERHUB_HOUSE_STREET is the example's: set yours, which documents name."
    if is_nobodys(house.support_email):
        yield "ORDERHUB_HOUSE_SUPPORT_EMAIL is no address of yours: set the one where people ask for help."
    if house.email != house.support_email and is_nobodys(house.email):
        yield "ORDERHUB_HOUSE_EMAIL is no address of yours: set the staff's inbox."
