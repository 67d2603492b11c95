"""No exception to a check without its code and its reason."""

import io
import re
import tokenize
from collections.abc import Iterator

from tests.house.tree import files, text

WORKAROUND = re.compile(r"#\s*(noqa|type:\s*ignore|mypy:|ruff:|pylint:|nosec)")
REASON = r"[\s#:,-]*(?=.{8})[a-z].*"
ALLOWED = (
    re.compile(r"#\s*noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* " + REASON, re.DOTALL),
    re.compile(r"#\s*type: ignore\[[a-z-]+(, ?[a-z-]+)*\] *#" + REASON, re.DOTALL),
)


def test_an_exception_in_the_code_names_its_check_and_its_reason() -> None:
    bare = [
        f"{path}:{line}: {comment}"
        for path in files(".py")
        for line, comment in _comments(text(path))
        if WORKAROUND.match(comment) and not any(form.match(comment) for form in ALLOWED)
    ]
    assert bare == []


def test_an_exception_in_pyproject_says_because() -> None:
    codes = re.compile(r'^\s+"[A-Z]+\d+",(.*)$', re.MULTILINE)
    (pyproject,) = files("pyproject.toml")
    rests = codes.findall(text(pyproject))
    assert rests
    assert [rest for rest in rests if not re.match(r"\s+# because \S+", rest)] == []


def _comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
