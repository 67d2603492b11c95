"""Which URLs may be called, and the one function that opens a connection to an address that others gave us.

A name is never judged, only the addresses it leads to; and what is dialled is the address that was judged,
not the name once more. How HTTP is spoken over the connection stands in egress.py.
"""

import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address
from time import monotonic
from typing import NamedTuple

from urllib3.exceptions import LocationParseError
from urllib3.util.url import parse_url

from chalicelib.notify.addresses import Address, Network, address_of, public

Resolver = Callable[[str], Sequence[str]]
"""Gives the addresses of a name, in the order of preference. Raises OSError when there are none."""

LONGEST_URL = 8000
"""Characters that any server must support (RFC 9110, section 4.1)."""

CHECK_SECONDS = 1.0
"""How long a check waits for a name to resolve."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
_ADDRESSES_TRIED = 8

# The last label begins with a letter: that leaves out every notation of numbers that resolvers take for an
# address (2852039166, 0x7f.1, 127.1), none of which `ipaddress` knows.
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)*(?=[a-z]){_LABEL}")


class AddressRefused(ValueError):
    """The URL, or an address it leads to, may not be reached. `reason` may be shown to whoever gave it."""

    def __init__(self, reason: str) -> None:
        """The reason, as a short sentence without a full stop."""
        super().__init__(reason)
        self.reason = reason


class Target(NamedTuple):
    """A URL that may be called, as far as can be said without asking the network.

    `host` is a name in ASCII without a trailing dot, or an address without brackets; `path` is what the
    request line holds, query included.
    """

    scheme: str
    host: str
    port: int
    path: str


def system_resolver(name: str) -> Sequence[str]:
    """What the system's resolver says, hosts file included."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class Guard:
    """Lets through what is public, and the networks that the operator allows beside it."""

    def __init__(self, allowed: Sequence[Network] = (), *, resolve: Resolver = system_resolver) -> None:
        """Allowed networks change nothing about the ports."""
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self.target = lru_cache(maxsize=1024)(self._target)
        """See _target; remembered, because the same few URLs are called again and again."""

    def check(self, url: str) -> None:
        """Raise AddressRefused when the URL may not be called. Takes a second at most.

        A name that does not resolve passes: it may tomorrow, and is judged at each connection.
        """
        try:
            self._vetted(self.target(url).host, CHECK_SECONDS)
        except OSError:
            return

    def connect(self, host: str, port: int, *, within: float) -> socket.socket:
        """A connection to the host, made within so many seconds.

        Raises AddressRefused when any of its addresses is refused, before one packet is sent; OSError when
        none answers, or the name does not resolve.
        """
        ends = monotonic() + within
        addresses = self._vetted(host, within)[:_ADDRESSES_TRIED]
        failure: OSError = TimeoutError("no time left to connect")
        for tried, address in enumerate(addresses):
            # A share of the time, so that a dead first address leaves some for the next.
            share = (ends - monotonic()) / (len(addresses) - tried)
            if share <= 0:
                break
            try:
                return self._dial(address, port, share)
            except OSError as error:
                failure = error
        raise failure

    def _target(self, url: str) -> Target:
        """What the URL leads to. Raises AddressRefused for a fault in its text, or a literal that is refused.

        It is read once, by the parser that connects; what parsers are known to disagree about is refused.
        """
        if len(url) > LONGEST_URL:
            raise AddressRefused(f"the URL is longer than {LONGEST_URL} characters")
        if not url.isprintable() or not {" ", "\\", "#"}.isdisjoint(url):
            raise AddressRefused("the URL holds a space, a control character, a backslash or a #")
        try:
            parsed = parse_url(url)
        except (LocationParseError, UnicodeError):
            raise AddressRefused("the URL cannot be read") from None
        if parsed.scheme not in _DEFAULT_PORTS:
            raise AddressRefused("the URL must begin with http:// or https://")
        authority = re.split("[/?]", url.partition("//")[2], maxsplit=1)[0]
        if "@" in authority:  # of an empty user the parser says nothing
            raise AddressRefused("the URL holds a user or password")
        port = _DEFAULT_PORTS[parsed.scheme] if parsed.port is None else parsed.port
        if port not in _DEFAULT_PORTS.values() and port < _FIRST_FREE_PORT:
            raise AddressRefused("the port must be 80, 443, or 1024 and above")
        return Target(parsed.scheme, self._host(parsed.host or "", authority), port, parsed.request_uri)

    def _host(self, host: str, authority: str) -> str:
        host = host.removesuffix(".").lower()
        if _NAME.fullmatch(host):
            return host
        try:
            address = address_of(host.removeprefix("[").removesuffix("]"))
        except ValueError:
            raise AddressRefused("the host is neither a name nor an address in its usual notation") from None
        if "%" in host or not authority.lower().startswith(host):  # a zone, or digits in disguise
            raise AddressRefused("the host is neither a name nor an address in its usual notation")
        if not self._admits(address):
            raise AddressRefused("the address is not a public one")
        return str(address)

    def _admits(self, address: Address) -> bool:
        return public(address) or self._allows(address)

    def _allows(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self._allowed)

    def _vetted(self, host: str, within: float) -> list[Address]:
        """All addresses of a host, resolved once. One that is refused spoils them all."""
        texts = self._resolved(host, within) if _NAME.fullmatch(host) else [host]
        addresses = [address_of(text) for text in texts]
        if not addresses:
            raise OSError("the name has no address")
        if not all(map(self._admits, addresses)):
            raise AddressRefused("the name leads to an address that is not a public one")
        return addresses

    def _resolved(self, name: str, within: float) -> Sequence[str]:
        """The addresses of a name, asked for in a thread of its own: the system's resolver has no limit."""
        answers: queue.SimpleQueue[Sequence[str] | None] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(name))
            except (OSError, UnicodeError):
                answers.put(None)

        threading.Thread(target=ask, name="resolver", daemon=True).start()
        try:
            found = answers.get(timeout=max(within, 0))
        except queue.Empty:
            raise TimeoutError("the name did not resolve in time") from None
        if found is None:
            raise OSError("the name does not resolve")
        return found

    def _dial(self, address: Address, port: int, seconds: float) -> socket.socket:
        """Connect to just this address."""
        family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
        dialled = socket.socket(family, socket.SOCK_STREAM)
        try:
            dialled.settimeout(seconds)
            dialled.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            dialled.connect((str(address), port))
            self._hold(dialled, address)
        except BaseException:
            dialled.close()
            raise
        return dialled

    def _hold(self, dialled: socket.socket, address: Address) -> None:
        """Raise AddressRefused unless the other end is the address dialled, and is not this very machine."""
        peer, own = address_of(dialled.getpeername()[0]), address_of(dialled.getsockname()[0])
        if peer != address or (peer == own and not self._allows(peer)):
            raise AddressRefused("the connection leads to an address that is not allowed")
