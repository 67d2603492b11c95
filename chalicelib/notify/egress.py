"""How a POST leaves: requests' adapter over the guarded connections of connections.py.

An answer is read raw, and only in part; nothing is followed, remembered, or taken from the environment. What
an answer means is for by_callback.py to say.
"""

import ssl
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from requests import PreparedRequest, Response
from requests.adapters import DEFAULT_CA_BUNDLE_PATH, HTTPAdapter
from requests.exceptions import SSLError
from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import HTTPError
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


class Answer(NamedTuple):
    """What a receiver said. `body` is at most BODY_READ bytes, as sent: never decompressed."""

    status: int
    phrase: str
    headers: Mapping[str, str]
    body: bytes


class Egress(HTTPAdapter):
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
        self._timeout: Any = Timeout(connect=min(CONNECT_SECONDS, seconds), total=seconds)
        super().__init__()

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, certificate: str | None = None) -> Answer:
        """One POST. A kept connection that turns out to be dead is replaced at once.

        `certificate`, base64 of DER or PEM: the receiver must show this one, whatever the authorities say of it.

        Raises AddressRefused; RequestException, HTTPError or OSError when there was no answer in time.
        """
        request = PreparedRequest()  # not by requests' preparing, which reads and rewrites the URL once more
        request.method, request.url, request.body = "POST", url, body
        framing = {"Accept-Encoding": "identity", "Content-Length": str(len(body))}
        request.headers = {**headers, **framing}  # type: ignore[assignment]  # any mapping does, and requests' own is slow
        raw: BaseHTTPResponse = self.send(request, timeout=self._timeout, cert=certificate).raw
        try:
            start = raw.read(BODY_READ, decode_content=False)
        except (HTTPError, OSError):
            start = b""  # the status has come, and says it all
        if not raw.closed:
            raw.close()  # and the connection with it: there is more to come that nobody wants
        return Answer(raw.status, raw.reason or "", raw.headers, start)

    def init_poolmanager(self, *_: object, **__: object) -> None:
        """A pool for each receiver; those not used for longest are dropped, and close when they are idle."""
        self._pool = lru_cache(maxsize=_RECEIVERS)(self._new_pool)

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: object,  # noqa: ARG002 because certificates are always verified
        proxies: object = None,  # noqa: ARG002 because there is no proxy whatsoever
        cert: Any = None,  # noqa: ANN401 because requests asks so
    ) -> Pool:
        """The pool of the receiver, and of the one certificate that it must show, where there is one."""
        target = self._guard.target(str(request.url))
        return self._pool(target.scheme, target.host, target.port, cert)

    def request_url(self, request: PreparedRequest, proxies: object) -> str:  # noqa: ARG002 because requests asks so
        """The path as the guard's parser reads it, which is the one that connects."""
        return self._guard.target(str(request.url)).path

    def cert_verify(self, *_: object) -> None:
        """Nothing: the pools have their one TLS context from the start, and it verifies."""

    def build_response(self, req: PreparedRequest, resp: BaseHTTPResponse) -> Response:
        """The bare answer: no cookies are kept."""
        response = Response()
        response.request, response.raw = req, resp
        response.status_code, response.reason = resp.status, resp.reason or ""
        return response

    def close(self) -> None:
        """Close what is idle."""
        self._pool.cache_clear()

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
