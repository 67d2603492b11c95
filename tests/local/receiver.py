"""A receiver of callbacks on loopback: records everything, answers as it is told to."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id that is the same for every attempt."""
        return self.headers["webhook-id"]

    @property
    def sequence(self) -> int:
        """The entry's number."""
        return int(self.headers["docket-sequence"])

    @property
    def order(self) -> str:
        """The order's id."""
        return self.headers["docket-order"]


class Receiver:
    """Listens from its making until `close`. `answer` gives the status for a request; 200 where it is None."""

    def __init__(self, answer: Callable[[Received], int] | None = None) -> None:
        self.received: list[Received] = []
        self.begun = 0
        self._answer = answer or (lambda _: 200)
        self._lock = threading.Lock()
        self._server = _server(self)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def take(self, received: Received) -> int:
        """Record one; the status to answer with."""
        with self._lock:
            self.begun += 1
        status = self._answer(received)
        with self._lock:
            self.received.append(received)
        return status

    def at(self, path: str) -> list[Received]:
        """What came to a path so far, in order of arrival."""
        with self._lock:
            return [received for received in self.received if received.path == path]

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def _fields(headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    """The texts of the document by their names, which differ between the versions."""
    if headers["content-type"].startswith("application/json"):
        return {name: member for name, member in json.loads(body).items() if isinstance(member, str)}
    return {child.tag: child.text or "" for child in ET.fromstring(body)}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """A sender that was killed leaves a broken connection behind; what it sent is recorded or not."""


def _server(receiver: Receiver) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = receiver.take(Received(self.path, headers, body, time.monotonic(), _fields(headers, body)))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """A test's output is not for this."""

    return _Server(("127.0.0.1", 0), Handler)
