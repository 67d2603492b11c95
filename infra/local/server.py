"""HTTP of one machine: waitress in front, API Gateway's events behind.

What API Gateway and its domain mappings do on AWS is done here: prefixes, letter case and closing slashes are made
even, an unknown path goes to the last route of the app. Everything else is the app's own.
"""

import base64
import logging
import re
import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from chalice.app import Chalice
from chalice.local import LocalChalice
from waitress.server import create_server

from chalicelib.edge.door import METHODS
from chalicelib.edge.entrance import LAST_ROUTE
from chalicelib.edge.place import even
from infra.local.events import http_event
from infra.local.routes import Routes

PREFIXES = re.compile(r"^(?:/api/v1\.0|/api/v1|/api/v2|/v1\.0|/api)(?=/)", re.IGNORECASE)
"""Under which the public SDKs look for the tree; none is good too."""

NO_METHOD = "PATCH"
"""A method that the app knows and no path has: made-up ones are refused as this one is, with a document."""

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes that are taken from the connection; more is refused by waitress, without a document."""

READ_BODY = 4 * 1024 * 1024
"""Bytes that are handed to the app: enough for it to see that a body is too large, and to refuse it itself."""

THREADS = 8


class Gateway:
    """A WSGI application that calls a Chalice app."""

    def __init__(self, app: Chalice) -> None:
        """Makes the app keep each thread's request apart, as `chalice local` does."""
        if not isinstance(app, LocalChalice):  # a second gateway finds it done
            app.__class__ = type("ThreadedChalice", (LocalChalice, app.__class__), {})
        self._app = app
        self._routes = Routes(path for path in app.routes if path != LAST_ROUTE)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        answer = self._app(self._event(environ), None)
        body = answer["body"] or ""
        content = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
        headers = [(name, str(value)) for name, value in answer["headers"].items() if name.lower() != "content-length"]
        headers += [(name, value) for name, values in answer["multiValueHeaders"].items() for value in values]
        headers.append(("Content-Length", str(len(content))))
        status = HTTPStatus(answer["statusCode"])
        start_response(f"{status.value} {status.phrase}", headers)
        return [content]

    def _event(self, environ: WSGIEnvironment) -> dict[str, Any]:
        method, uri = environ["REQUEST_METHOD"], environ["REQUEST_URI"]
        method = method if method in METHODS else NO_METHOD
        asked, _, query = uri.partition("?")
        path = _even(asked)
        route, parameters = self._routes.find(path) or (LAST_ROUTE, {"proxy+": path.lstrip("/")})
        return http_event(
            method, asked, route=route, parameters=parameters, query=parse_qs(query, keep_blank_values=True),
            headers=_headers(environ), body=environ["wsgi.input"].read(READ_BODY),
            source=environ.get("REMOTE_ADDR", ""),
        )  # fmt: skip


def _even(path: str) -> str:
    """The path as the app's routes spell it."""
    bare = PREFIXES.sub("", path) if path.startswith("/") else f"/{path}"
    return "/" + "/".join(even(bare.rstrip("/")[1:].split("/")))


def _headers(environ: WSGIEnvironment) -> dict[str, str]:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")
    }
    return {
        "x-forwarded-proto": environ["wsgi.url_scheme"],
        **{name: value for name, value in headers.items() if value or not name.startswith("content-")},
    }


logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a burst of requests is not worth a line


class Server:
    """waitress in a thread of its own."""

    def __init__(self, app: Chalice, *, host: str, port: int) -> None:
        """Listens at once. Raises OSError when the address is taken."""
        self._server = create_server(
            Gateway(app), host=host, port=port, threads=THREADS, ident="Docket", clear_untrusted_proxy_headers=True,
            max_request_body_size=LARGEST_BODY, channel_timeout=60, connection_limit=1000, backlog=1024,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._server.run, name="http", daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        listening = getattr(self._server, "effective_listen", None)
        return int(listening[0][1] if listening else self._server.effective_port)

    def start(self) -> None:
        """Serve."""
        self._thread.start()

    def stop(self, *, within: float) -> None:
        """Take no more requests and finish those at hand."""
        self._server.task_dispatcher.shutdown(cancel_pending=False, timeout=within)
        self._server.close()
