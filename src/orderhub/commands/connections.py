"""Connections with patience that ends: uvicorn's own wait for ever for a head, a body and a reader.

What a slow client holds is its connection and what of it is in buffers, for as long as the settings say. How
long a body may take that somebody waits for is decided in ``api/bodies.py``, where it can be answered.
"""

from asyncio import BaseTransport, TimerHandle, Transport
from collections.abc import Callable
from typing import Any, Final, cast

import msgspec
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from orderhub.kit.errors import DomainError, HeadTooLargeError, MalformedError, TooSlowError
from orderhub.kit.text import DEFAULT_LANGUAGE, Label
from orderhub.settings import LimitSettings

MOST_HEAD: Final = 65_536
"""Bytes of a request's line and headers."""
MOST_HEADERS: Final = 100


def connections(limits: LimitSettings, public_url: str) -> type[HttpToolsProtocol]:
    """The class of a server's connections, for ``uvicorn.Config(http=…)``."""

    class Connection(_Connection):
        patience, problems_at = limits, f"{public_url}/docs/problems"

    return Connection


class _Connection(HttpToolsProtocol):
    """One client's connection. Between its own callbacks it is uvicorn's."""

    patience: LimitSettings
    problems_at: str

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast("Transport", transport))
        self._timers: dict[str, TimerHandle] = {}
        self._in_head = self._in_message = self._is_refused = False
        self._head_size = 0
        self._after("head", self.patience.head_seconds, self._end_slow_head)

    def connection_lost(self, exc: Exception | None) -> None:
        for name in tuple(self._timers):
            self._forget(name)
        super().connection_lost(exc)

    # What arrives: a head in its time and size, and a body.

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        self._head_size += len(data)
        super().data_received(data)
        if self._is_over():
            return
        if self._in_head and self._head_size > MOST_HEAD:
            self._refuse(_head_too_large())
        elif self._awaits_head() and "head" not in self._timers:
            self._after("head", self.patience.head_seconds, self._end_slow_head)

    def _awaits_head(self) -> bool:
        """Whether a head is on its way, or nothing but blank lines before one."""
        return self._in_head or not (self._in_message or self._is_answering())

    def _is_answering(self) -> bool:
        cycle: Any = self.cycle  # None before the first request, whatever uvicorn's types say
        return cycle is not None and not cycle.response_complete

    def on_message_begin(self) -> None:
        self._in_head, self._in_message, self._head_size = True, True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._forget("head")
        if len(self.headers) > MOST_HEADERS or self._length_of_head() > MOST_HEAD:
            self._refuse(_head_too_large())
        if not self._is_over():
            super().on_headers_complete()
            self.headers = _Dropped()  # trailers

    def _length_of_head(self) -> int:
        """Of one that is there: where it came in one piece, nothing was counted while it came."""
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def on_body(self, body: bytes) -> None:
        if not self._is_over():
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_message = False
        self._forget("rest")
        if not self._is_over():
            super().on_message_complete()

    def _end_slow_head(self) -> None:
        if self._in_head:
            self._refuse(
                TooSlowError(
                    Label(
                        f"Envoyez la tête de la requête en {self.patience.head_seconds:g} secondes.",
                        f"Send the head of a request within {self.patience.head_seconds:g} seconds.",
                    )
                )
            )
        else:  # nothing came at all
            self._hang_up()

    # What is sent: an answer that is taken, and then the end of the request.

    def pause_writing(self) -> None:
        super().pause_writing()
        self._abort_after("reader", self.patience.answer_seconds)

    def resume_writing(self) -> None:
        self._forget("reader")
        super().resume_writing()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            self._hang_up()
        elif self._in_message and not self._is_answering():
            self._abort_after("rest", self.patience.head_seconds)  # until then it is thrown away

    def timeout_keep_alive_handler(self) -> None:
        self._hang_up()

    def send_400_response(self, msg: str) -> None:
        self._refuse(
            MalformedError(Label(f"Ce n’est pas une requête HTTP ({msg}).", f"This is no HTTP request ({msg})."))
        )

    def _refuse(self, error: DomainError) -> None:
        """Answer in the place of the application, and hang up.

        What still comes is thrown away for a while: hung up on in the middle of a word, a client loses the answer.
        """
        if self._is_over():
            return
        self._is_refused = True
        if self._is_answering():  # it would stand in the middle of an answer
            self._hang_up()
            return
        self.transport.write(_problem(error, self.problems_at))
        self.transport.write_eof()
        self._abort_after("rest", self.patience.head_seconds)

    def _is_over(self) -> bool:
        return self._is_refused or self.transport.is_closing()

    def _hang_up(self) -> None:
        self.transport.close()
        self._abort_after("last", self.patience.answer_seconds)

    # Timers, by what is waited for.

    def _abort_after(self, name: str, seconds: float) -> None:
        self._after(name, seconds, self.transport.abort)

    def _after(self, name: str, seconds: float, then: Callable[[], Any]) -> None:
        self._forget(name)
        self._timers[name] = self.loop.call_later(seconds, then)

    def _forget(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()


class _Dropped(list[tuple[bytes, bytes]]):
    """Keeps nothing: of trailers, which no operation reads, there is no end."""

    def append(self, _header: tuple[bytes, bytes], /) -> None:
        pass


def _head_too_large() -> HeadTooLargeError:
    return HeadTooLargeError(
        Label(
            f"Envoyez au plus {MOST_HEADERS} en-têtes, et {MOST_HEAD} octets d’en-têtes, chemin compris.",
            f"Send at most {MOST_HEADERS} headers, and {MOST_HEAD} bytes of them with the path.",
        )
    )


def _problem(error: DomainError, problems_at: str) -> bytes:
    """The whole answer of a refusal, in the language of whoever names none: what came could not be read."""
    from orderhub.api.problems import MEDIA_TYPE, status_of  # the start has no time for all of the API

    status = status_of(type(error))
    detail = (error.detail or error.title).within(DEFAULT_LANGUAGE)
    said = {"title": error.title.within(DEFAULT_LANGUAGE), "status": status, "detail": detail, "code": error.code}
    body = msgspec.json.encode({"type": f"{problems_at}/{error.code}", **said, "request_id": ""})
    head = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    return STATUS_LINE[status] + head.encode() + body
