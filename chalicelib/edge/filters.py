"""The filters of lists: what a query string asks for, as one question to the ledger. All types take all of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from chalice.app import MultiDict

from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.handle import phone
from chalicelib.domain.order_types import OrderType
from chalicelib.domain.query import ALWAYS, Span
from chalicelib.edge.visit import Visit
from chalicelib.wire.forms import instant

NAMES = {
    name.lower(): name
    for name in (
        "status", "startdate", "enddate", "date", "createdDateFrom", "createdDateTo", "createdAfterDate",
        "createdBeforeDate", "modifiedDateFrom", "modifiedDateTo", "lastModifiedAfter", "lastModifiedBy",
        "customerOrderId", "tn", "orderTn", "pon", "userid", "orderIdFragment", "orderDetails", "includeInResponse",
    )
}  # fmt: skip
"""Every filter, by its name in lower case. Any other parameter is passed over, as the compatible API does it."""

INCLUDED = ("LAST_NOTE", "SUPP_COUNT", "ADMIN_INFO")
"""What rows may be asked to hold beside the usual. ADMIN_INFO is taken, and nothing comes of it."""

BY_BILLING_NUMBER = frozenset({"portins"})
"""The types whose parameter `tn` means the billing number; with all others it is any number of the order."""

_SHORT_DAY = re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{2}Z?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}Z?")
_INSTANT = timedelta(milliseconds=1)
_TWO_YEARS = timedelta(days=731)
_FRAGMENT = re.compile(r"[0-9a-fA-F-]{1,36}")


@dataclass(slots=True)
class Asked:
    """A query string: names without case, blank values left out. `problems` collects what is wrong with it."""

    values: Mapping[str, list[str]]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, visit: Visit) -> "Asked":
        """That of a request."""
        values = dict[str, list[str]]()
        given = visit.request.query_params or MultiDict({})
        for name in given:
            said = [text.strip() for text in given.getlist(name) if text.strip()]
            values.setdefault(name.lower(), []).extend(said)
        return cls({name: said for name, said in values.items() if said})

    @classmethod
    def only(cls, visit: Visit, *names: str) -> "Asked":
        """The same where no other parameters are known: one that is passed over would give a wrong answer."""
        asked = cls.of(visit)
        known = {name.lower() for name in names}
        for name in asked.values:
            if name not in known:
                asked.wrong("1005", f"{name[:40]} is not a filter of this list. Filters: {', '.join(names)}", name)
            elif len(asked.values[name]) > 1:
                asked.wrong("1009", f"{name} is given more than once", name)
        return asked

    def one(self, name: str) -> str | None:
        """A parameter's value; of repeated ones the last."""
        return self.values[name.lower()][-1] if name.lower() in self.values else None

    def wrong(self, code: str, text: str, name: str) -> None:
        """Remember a problem."""
        self.problems.append(Problem(code, text, name))

    def judge(self) -> None:
        """Raise Invalid with all problems, if there are any."""
        if self.problems:
            raise Invalid(*dict.fromkeys(self.problems))

    def time(self, name: str, *, end: bool = False) -> datetime | None:
        """The time that a parameter means; with `end`, that before which it ends: a day's, or a moment's."""
        text = self.one(name)
        if text is None:
            return None
        whole_day = _DAY.fullmatch(text) or _SHORT_DAY.fullmatch(text)
        try:
            at = instant(f"20{text}" if _SHORT_DAY.fullmatch(text) else text)
            return at + (timedelta(days=1) if whole_day else _INSTANT) if end else at
        except (ValueError, OverflowError):
            self.wrong("1007", f"{text[:40]} is not a valid date format.", name)
            return None

    def span(self, first: str, last: str, *, code: str) -> Span:
        """From one parameter to another, both included."""
        since, before = self.time(first), self.time(last, end=True)
        if since and before and since >= before:
            what = "start must be before end" if code == "15501" else f"'{first}' must not be after '{last}'"
            self.wrong(code, what, first)
        return Span(since, before)


