"""What Amazon SES found out about a mail's sender, as its Authentication-Results say it (RFC 8601)."""

import re
from collections.abc import Iterator, Sequence

OUR_JUDGE = "amazonses.com"
"""The authserv-id whose results are believed."""

_COMMENT = re.compile(r"\([^()]*\)")
_COMMENTS_IN_COMMENTS = 4
_RESULT = re.compile(r"\s*([a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)(.*)", re.DOTALL)
_DOMAINS = {
    "dkim": re.compile(r"\bheader\.[di]\s*=\s*\"?[^\s;\"@]*@?([\w.-]+)"),
    "spf": re.compile(r"\b(?:smtp\.(?:mailfrom|helo)|envelope-from)\s*=\s*\"?(?:[^\s;\"@]*@)?([\w.-]+)"),
}


def authentic(results: Sequence[str], domain: str) -> bool | None:
    """Whether a mail `From` this domain is what it says; None when our judge has not spoken.

    `results`: the Authentication-Results, topmost first; only the topmost of our judge counts. DMARC decides;
    where the domain has no policy, DKIM or SPF must have passed for the domain, or one above or below it.
    """
    spoken = next((text for text in map(_plain, results) if _judge(text) == OUR_JUDGE), None)
    if spoken is None:
        return None
    methods = list(_methods(spoken))
    dmarc = {verdict for method, verdict, _ in methods if method == "dmarc"}
    if dmarc & {"pass", "fail"}:
        return "fail" not in dmarc
    return any(
        verdict == "pass" and method in _DOMAINS and _vouches(method, properties, domain)
        for method, verdict, properties in methods
    )


def _vouches(method: str, properties: str, domain: str) -> bool:
    return any(_aligned(found, domain) for found in _DOMAINS[method].findall(properties))


def _aligned(one: str, other: str) -> bool:
    """Relaxed alignment (RFC 7489, 3.1), as far as it can be told without a list of public suffixes."""
    one, other = one.strip("."), other.strip(".")
    return one == other or ("." in one and other.endswith("." + one)) or ("." in other and one.endswith("." + other))


def _plain(text: str) -> str:
    for _ in range(_COMMENTS_IN_COMMENTS):
        text = _COMMENT.sub(" ", text)
    return text.lower()


def _judge(text: str) -> str:
    return text.partition(";")[0].split()[0] if text.partition(";")[0].split() else ""


def _methods(text: str) -> Iterator[tuple[str, str, str]]:
    """Method, verdict and properties. SES sets semicolons between the properties of a method too."""
    current: tuple[str, str, str] | None = None
    for piece in text.split(";")[1:]:
        found = _RESULT.fullmatch(piece)
        if found and "." not in found.group(1) and found.group(1) in {*_DOMAINS, "dmarc", "arc", "iprev", "auth"}:
            if current:
                yield current
            current = (found.group(1), found.group(2), found.group(3))
        elif current:
            current = (current[0], current[1], f"{current[2]} {piece}")
    if current:
        yield current
