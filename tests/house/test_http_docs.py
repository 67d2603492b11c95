"""docs/http.md: every route with its methods, every error with its status and code."""

import re
from collections.abc import Iterator

import app
from chalicelib.domain.errors import DocketError, Refused
from chalicelib.edge.door import _ways
from chalicelib.wire.problems import _STATUSES
from tests.house.tree import ROOT

HTTP = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in HTTP.splitlines() if line.startswith("|")]


def test_every_route_and_method_is_in_the_docs_and_nothing_else() -> None:
    """A method registered and not written down, or the other way round, is found."""
    assert app.app.routes
    documented = {row[0].strip("`"): set(row[1].split(", ")) for row in ROWS if row[0].startswith("`/")}
    assert documented == {spot.value: set(ways) for spot, ways in _ways.items()}


def test_every_error_is_in_the_docs_with_its_status_and_code() -> None:
    """As the code answers it."""
    documented = {
        (row[0], row[1], name) for row in ROWS if row[0].isdigit() for name in re.findall(r"`(\w+)`", row[-1])
    }
    answered = {(str(status), code, kind.__name__) for kind, status, code in _STATUSES}
    concrete = {row for row in answered if row[2] != "Clash"} | {
        ("409", "1010", "OrderBusy"),
        ("400", "by field", "Invalid"),
        ("400", "by field", "NoPart"),
    }
    assert documented == concrete


def test_every_refusal_has_a_row_of_its_own_or_its_family_s() -> None:
    """A new leaf of the tree without a status of its own is found."""
    named = set(re.findall(r"`(\w+)`", " ".join(row[-1] for row in ROWS)))
    assert {leaf.__name__ for leaf in _leaves(Refused)} <= named


def _leaves(kind: type[DocketError]) -> Iterator[type[DocketError]]:
    below = kind.__subclasses__()
    yield from (leaf for child in below for leaf in _leaves(child))
    if not below:
        yield kind