def of(asked: Asked, kind: OrderType) -> dict[str, Any]:
    """The filters of an OrderQuery. Problems are left in `asked`."""
    return {
        "statuses": _statuses(asked, kind),
        "created": _created(asked),
        "modified": _modified(asked),
        "customer_order_id": asked.one("customerOrderId"),
        "pon": asked.one("pon"),
        "user": asked.one("userid"),
        "modified_by": asked.one("lastModifiedBy"),
        "id_prefix": _prefix(asked),
        "oldest_first": asked.one("createdAfterDate") is not None,
        "detailed": (asked.one("orderDetails") or "").lower() == "true",
        **_numbers(asked, kind),
    }


def recent(filters: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The same of the last two years, where neither dates nor anything particular is asked for."""
    particular = ("created", "modified", "customer_order_id", "number", "billing", "pon", "id_prefix")
    if any(filters.get(name) for name in particular):
        return filters
    return {**filters, "created": Span(since=now.astimezone(UTC) - _TWO_YEARS)}


def included(asked: Asked) -> frozenset[str]:
    """What rows are to hold beside the usual."""
    wanted = {part.strip().upper() for text in asked.values.get("includeinresponse", ()) for part in text.split(",")}
    if not wanted <= set(INCLUDED):
        text = f"Invalid 'includeInResponse'. Valid values: {', '.join(INCLUDED)}"
        asked.wrong("15522", text, "includeInResponse")
    return frozenset(wanted)


def _statuses(asked: Asked, kind: OrderType) -> frozenset[str]:
    wanted = {text.upper() for text in asked.values.get("status", ())}
    if not wanted <= kind.states:
        valid = ", ".join(state.lower() for state in kind.transitions)
        code = "15521" if kind.resource == "portouts" else "15518"
        asked.wrong(code, f"Invalid 'status'. Valid values: {valid}", "status")
    return frozenset(wanted)


def _created(asked: Asked) -> Span:
    if (asked.one("startdate") is None) != (asked.one("enddate") is None):
        asked.wrong("15508", "'startdate' and 'enddate' must be used together", "startdate")
    spans = (
        asked.span("startdate", "enddate", code="15501"),
        asked.span("date", "date", code="15509"),
        asked.span("createdDateFrom", "createdDateTo", code="15509"),
        asked.span("createdAfterDate", "createdBeforeDate", code="15509"),
    )
    return _in_all(spans)


def _modified(asked: Asked) -> Span:
    dated = [name for name in ("modifiedDateFrom", "modifiedDateTo") if asked.one(name)]
    if dated and asked.one("lastModifiedAfter"):
        text = "'lastModifiedAfter' cannot be combined with [modifiedDateFrom, modifiedDateTo]"
        asked.wrong("15515", text, "lastModifiedAfter")
    after = Span(since=asked.time("lastModifiedAfter"))
    return _in_all((after, asked.span("modifiedDateFrom", "modifiedDateTo", code="15509")))


def _in_all(spans: tuple[Span, ...]) -> Span:
    """The time that lies in all of them."""
    since = max((span.since for span in spans if span.since), default=None)
    before = min((span.before for span in spans if span.before), default=None)
    return Span(since, before) if since or before else ALWAYS


def _numbers(asked: Asked, kind: OrderType) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("tn", "orderTn"):
        text = asked.one(name)
        number = phone(text or "")
        if text and number is None:
            asked.wrong("1008", f"'{text[:40]}' is not a telephone number", name)
        elif number:
            found["billing" if name == "tn" and kind.resource in BY_BILLING_NUMBER else "number"] = number
    return found


def _prefix(asked: Asked) -> str | None:
    text = asked.one("orderIdFragment")
    if text and not _FRAGMENT.fullmatch(text):
        asked.wrong("1008", f"'{text[:40]}' is not the beginning of an order id", "orderIdFragment")
    return text.lower() if text else None
