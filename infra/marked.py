"""Parts of a page of docs that are made: they stand between two marks, what a person wrote stands around them."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent

RECEIVERS = {
    "Python": ("python", "clients/receivers/python/docket_receiver.py"),
    "Node": ("js", "clients/receivers/node/docket_receiver.mjs"),
    "Go": ("go", "clients/receivers/go/receiver.go"),
    "Java": ("java", "clients/receivers/java/DocketReceiver.java"),
}


def filled(page: str, mark: str, content: str) -> str:
    """The page with `content` between `<!-- begin: mark -->` and `<!-- end: mark -->`. KeyError without these."""
    begin, end = f"<!-- begin: {mark} -->", f"<!-- end: {mark} -->"
    if begin not in page or end not in page:
        raise KeyError(mark)
    between = re.compile(f"({re.escape(begin)}\n).*?({re.escape(end)})", re.DOTALL)
    return between.sub(lambda found: f"{found[1]}{content}\n{found[2]}", page, count=1)


def callbacks() -> str:
    """docs/callbacks.md with the receivers that people may copy, as they are tested."""
    page = (ROOT / "docs" / "callbacks.md").read_text(encoding="utf-8")
    return filled(page, "receivers", "\n".join(_receiver(name) for name in RECEIVERS))


def _receiver(name: str) -> str:
    syntax, path = RECEIVERS[name]
    code = (ROOT / path).read_text(encoding="utf-8").rstrip()
    return f"<details><summary>{name} (<code>{path}</code>)</summary>\n\n```{syntax}\n{code}\n```\n\n</details>\n"
