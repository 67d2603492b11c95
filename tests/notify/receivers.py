"""Receivers on free ports of the loopback: one that behaves, one that plays a script, one never to be met."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Seen(NamedTuple):
    """A request as it came in; names of headers in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers every POST with what stands in `status`, `headers` and `body`."""

    port: int = 0
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that speaks HTTP/1.1 as the standard library does."""
    book = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            book.connections += 1
            super().setup()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            book.seen.append(Seen(self.path, {n.lower(): v for n, v in self.headers.items()}, body))
            self.send_response(book.status)
            for name, value in book.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(book.body)))
            self.end_headers()
            self.wfile.write(book.body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Nothing: that connections break is what is tested."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        book.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield book
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Scripted:
    """Where a scripted receiver listens, and how many connections it was asked for."""

    port: int
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def scripted(*scripts: Callable[[socket.socket], None]) -> Iterator[Scripted]:
    """Plays one script on each connection, the last one from then on; what the script leaves is closed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        book = Scripted(listener.getsockname()[1])

        def play(connection: socket.socket, script: Callable[[socket.socket], None]) -> None:
            with connection:
                try:
                    script(connection)
                except OSError:
                    return  # the sender hung up, which is its good right

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                script = scripts[min(book.connections, len(scripts) - 1)]
                book.connections += 1
                threading.Thread(target=play, args=(connection, script), daemon=True).start()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield book
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def read_request(connection: socket.socket) -> bytes:
    """One request with a body of known length; empty when the sender hung up."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def says(answer: bytes) -> Callable[[socket.socket], None]:
    """A script that reads the request, says this, and hangs up."""

    def script(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer)

    return script


@dataclass
class Canary:
    """A listener that nobody may ever reach."""

    listener: socket.socket

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def was_reached(self) -> bool:
        """Whether a connection stands in its queue."""
        self.listener.settimeout(0)
        try:
            connection, _ = self.listener.accept()
        except BlockingIOError:
            return False
        connection.close()
        return True


@contextmanager
def canary(host: str = "127.0.0.1", port: int = 0) -> Iterator[Canary]:
    """Raises OSError where the machine has no such address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        yield Canary(listener)
