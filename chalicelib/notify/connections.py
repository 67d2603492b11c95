"""urllib3's connections and pools, but opened by the guard and bound to one deadline for the whole exchange.

urllib3 alone limits each step, so that a receiver may drip for ever, and it resolves names by itself.
"""

import io
import socket
import ssl
from http.client import HTTPResponse
from time import monotonic
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from chalicelib.notify.guard import Guard

_ANSWER_READ = 64 * 1024  # bytes taken off a connection at most, head and framing included
_PIECE = 16 * 1024

# Receivers that write head and body apart wait for our acknowledgement in between, which Linux delays by 40 ms.
_QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)


def _left(ends: float) -> float:
    """Seconds left. Raises TimeoutError when there are none."""
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError("the exchange took too long")
    return left


class _Metered(io.RawIOBase):
    """What comes in on a connection: until the deadline and up to a size, however it drips."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, ends: float) -> None:
        self._raw, self._sock, self._ends = raw, sock, ends
        self._budget = _ANSWER_READ

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._budget <= 0:
            raise OSError("the answer is too long")
        self._sock.settimeout(_left(self._ends))
        count = self._raw.readinto(buffer)
        self._budget -= count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Partial(HTTPResponse):
    """An answer, read through a meter. The connection's timeout holds for all of it, not for each read."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        ends = monotonic() + (sock.gettimeout() or 0)
        self.fp = io.BufferedReader(_Metered(self.fp.detach(), sock, ends))


class _Connection(HTTPConnection):
    """A connection that the guard opens. `ends` is the deadline of the exchange that it is used for."""

    guard: Guard
    ends: float
    response_class = _Partial

    def _new_conn(self) -> socket.socket:
        within = min(float(self.timeout or 0), _left(self.ends))
        opened = self.guard.connect(self.host, self.port, within=within)
        opened.settimeout(_left(self.ends))  # for TLS to shake hands
        return opened

    def request(self, *args: Any, **options: Any) -> None:
        """Head and body in one piece where they fit: one packet, and one wake-up of the receiver."""
        self._held = b""
        super().request(*args, **options)
        if self.sock is None:
            self.connect()
        for start in range(0, len(self._held), _PIECE):
            self.sock.settimeout(_left(self.ends))
            super().send(self._held[start : start + _PIECE])

    def send(self, data: Any) -> None:
        self._held += data

    def getresponse(self) -> Any:
        self.timeout = _left(self.ends)
        if _QUICK_ACK is not None and self.sock is not None:
            self.sock.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)
        return super().getresponse()


class _TlsConnection(_Connection, HTTPSConnection):
    """The same over TLS; what the certificate must hold is the name in the URL, not the address dialled."""


class Pool(HTTPConnectionPool):
    """Connections to one receiver."""

    ConnectionCls = _Connection

    def __init__(self, guard: Guard, *args: Any, **options: Any) -> None:
        """After the guard, what urllib3's pools take."""
        super().__init__(*args, **options)
        self._guard = guard

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.guard = self._guard
        return connection

    def _make_request(self, conn: Any, *args: Any, **options: Any) -> Any:
        conn.ends = monotonic() + options["timeout"].total
        kept = not conn.is_closed
        try:
            return super()._make_request(conn, *args, **options)
        except (ConnectionError, ssl.SSLEOFError):
            if not kept:
                raise
        # The receiver had hung up on a connection that we kept. Should it have read the request all the same,
        # it knows the second one by its `webhook-id`.
        conn.close()
        return super()._make_request(conn, *args, **options)


class TlsPool(Pool, HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls = _TlsConnection
