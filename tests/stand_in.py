"""A small OpenAI-compatible endpoint on 127.0.0.1, for tests: it answers as it is told to, well or badly.

``with StandIn(honest) as endpoint:`` serves until the block ends; ``endpoint.url`` is what ``DRAFTING_URL``
wants. Each request takes the next behaviour, and the last one for ever. ``python -m tests.stand_in`` serves
`honest` until Ctrl-C.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

_PASSAGE = re.compile(r"⟦passage (\d+) ([0-9a-f]+)⟧\n(.*?)\n⟦end of passage \1 \2⟧", re.DOTALL)
_TEXT = re.compile(r"⟦text ([0-9a-f]+)⟧\n(.*?)\n⟦end of text \1⟧", re.DOTALL)


@dataclass(frozen=True)
class Request:
    """What arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def words(self) -> str:
        """All messages, one after the other."""
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def passages(self) -> list[tuple[int, str]]:
        """Number and text of each passage that was shown."""
        return [(int(number), text) for number, _, text in _PASSAGE.findall(self.words)]


class Handler(BaseHTTPRequestHandler):
    """One request, handed to the behaviour whose turn it is."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Read, note, behave."""
        length = int(self.headers.get("Content-Length", "0"))
        body = json.loads(self.rfile.read(length) or b"{}")
        request = Request(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        with self.server.lock:
            place = min(len(self.server.requests), len(self.server.behaviours) - 1)
            self.server.requests.append(request)
        self.server.behaviours[place](self, request)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        """A whole HTTP answer."""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name of the parent
        """Nothing: a test reads `StandIn.requests`."""


Behaviour = Callable[[Handler, Request], None]


class Server(ThreadingHTTPServer):
    """Holds what the handlers share."""

    daemon_threads = True

    def __init__(self, behaviours: tuple[Behaviour, ...], port: int) -> None:
        self.behaviours = behaviours
        self.requests: list[Request] = []
        self.lock = threading.Lock()
        self.ended = threading.Event()
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: clients that give up are part of the tests."""


class StandIn:
    """The endpoint, as a context manager."""

    def __init__(self, *behaviours: Behaviour, port: int = 0) -> None:
        self.behaviours = behaviours or (honest,)
        self.port = port

    def __enter__(self) -> Self:
        self._server = Server(self.behaviours, self.port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """What ``DRAFTING_URL`` wants."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def requests(self) -> list[Request]:
        """What arrived so far, in order."""
        return list(self._server.requests)


def chat(content: Any, **more: Any) -> bytes:
    """The JSON of a completion that says ``content``."""
    value = {
        "id": "stand-in",
        "object": "chat.completion",
        "model": "stand-in-1",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7},
    }
    return json.dumps({**value, **more}).encode()


def says(content: Any, **more: Any) -> Behaviour:
    """A good completion with this content: a text, or a value to be sent as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    return lambda handler, request: handler.send(200, chat(text, **more))


def honest(handler: Handler, request: Request) -> None:
    """Does what the prompt asks for, with true quotes: a name, a summary or a translation."""
    text = _TEXT.search(request.words)
    if text:
        answer: dict[str, Any] = {"translation": f"Stand-in translation: {len(text[2])} characters."}
    else:
        support = [{"passage": number, "quote": quote.strip()[:200]} for number, quote in request.passages]
        sentence = "It is asked that the passages quoted here be read."
        if '"sentences"' in request.words:
            answer = {"sentences": [{"text": sentence, "support": [each]} for each in support[:1]]}
        else:
            answer = {"name": "A name by the stand-in", "support": support[:3]}
    says(answer)(handler, request)


def inventive(handler: Handler, request: Request) -> None:
    """As `honest`, but every quotation is made up."""
    made_up = "We all demand that this be forbidden at once and everywhere."
    support = [{"passage": number, "quote": made_up} for number, _ in request.passages[:3]]
    if '"sentences"' in request.words:
        says({"sentences": [{"text": "It is asked that this be forbidden.", "support": support}]})(
            handler, request
        )
    else:
        says({"name": "An invented matter", "support": support})(handler, request)


def fails(status: int, message: str = "", **headers: str) -> Behaviour:
    """An error with this status; ``Retry_After="2"`` and the like are headers."""
    body = json.dumps({"error": {"message": message, "type": "stand_in"}}).encode()
    return lambda handler, request: handler.send(status, body, **headers)


def raw(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    """These bytes as the body."""
    return lambda handler, request: handler.send(status, body, **headers)


def wants_key(key: str, then: Behaviour = honest) -> Behaviour:
    """Refuses every other key, and repeats it as some endpoints do."""

    def behave(handler: Handler, request: Request) -> None:
        given = request.headers.get("authorization", "")
        if given == f"Bearer {key}":
            then(handler, request)
        else:
            fails(401, f"Incorrect API key provided: {given}")(handler, request)

    return behave


def refuses_parameter(name: str, then: Behaviour = honest) -> Behaviour:
    """400 as long as the request has the parameter."""

    def behave(handler: Handler, request: Request) -> None:
        if name in request.body:
            fails(400, f"Unsupported parameter: '{name}'")(handler, request)
        else:
            then(handler, request)

    return behave


def silent(handler: Handler, request: Request) -> None:
    """Says nothing until the stand-in ends."""
    handler.server.ended.wait()
    handler.close_connection = True


def dripping(handler: Handler, request: Request) -> None:
    """One byte of a header now and then, so that no single wait is long, until the stand-in ends."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not handler.server.ended.wait(0.02):
            handler.wfile.write(b"a")
    except OSError:
        pass
    handler.close_connection = True


def cut(handler: Handler, request: Request) -> None:
    """Promises an answer and ends the connection in its middle."""
    body = chat("An answer that will not arrive.")
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def hangs_up(handler: Handler, request: Request) -> None:
    """Ends the connection without a word."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def endless(handler: Handler, request: Request) -> None:
    """An answer of no stated length that does not end."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        while not handler.server.ended.is_set():
            handler.wfile.write(b" " * 65536)
    except OSError:
        pass
    handler.close_connection = True


def main() -> None:
    """Serve `honest` on port 11999 for a trial of the site."""
    with StandIn(honest, port=11999) as endpoint:
        print(f"DRAFTING_URL={endpoint.url} DRAFTING_MODEL=stand-in TRANSLATION_MODEL=stand-in", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
