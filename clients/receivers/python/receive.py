"""`make receive`: a receiver to try things out with. It prints what comes in, checked.

It subscribes itself to the Docket that runs on this machine, and unsubscribes on Ctrl-C:

    make receive                                        port-ins, orders and disconnects
    make receive ARGS='--types csrs,e911s --body'       other types, with the documents
    make receive ARGS='--secret whsec_… --port 9000'    only listens: the subscription is yours
"""

import argparse
import base64
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from docket_receiver import NotGenuine, Notification, Receiver

MEANING = {"status": "status", "note": "note", "message": "message", "eventType": "event"}


class Docket:
    """The few calls that are needed of the API."""

    def __init__(self, url: str, account: str, user: str, password: str) -> None:
        """`url`: the root, without a closing slash."""
        self._tree = f"{url}/v1.0/accounts/{account}/subscriptions"
        self._credentials = base64.b64encode(f"{user}:{password}".encode()).decode()

    def subscribe(self, order_type: str, url: str) -> tuple[str, str]:
        """The new subscription's id and signing secret."""
        wish = {"orderType": order_type, "callbackSubscription": {"url": url, "expiry": 86_400}}
        headers = self._call("POST", self._tree, json.dumps(wish).encode())
        return headers["Location"].rpartition("/")[2], headers["Docket-Webhook-Secret"]

    def unsubscribe(self, subscription: str) -> None:
        """End it."""
        self._call("DELETE", f"{self._tree}/{subscription}")

    def _call(self, method: str, url: str, body: bytes | None = None) -> dict[str, str]:
        headers = {"Authorization": f"Basic {self._credentials}", "Content-Type": "application/json"}
        request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 because the user names the URL
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 because the user names the URL
            return dict(answer.headers)


class Handler(BaseHTTPRequestHandler):
    """Takes callbacks: 204 for what is genuine, 401 for what is not."""

    receiver: Receiver
    show_body = False

    def do_POST(self) -> None:
        """Check and print."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        try:
            found = self.receiver.accept(dict(self.headers), body)
        except NotGenuine as problem:
            self._answer(401, f"refused     {problem}")
            return
        self._answer(204, _line(found) if found else f"again       {self.headers['webhook-id']}")
        if self.show_body:
            print(body.decode(errors="replace"), flush=True)

    def _answer(self, status: int, line: str) -> None:
        print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing more: each request has its line."""


def _line(found: Notification) -> str:
    said = "  ".join(f"{shown} {found.content[name]}" for name, shown in MEANING.items() if found.content.get(name))
    gap = f"  ({found.missed} given up before: read history?after={found.after})" if found.missed else ""
    late = "  (late)" if found.late else ""
    kind = found.content.get("orderType", "event")
    return f"verified    {kind} {found.order} #{found.sequence}  {said}{gap}{late}"


@contextmanager
def subscribed(docket: Docket, types: list[str], url: str) -> Iterator[list[str]]:
    """Subscribe to all of these types; gives the secrets. Unsubscribes in the end."""
    made: list[str] = []
    try:
        keys = []
        for order_type in types:
            subscription, secret = docket.subscribe(order_type, f"{url}/{secrets.token_urlsafe(6)}")
            made.append(subscription)
            keys.append(secret)
        yield keys
    finally:
        for subscription in made:
            docket.unsubscribe(subscription)


def main(arguments: list[str]) -> int:
    """Listen until Ctrl-C."""
    asked = _asked(arguments)
    server = ThreadingHTTPServer(("127.0.0.1", asked.port), Handler)
    Handler.show_body = asked.body
    url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        if asked.secret:
            _serve(server, asked.secret, f"Listening at {url}")
        else:
            docket = Docket(asked.docket, asked.account, asked.user, _password(asked.user))
            with subscribed(docket, asked.types.split(","), url) as keys:
                _serve(server, keys, f"Subscribed to {asked.types}; listening at {url}")
    except urllib.error.HTTPError as refused:
        print(f"receive: {asked.docket} answered {refused.code}: {refused.read().decode()[:500]}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"receive: {asked.docket} cannot be reached ({problem}). Is `make run` running?", file=sys.stderr)
        return 1
    return 0


def _serve(server: ThreadingHTTPServer, keys: list[str], greeting: str) -> None:
    Handler.receiver = Receiver(*keys)
    print(f"{greeting}. Stop with Ctrl-C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="receive", description="Print Docket's callbacks, checked.")
    parser.add_argument("--types", default="portins,orders,disconnects", help="order types, comma-separated")
    parser.add_argument("--secret", action="append", help="whsec_…: only listen, and check with this; may be repeated")
    parser.add_argument("--port", type=int, default=0, help="where to listen; a free port where none is named")
    parser.add_argument("--body", action="store_true", help="print each document too")
    parser.add_argument(
        "--docket", default=f"http://127.0.0.1:{os.environ.get('DOCKET_PORT', '8000')}", help="its root"
    )
    parser.add_argument("--account", default=os.environ.get("DOCKET_ACCOUNT", "9900000"))
    parser.add_argument("--user", default=os.environ.get("DOCKET_USER", "desk"), help="password: DOCKET_PASSWORD")
    return parser.parse_args(arguments)


def _password(user: str) -> str:
    """The one in the environment, else the one that the Docket of this folder made for itself."""
    if "DOCKET_PASSWORD" in os.environ:
        return os.environ["DOCKET_PASSWORD"]
    made = Path(os.environ.get("DOCKET_STATE", ".docket"), "secrets.json")
    if not made.exists():
        sys.exit(f"receive: set DOCKET_PASSWORD to the password of {user}")
    return str(json.loads(made.read_bytes())["password"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
