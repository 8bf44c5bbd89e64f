"""Where the demo plays: requests that are printed, people, the order, and the tables it is held to."""

import time
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import httpx
from rich.console import Console
from rich.text import Text

Document = dict[str, Any]
_COLOURS = {"grey": "white", "orange": "yellow", "violet": "magenta", "black": "bright_black"}
TOO_MANY = 429
_REFUSED = 400
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
        self._tables: dict[str, list[Document]] = {}
        self._tokens: dict[str, str] = {}
        self.emails: dict[str, str] = {}
        """Of those who joined."""
        self.order: Document = {}
        self._passed: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()
        self._browser.close()

    def open(self, *tables: str) -> None:
        """Read the tables that every step is held to."""
        self._tables = {name: self.ask(None, "GET", f"/v1/processes/{name}")["transitions"] for name in tables}

    def say(self, sentence: str) -> None:
        """A line between the requests."""
        self._console.print(Text(sentence, style="bold"))

    def tell_what_stays(self) -> None:
        """What the play leaves on the server: who joined, what they did, and a clock that went on."""
        if self.emails:
            self.say(f"Stays on the server: {', '.join(self.emails.values())}, and what they did.")
        if self._passed:
            self.say(
                f"The sandbox clock went on by {', '.join(self._passed)}, and clocks of the sample data with it. "
                "`orderhub reset` brings the sample data back as it was, once the server is stopped."
            )

    def fail(self, sentence: str) -> None:
        """What went wrong."""
        self._console.print(Text(f"FAILED: {sentence}", style="bold red"))

    def ask(self, who: str | None, method: str, path: str, **more: Any) -> Any:
        """One request, printed; its answer's body. Raises DemoError unless it succeeds."""
        status, body = self.answered(who, method, path, **more)
        if status >= _REFUSED:
            raise DemoError(f"{method} {path} answered {status}: {body.get('detail', body)}")
        return body

    def refused(self, who: str | None, method: str, path: str, status: int, **more: Any) -> None:
        """One request, printed. Raises DemoError unless it is refused in this way."""
        found, _ = self.answered(who, method, path, **more)
        if found != status:
            raise DemoError(f"{method} {path} answered {found}, not {status}.")

    def answered(self, who: str | None, method: str, path: str, **more: Any) -> tuple[int, Any]:
        """One request, printed; the status and the body of whatever it is answered."""
        headers: dict[str, str] = {"Accept-Language": "en", **more.pop("headers", {})}
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
        return answer.status_code, body

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
        line.append(str(status), style="green" if status < _REFUSED else "red")
        if "colour" in body and "status" in body:
            line.append("  ")
            colour = str(body["colour"])
            line.append(str(body["status"]), style=f"bold {_COLOURS.get(colour, colour)}")
        if "escrow" in body:
            line.append(f"  escrow {_money(body['escrow']['held'])}")
        self._console.print(line)

    def download(self, who: str, path: str) -> bytes:
        """A file's bytes, printed as their number."""
        answer = self._send("GET", path, {"Authorization": f"Bearer {self._tokens[who]}"}, {})
        self._show(f"{who:<7} {'GET':<6} {path}  ", answer.status_code, {})
        if not answer.is_success:
            raise DemoError(f"GET {path} answered {answer.status_code}: {answer.text}")
        kind = answer.headers.get("content-type", "")
        self._console.print(f"{'':<14} {len(answer.content)} bytes of {kind}")
        return answer.content

    def join(self, who: str, name: str) -> None:
        """Register somebody, confirm by the mail that arrives, and sign in."""
        email = f"{who.lower()}.{uuid.uuid4().hex[:8]}@example.com"
        password = uuid.uuid4().hex
        self.emails[who] = email
        self.ask(None, "POST", "/v1/accounts", json={"email": email, "password": password, "display_name": name})
        mail = self.mail_to(who, lambda mail: any("token=" in link for link in mail["links"]), "confirmation")
        token = next(link for link in mail["links"] if "token=" in link).partition("token=")[2]
        self.ask(None, "POST", "/v1/accounts/confirm", json={"token": token})
        self.sign_in(who, email, password)

    def mail_to(self, who: str, wanted: Callable[[Document], bool], what: str) -> Document:
        """The newest mail of this sort to somebody who joined, once it is there."""
        email = self.emails[who]
        for _ in range(int(_PATIENCE / _PAUSE)):
            answer = self._http.get("/v1/sandbox/mailbox", params={"to": email})
            if not answer.is_success and answer.status_code != TOO_MANY:
                raise DemoError("The server has no sandbox mailbox: is it in production mode?")
            found = [mail for mail in answer.json().get("data", ()) if wanted(mail)]
            if found:
                return found[0]
            time.sleep(_PAUSE)
        raise DemoError(f"No {what} mail came for {email}: is a worker running?")

    def sign_in(self, who: str, email: str, password: str) -> None:
        """Have this person's token from now on."""
        form = {"grant_type": "password", "username": email, "password": password}
        self._tokens[who] = self.ask(None, "POST", "/v1/auth/token", data=form)["access_token"]

    def act(self, who: str, action: str, **fields: Any) -> None:
        """Take a row of the table; what comes of it must be one of the rows."""
        before = str(self.order["status"])
        path = f"/v1/orders/{self.order['id']}/transitions"
        self.order = self.ask(who, "POST", path, json={"action": action, **fields})
        self.hold_to_table(str(self.order["kind"]), before, action, str(self.order["status"]))

    def hold_to_table(self, table: str, from_status: str | None, action: str, to: str) -> None:
        """Raises DemoError unless this change is a row."""
        if not any((row["from"], row["action"], row["to"]) == (from_status, action, to) for row in self._tables[table]):
            raise DemoError(f"The table {table} has no row {from_status} → {action} → {to}.")

    def place(self, who: str, wanted: Document) -> None:
        """Place the order that is played."""
        self.order = self.ask(who, "POST", "/v1/orders", json=wanted)
        self.hold_to_table(str(wanted["kind"]), None, "place", str(self.order["status"]))

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
        self.order = self.until(who, f"/v1/orders/{self.order['id']}", lambda order: order.get("status") == status)
        if self.order["status"] != status:
            raise DemoError(f"The order is {self.order['status']}, not {status}.")

    def until(self, who: str, path: str, reached: Callable[[Document], bool]) -> Document:
        """Read something until it is as wanted, or patience ends; then print it."""
        headers = {"Authorization": f"Bearer {self._tokens[who]}"}
        for _ in range(int(_PATIENCE / _PAUSE)):
            if reached(self._http.get(path, headers=headers).json()):
                break
            time.sleep(_PAUSE)
        return self.ask(who, "GET", path)

    def pass_time(self, by: str) -> None:
        """Let business time pass; every clock that is due fires."""
        self._passed.append(by)
        clock = self.ask(None, "POST", "/v1/sandbox/clock/advance", json={"by": by})
        while clock["going_to"] is not None:
            time.sleep(_PAUSE)
            clock = self._http.get("/v1/sandbox/clock").json()

    def expect(self, who: str, status: str, **escrow: int) -> None:
        """The order as it must be now, and its money; every change must be a row of the table."""
        self.order = self.ask(who, "GET", f"/v1/orders/{self.order['id']}")
        found = {name: self.order["escrow"][name]["amount"] for name in escrow}
        if self.order["status"] != status or found != escrow:
            raise DemoError(f"Expected {status} with {escrow}, found {self.order['status']} with {found}.")
        history = self.ask(who, "GET", f"/v1/orders/{self.order['id']}/transitions?limit=100")["data"]
        for change in history:
            self.hold_to_table(str(self.order["kind"]), change["from"], change["action"], change["to"])

    def expect_refund(self, who: str, status: str) -> None:
        """Wait until the provider has said how the order's refund ended."""
        path = f"/v1/orders/{self.order['id']}/escrow"
        found = self.until(who, path, lambda money: _ended(money) == status)
        if _ended(found) != status:
            raise DemoError(f"The refund is {_ended(found)}, not {status}.")


def _ended(money: Document) -> str:
    refunds = money.get("refunds") or [{"status": "none"}]
    return str(refunds[0]["status"])


def _money(money: Document) -> str:
    return f"{money['amount']} {money['currency']}"
