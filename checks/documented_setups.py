"""What some documented examples need just before they are sent: tokens of mails, of sign-ins, signatures."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx

from orderhub.adapters.payments.sandbox_server.signing import signed_headers
from orderhub.domain.samples import NEWCOMER_EMAIL, PASSWORD, THEO
from orderhub.infra.development_secrets import CARRIER, with_development_secrets
from orderhub.settings import Settings

MAIL_WITHIN: Final = 20.0

Request = dict[str, Any]


class People:
    """The people of the sample data, each signed in once."""

    def __init__(self, client: httpx.Client, data: Path | None) -> None:
        self.client, self._data = client, data
        self._tokens: dict[str, str] = {}

    def sign_in(self, handle: str) -> dict[str, Any]:
        """New tokens."""
        form = {"username": f"{handle}@example.com", "password": PASSWORD}
        return self.client.post("/v1/auth/token", data=form).raise_for_status().json()

    def authorization(self, handle: str) -> str:
        """The header of somebody who is signed in."""
        if handle not in self._tokens:
            self._tokens[handle] = self.sign_in(handle)["access_token"]
        return f"Bearer {self._tokens[handle]}"

    def mailed_token(self, address: str, purpose: str) -> str:
        """The token of the newest mail to an address whose link leads to a purpose."""
        until = time.monotonic() + MAIL_WITHIN
        while time.monotonic() < until:
            for link in map(urlsplit, self._links(address)):
                token = parse_qs(link.query).get("token")
                if token and purpose in link.path:
                    return token[0]
            time.sleep(0.1)
        message = f"no mail to {address} about {purpose} came within {MAIL_WITHIN:.0f} s"
        raise SystemExit(message)

    def _links(self, address: str) -> list[str]:
        answer = self.client.get("/v1/sandbox/mailbox", params={"to": address}).raise_for_status()
        return [link for mail in answer.json()["data"] for link in mail["links"]]

    def signing_secret(self) -> str:
        """The secret that the server's sandbox provider signs with."""
        return json.loads((self._folder() / "sandbox-provider.json").read_text())["secret"]

    def outside_secret(self, *, mail: bool) -> str:
        """The secret that the server shares with its mail relay, or with a carrier."""
        plain = Settings(_env_file=None, server={"data_dir": self._folder()})  # pyright: ignore[reportCallIssue, reportArgumentType]
        settings = with_development_secrets(plain)
        return (settings.mail.inbound_secret if mail else settings.carriers[CARRIER]).get_secret_value()

    def _folder(self) -> Path:
        if self._data is None:
            message = "the server's secrets are in its data folder: name it with --data-dir"
            raise SystemExit(message)
        return self._data


def _confirmation_token(people: People, _caller: str, request: Request) -> None:
    request["json"]["token"] = people.mailed_token(NEWCOMER_EMAIL, "confirm")


def _password_token(people: People, _caller: str, request: Request) -> None:
    request["json"]["token"] = people.mailed_token(THEO.email, "password")


def _refresh_token(people: People, _caller: str, request: Request) -> None:
    request["json"]["refresh_token"] = people.sign_in("awa")["refresh_token"]


def _sign_in(people: People, caller: str, request: Request) -> None:
    request["headers"]["Authorization"] = f"Bearer {people.sign_in(caller)['access_token']}"


def _download_link(people: People, _caller: str, request: Request) -> None:
    about = people.client.get(request["url"].removesuffix("/content")).raise_for_status().json()
    request["params"] = dict(httpx.URL(about["url"]).params)


def _thumbnail_link(people: People, _caller: str, request: Request) -> None:
    about = people.client.get(request["url"].removesuffix("/thumbnail")).raise_for_status().json()
    request["params"] = dict(httpx.URL(about["thumbnail_url"]).params)


def _original_link(people: People, caller: str, request: Request) -> None:
    signed_in = {"Authorization": people.authorization(caller)}
    about = people.client.get(request["url"].removesuffix("/original"), headers=signed_in).raise_for_status().json()
    request["params"] = dict(httpx.URL(about["original"]["url"]).params)


def _documents(people: People, caller: str, request: Request) -> None:
    folder, _, _ = request["url"].rpartition("/doc_")
    found = people.client.get(folder, headers={"Authorization": people.authorization(caller)}).raise_for_status()
    request["url"] = found.json()["data"][0]["pdf"]


def _signature(people: People, _caller: str, request: Request) -> None:
    body = request.pop("json")
    text = json.dumps(body)
    request["content"] = text
    request["headers"] |= signed_headers(people.signing_secret(), body["id"], text, datetime.now(UTC))


def _outside_signature(people: People, _caller: str, request: Request) -> None:
    body = request.pop("json")
    is_mail = isinstance(body, str)
    text = body if is_mail else json.dumps(body)
    request["content"] = text
    request["headers"] |= signed_headers(people.outside_secret(mail=is_mail), "msg_example", text, datetime.now(UTC))
    request["headers"]["content-type"] = "message/rfc822" if is_mail else "application/json"


SETUPS: Final[dict[str, Callable[[People, str, Request], None]]] = {
    "confirmation_token": _confirmation_token,
    "password_token": _password_token,
    "refresh_token": _refresh_token,
    "sign_in": _sign_in,
    "download_link": _download_link,
    "thumbnail_link": _thumbnail_link,
    "original_link": _original_link,
    "documents": _documents,
    "signature": _signature,
    "outside_signature": _outside_signature,
}
