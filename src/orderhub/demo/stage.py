"""Where the demo plays: requests that are printed, people, the order, and the table it is held to."""

import time
import uuid
from types import TracebackType
from typing import Any, Self

import httpx
from rich.console import Console
from rich.text import Text

Document = dict[str, Any]
_COLOURS = {"grey": "white", "orange": "yellow", "violet": "magenta", "black": "bright_black"}
TOO_MANY = 429
_PATIENCE = 15.0
_PAUSE = 0.1


class DemoError(Exception):
    """Something is not as the table says, or the server can't be played against."""


class Stage:
    """One server, the people on it, and one order."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url.rstrip("/"), timeout=60, trust_env=False)
        self._browser = httpx.Client(timeout=30, trust_env=False)
        self._console = Console(highlight=False, soft_wrap=True)
        self._rows: list[Document] = []
        self._tokens: dict[str, str] = {}
        self.order: Document = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()
        self._browser.close()

    def open(self) -> None:
        """Read the table that every step is held to."""
        self._rows = self.ask(None, "GET", "/v1/processes/service")["transitions"]

    def say(self, sentence: str) -> None:
        """A line between the requests."""
        self._console.print(Text(sentence, style="bold"))

    def fail(self, sentence: str) -> None:
        """What went wrong."""
        self._console.print(Text(f"FAILED: {sentence}", style="bold red"))

    def ask(self, who: str | None, method: str, path: str, **more: Any) -> Any:
        """One request, printed; its answer's body. Raises DemoError unless it succeeds."""
        headers = {"Accept-Language": "en"}
        if who is not None:
            headers["Authorization"] = f"Bearer {self._tokens[who]}"
        if method == "POST":
            headers["Idempotency-Key"] = uuid.uuid4().hex
        answer = self._send(method, path, headers, more)
        is_json = answer.content and "json" in answer.headers.get("content-type", "")
        body: Any = answer.json() if is_json else Document()
        sent: Document = more.get("json") or {}
        action = f" {sent['action']}" if "action" in sent else ""
        self._show(f"{who or '·':<7} {method:<6} {path}{action}  ", answer.status_code, body)
        if not answer.is_success:
            raise DemoError(f"{method} {path} answered {answer.status_code}: {body.get('detail', answer.text)}")
        return body

    def _send(self, method: str, path: str, headers: dict[str, str], more: dict[str, Any]) -> httpx.Response:
        """The answer; a limit of requests is waited out as it asks."""
        try:
            answer = self._http.request(method, path, headers=headers, **more)
            while answer.status_code == TOO_MANY:
                seconds = int(answer.headers["Retry-After"])
                self.say(f"The server asks to wait {seconds} s.")
                time.sleep(seconds)
                answer = self._http.request(method, path, headers=headers, **more)
        except httpx.HTTPError as error:
            raise DemoError(
                f"{self._http.base_url} doesn't answer ({error}). Start it with `orderhub serve`."
            ) from None
        return answer

    def _show(self, asked: str, status: int, body: Any) -> None:
        line = Text(asked)
        line.append(str(status), style="green" if status < 400 else "red")  # noqa: PLR2004
        if "escrow" in body and "status" in body:
            line.append("  ")
            colour = str(body["colour"])
            line.append(str(body["status"]), style=f"bold {_COLOURS.get(colour, colour)}")
            line.append(f"  escrow {_money(body['escrow']['held'])}")
        self._console.print(line)

    def join(self, who: str, name: str) -> None:
        """Register somebody, confirm by the mail that arrives, and sign in."""
        email = f"{who.lower()}.{uuid.uuid4().hex[:8]}@example.com"
        password = uuid.uuid4().hex
        self.ask(None, "POST", "/v1/accounts", json={"email": email, "password": password, "display_name": name})
        token = self._confirmation_token(email)
        self.ask(None, "POST", "/v1/accounts/confirm", json={"token": token})
        self.sign_in(who, email, password)

    def _confirmation_token(self, email: str) -> str:
        for _ in range(int(_PATIENCE / _PAUSE)):
            answer = self._http.get("/v1/sandbox/mailbox", params={"to": email})
            if not answer.is_success:
                raise DemoError("The server has no sandbox mailbox: is it in production mode?")
            links = [link for mail in answer.json()["data"] for link in mail["links"] if "token=" in link]
            if links:
                return str(links[0]).partition("token=")[2]
            time.sleep(_PAUSE)
        raise DemoError(f"No confirmation mail came for {email}: is a worker running?")

    def sign_in(self, who: str, email: str, password: str) -> None:
        """Have this person's token from now on."""
        form = {"grant_type": "password", "username": email, "password": password}
        self._tokens[who] = self.ask(None, "POST", "/v1/auth/token", data=form)["access_token"]

    def act(self, who: str, action: str, **fields: Any) -> None:
        """Take a row of the table; what comes of it must be one of the rows."""
        before = str(self.order["status"])
        path = f"/v1/orders/{self.order['id']}/transitions"
        self.order = self.ask(who, "POST", path, json={"action": action, **fields})
        self._hold_to_table(before, action, str(self.order["status"]))

    def _hold_to_table(self, left: str | None, action: str, to: str) -> None:
        if not any((row["from"], row["action"], row["to"]) == (left, action, to) for row in self._rows):
            raise DemoError(f"The table has no row {left} → {action} → {to}.")

    def place(self, who: str, listing_id: str, options: list[str]) -> None:
        """Place the order that is played."""
        body = {"kind": "service", "listing_id": listing_id, "options": options}
        self.order = self.ask(who, "POST", "/v1/orders", json=body)
        self._hold_to_table(None, "place", str(self.order["status"]))

    def pay(self, who: str, card: str) -> None:
        """Pay by card: start the payment here, confirm it at the provider as a browser does."""
        body = {"method": "card", "return_url": "https://boutique.example/retour"}
        payment = self.ask(who, "POST", f"/v1/orders/{self.order['id']}/payments", json=body)
        action = payment["next_action"]
        sent = {"client_secret": action["client_secret"], "card": card, "exp_month": 12, "exp_year": 2031, "cvc": "123"}
        answer = self._browser.post(action["confirm_url"], json=sent)
        self._console.print(f"{'browser':<7} POST   (provider) confirm the card  {answer.status_code}")

    def wait_for(self, who: str, status: str) -> None:
        """Read the order until it has this status, then print it."""
        path = f"/v1/orders/{self.order['id']}"
        for _ in range(int(_PATIENCE / _PAUSE)):
            headers = {"Authorization": f"Bearer {self._tokens[who]}"}
            if self._http.get(path, headers=headers).json().get("status") == status:
                break
            time.sleep(_PAUSE)
        self.order = self.ask(who, "GET", path)
        if self.order["status"] != status:
            raise DemoError(f"The order is {self.order['status']}, not {status}.")

    def pass_time(self, by: str) -> None:
        """Let business time pass; every clock that is due fires."""
        self.ask(None, "POST", "/v1/sandbox/clock/advance", json={"by": by})

    def expect(self, who: str, status: str, **escrow: int) -> None:
        """The order as it must be now, and its money; every change must be a row of the table."""
        self.order = self.ask(who, "GET", f"/v1/orders/{self.order['id']}")
        found = {name: self.order["escrow"][name]["amount"] for name in escrow}
        if self.order["status"] != status or found != escrow:
            raise DemoError(f"Expected {status} with {escrow}, found {self.order['status']} with {found}.")
        history = self.ask(who, "GET", f"/v1/orders/{self.order['id']}/transitions?limit=100")["data"]
        for change in history:
            self._hold_to_table(change["from"], change["action"], change["to"])


def _money(money: Document) -> str:
    return f"{money['amount']} {money['currency']}"
