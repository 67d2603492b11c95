"""A path → what lies there. The same few places for every order type; a type may have two segments."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order_types import ORDER_TYPES, OrderType
from chalicelib.wire.forms import is_uuid
from chalicelib.wire.problems import NoSuchPath

ACCOUNT = re.compile(r"[0-9]{1,10}")
"""The number of an account: it must fit into a reply address."""
_BY_PATH = {kind.resource.lower(): kind for kind in ORDER_TYPES}
_BY_PATH["importtoaccounts"] = _BY_PATH["importtoaccount"]  # as two of the public SDKs spell it


class Spot(StrEnum):
    """The kinds of places; each value is the path, with variables in braces.

    `{resource}` is the path of an order type, of one segment or two. Where two places fit, the one that spells out
    more of the path is meant.
    """

    HEALTH = "/health"
    OPENAPI = "/openapi.json"
    ORDERS = "/accounts/{account}/{resource}"
    ORDER = "/accounts/{account}/{resource}/{order}"
    ACTIVATION = "/accounts/{account}/{resource}/{order}/activationStatus"
    HISTORY = "/accounts/{account}/{resource}/{order}/history"
    NOTES = "/accounts/{account}/{resource}/{order}/notes"
    NOTE = "/accounts/{account}/{resource}/{order}/notes/{note}"
    LOAS = "/accounts/{account}/{resource}/{order}/loas"
    LOA = "/accounts/{account}/{resource}/{order}/loas/{file}"
    LOA_METADATA = "/accounts/{account}/{resource}/{order}/loas/{file}/metadata"
    STATUS = "/accounts/{account}/{resource}/{order}/status"
    TN_LIST = "/accounts/{account}/{resource}/{order}/tnList"
    PORTIN_LIST = "/accounts/{account}/{resource}/{order}/portinList"
    TOTALS = "/accounts/{account}/{resource}/totals"
    STANDING = "/accounts/{account}/{resource}/status"
    TNS = "/accounts/{account}/{resource}/{order}/tns"
    ORDER_TOTALS = "/accounts/{account}/{resource}/{order}/totals"
    AREA_CODES = "/accounts/{account}/{resource}/{order}/areaCodes"
    NPA_NXX = "/accounts/{account}/{resource}/{order}/npaNxx"
    SITE_ORDERS = "/accounts/{account}/sites/{site}/{resource}"
    SITE_ORDER = "/accounts/{account}/sites/{site}/{resource}/{order}"
    SITE_TNS = "/accounts/{account}/sites/{site}/{resource}/{order}/tns"
    SUBSCRIPTIONS = "/accounts/{account}/subscriptions"
    SUBSCRIPTION = "/accounts/{account}/subscriptions/{subscription}"
    SUBSCRIPTIONS_V2 = "/accounts/{account}/v2/subscriptions"
    SUBSCRIPTION_V2 = "/accounts/{account}/v2/subscriptions/{subscription}"
    EVENTS = "/accounts/{account}/events"
    EVENT = "/accounts/{account}/events/{event}"
    DESK_ACCOUNTS = "/desk/accounts"
    DESK_ACCOUNT = "/desk/accounts/{account}"
    DESK_CREDENTIALS = "/desk/accounts/{account}/credentials"
    DESK_CREDENTIAL = "/desk/accounts/{account}/credentials/{user}"
    DESK_AUDIT = "/desk/audit"

    @property
    def json_only(self) -> bool:
        """Whether nothing but JSON is spoken there."""
        return self in (Spot.SUBSCRIPTIONS_V2, Spot.SUBSCRIPTION_V2)

    @property
    def patterns(self) -> tuple[str, ...]:
        """The path, and where it holds a resource, the same for a type of two segments."""
        path = self.value
        if "/{resource}/{order}" in path:
            return path, path.replace("/{order}", "/{order}/{part}")
        return (path, path.replace("/{resource}", "/{resource}/{order}")) if "/{resource}" in path else (path,)


OPEN = frozenset({Spot.HEALTH, Spot.OPENAPI})
"""Places that need no credentials."""

ROUTES = sorted({pattern for spot in Spot for pattern in spot.patterns})
"""What is registered with API Gateway, where variables at one place of the path must have one name."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A spot's path, split. `spelled`: its literals, in lower case. `two`: its resource has two segments."""

    spot: Spot
    segments: tuple[str, ...]
    spelled: tuple[tuple[int, str], ...]
    two: bool

    @property
    def literals(self) -> int:
        return len(self.spelled)


