"""The papers tell the truth: links lead somewhere, commands exist, and no place or errand shows through."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house.tree import ROOT, files, text

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
OUTSIDE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
TARGET = re.compile(r"^([a-z]+):.*?(?: ## (.+))?$", re.MULTILINE)

# What says where or how this was written, instead of what it is. Spelt so that this file does not contain it.
STRANGE = {
    "a path of somebody's machine": re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work|mnt)/\w"),
    "a folder beside the project": re.compile(r"\.\./[s]hared\b"),
    "the host of a package index": re.compile(r"\bpyp[i]\.|pythonhoste[d]|registry\.npm[j]s"),
    "an issue without its project": re.compile(r"\bissue #?\d", re.IGNORECASE),
}
LOCKS = re.compile(r"requirements.*\.txt$")


def _papers() -> tuple[Path, ...]:
    return files(".md")


@pytest.mark.parametrize("paper", _papers(), ids=str)
def test_every_link_leads_somewhere(paper: Path) -> None:
    assert [link for link in _links(paper) if not _leads_somewhere(paper, link)] == []


def test_every_make_target_is_explained() -> None:
    explained = dict(TARGET.findall(text(Path("Makefile"))))
    assert [name for name, sentence in explained.items() if not sentence and name != "help"] == []
    contributing = text(Path("CONTRIBUTING.md"))
    assert [name for name in explained if name != "help" and f"`make {name}`" not in contributing] == []


def test_every_decision_is_dated_whole_and_in_the_index() -> None:
    index = text(Path("docs/decisions/README.md"))
    decisions = [path for path in _papers() if re.match(r"docs/decisions/\d{4}-", path.as_posix())]
    assert decisions
    for path in decisions:
        assert f"({path.name})" in index, f"{path} is not in the index"
        assert re.search(r"^Date: \d{4}-\d{2}-\d{2}$", text(path), re.MULTILINE), f"{path} has no date"
        parts = re.split(r"^## (.+)$", text(path), flags=re.MULTILINE)[1:]
        assert parts[::2] == ["Context", "Decision", "Alternatives", "Consequences"], str(path)
        assert all(part.strip() for part in parts[1::2]), f"{path} has an empty part"


@pytest.mark.parametrize("what", STRANGE)
def test_no_place_or_errand_shows_through(what: str) -> None:
    seen = [
        f"{path}:{number}: {line.strip()}"
        for path in files()
        if not LOCKS.match(path.name)
        for number, line in enumerate(text(path).splitlines(), start=1)
        if STRANGE[what].search(line)
    ]
    assert seen == []


def _links(paper: Path) -> Iterator[str]:
    for link in LINK.findall(FENCE.sub("", text(paper))):
        if not OUTSIDE.match(link):
            yield unquote(link)


def _leads_somewhere(paper: Path, link: str) -> bool:
    where, _, anchor = link.partition("#")
    target = (ROOT / paper.parent / where).resolve() if where else ROOT / paper
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    if not anchor or target.suffix != ".md":
        return True
    return anchor in {_anchor(heading) for heading in HEADING.findall(FENCE.sub("", target.read_text("utf-8")))}


def _anchor(heading: str) -> str:
    """The name that a heading has in links, as GitHub makes it."""
    words = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
