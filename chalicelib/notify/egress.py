"""How a POST leaves: urllib3's pools over the guarded connections of connections.py.

An answer is read raw, and only in part; nothing is followed, remembered, or taken from the environment. What
an answer means is for by_callback.py to say.
"""

import ssl
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from requests import ConnectionError as NoConnection
from requests.adapters import DEFAULT_CA_BUNDLE_PATH
from requests.exceptions import SSLError
from urllib3 import BaseHTTPResponse, Retry, Timeout
from urllib3.exceptions import HTTPError, MaxRetryError, ProtocolError, ReadTimeoutError
from urllib3.exceptions import SSLError as TlsError
from urllib3.util.ssl_ import create_urllib3_context

from chalicelib.notify.certificate import only
from chalicelib.notify.connections import Pool, TlsPool
from chalicelib.notify.guard import Guard

CONNECT_SECONDS = 5.0
"""For resolving the name and reaching one of its addresses."""

EXCHANGE_SECONDS = 15.0
"""For everything, from the name to the last byte of the answer."""

BODY_READ = 16 * 1024
"""Bytes of an answer's body that are read."""

_RECEIVERS = 64

_NO_RETRY = Retry(0, read=False)


class Answer(NamedTuple):
    """What a receiver said. `body` is at most BODY_READ bytes, as sent: never decompressed."""

    status: int
    phrase: str
    headers: Mapping[str, str]
    body: bytes


class Egress:
    """The way out. Keeps up to `connections` open to each of the receivers last used."""

    def __init__(
        self,
        guard: Guard,
        *,
        connections: int = 64,
        seconds: float = EXCHANGE_SECONDS,
        ca_file: str = DEFAULT_CA_BUNDLE_PATH,
    ) -> None:
        """`ca_file` holds the certificate authorities that are trusted."""
        self._guard = guard
        self._connections = connections
        self._ca_file = ca_file
        self._timeout = Timeout(connect=min(CONNECT_SECONDS, seconds), total=seconds)
        self._pool = lru_cache(maxsize=_RECEIVERS)(self._new_pool)
        """A pool for each receiver; those not used for longest are dropped, and close when they are idle."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, certificate: str | None = None) -> Answer:
        """One POST. A kept connection that turns out to be dead is replaced at once.

        `certificate`, base64 of DER or PEM: the receiver must show this one, whatever the authorities say of it.

        Raises AddressRefused; RequestException, HTTPError or OSError when there was no answer in time.
        """
        target = self._guard.target(url)
        pool = self._pool(target.scheme, target.host, target.port, certificate)
        framing = {"Accept-Encoding": "identity", "Content-Length": str(len(body))}
        raw = self._sent(pool, target.path, body, {**headers, **framing})
        try:
            start = raw.read(BODY_READ, decode_content=False)
        except (HTTPError, OSError):
            start = b""  # the status has come, and says it all
        if not raw.closed:
            raw.close()  # and the connection with it: there is more to come that nobody wants
        return Answer(raw.status, raw.reason or "", raw.headers, start)

    def close(self) -> None:
        """Close what is idle."""
        self._pool.cache_clear()

    def _sent(self, pool: Pool, path: str, body: bytes, headers: Mapping[str, str]) -> BaseHTTPResponse:
        """What came, its head read; by urllib3 itself, as requests' session and adapter take as long again."""
        try:
            return pool.urlopen(
                "POST", path, body=body, headers=headers, retries=_NO_RETRY, redirect=False, assert_same_host=False,
                timeout=self._timeout, preload_content=False, decode_content=False,
            )  # fmt: skip
        except MaxRetryError as error:
            raise (SSLError if isinstance(error.reason, TlsError) else NoConnection)(error) from error
        except TlsError as error:
            raise SSLError(error) from error
        except (ProtocolError, ReadTimeoutError, OSError) as error:
            raise NoConnection(error) from error

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = create_urllib3_context()
        context.load_verify_locations(self._ca_file)
        return context

    def _new_pool(self, scheme: str, host: str, port: int, certificate: str | None) -> Pool:
        if scheme == "https":
            held_to = {"ssl_context": self._tls} if certificate is None else only(certificate)
            return TlsPool(self._guard, host, port, maxsize=self._connections, **held_to)
        if certificate is not None:
            raise SSLError("a certificate is to be shown, but the URL is not https")
        return Pool(self._guard, host, port, maxsize=self._connections)