def _variable(segment: str) -> str | None:
    return segment[1:-1] if segment.startswith("{") else None


def _split(path: str) -> tuple[str, ...]:
    return tuple(path.strip("/").split("/"))


def _spelled(segments: Sequence[str]) -> tuple[tuple[int, str], ...]:
    return tuple((at, said.lower()) for at, said in enumerate(segments) if _variable(said) is None)


def _patterns() -> dict[int, list[_Pattern]]:
    """By the number of segments; the most literal first, and of the same, those of two-segment types."""
    found = [
        _Pattern(spot, _split(path), _spelled(_split(path)), two=bool(at))
        for spot in Spot
        for at, path in enumerate(spot.patterns)
    ]
    found.sort(key=lambda pattern: (-pattern.literals, not pattern.two))
    return {len(each.segments): [p for p in found if len(p.segments) == len(each.segments)] for each in found}


_BY_LENGTH = _patterns()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a request goes. `named`: the path's variables, as asked for."""

    spot: Spot
    kind: OrderType | None = None
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def account(self) -> str:
        """Whose it is; empty where the place belongs to none."""
        return self.named.get("account", "")

    @property
    def id(self) -> str:
        """The order's or the subscription's id, as asked for."""
        return self.named.get("order") or self.named.get("subscription", "")

    @property
    def note(self) -> str:
        """The note's id, as asked for."""
        return self.named.get("note", "")

    @property
    def file(self) -> str:
        """The document's name, as asked for."""
        return self.named.get("file", "")

    @property
    def order(self) -> OrderKey:
        """The order's key. Raises Invalid for an id that no order can have."""
        assert self.kind is not None  # noqa: S101 because only spots of orders ask
        if is_uuid(self.id):
            return OrderKey(self.account, self.kind.resource, self.id.lower())
        if self.kind.resource == "orders":
            raise Invalid(Problem("5061", "Order id is invalid", "OrderId"))
        raise Invalid(Problem("1008", f"'{self.id[:40]}' is not a valid UUID", "OrderId"))

    @property
    def canonical(self) -> str:
        """The path, the same however it was spelled."""
        resource = self.kind.resource if self.kind else ""
        named = {**self.named, "resource": resource, "order": self.named.get("order", "").lower()}
        return "/".join((self.spot, *(f"{name}={value}" for name, value in sorted(named.items()))))


def find(segments: Sequence[str]) -> Place:
    """The place of a path's segments. Raises NoSuchPath."""
    for pattern in _alike(segments):
        place = _fits(pattern, segments)
        if place is not None:
            return place
    raise NoSuchPath("The resource does not exist")


def even(segments: Sequence[str]) -> list[str]:
    """The segments with those that routes spell out spelled as they do; variables stay: case may matter in them."""
    for pattern in _alike(segments):
        return [
            said if _variable(expected) else expected for said, expected in zip(segments, pattern.segments, strict=True)
        ]
    return [*segments]


def _alike(segments: Sequence[str]) -> Iterator[_Pattern]:
    """The patterns whose literals these segments have, the most literal first."""
    said = [segment.lower() for segment in segments]
    for pattern in _BY_LENGTH.get(len(said), ()):
        for at, literal in pattern.spelled:
            if said[at] != literal:
                break
        else:
            yield pattern


def _fits(pattern: _Pattern, segments: Sequence[str]) -> Place | None:
    named: dict[str, str] = {}
    for expected, segment in zip(pattern.segments, segments, strict=True):
        variable = _variable(expected)
        if variable is not None:
            named[variable] = segment
    if not ACCOUNT.fullmatch(named.get("account", "0")):
        return None
    if "resource" not in named:
        return Place(spot=pattern.spot, named=named)
    resource = named.pop("resource")
    if pattern.two:  # what stands where the order's id would be is the second half of the type's name
        resource = f"{resource}/{named.pop('order')}"
        named = {"order" if name == "part" else name: value for name, value in named.items()}
    kind = _BY_PATH.get(resource.lower())
    return Place(spot=pattern.spot, kind=kind, named=named) if kind else None
