"""Which syntax a body is in, and which one the answer is to be in. Bandwidth's SDKs say application/xml, or nothing."""

from chalicelib.wire.tree import Syntax

_XML = frozenset({"application/xml", "text/xml"})
_JSON = frozenset({"application/json", "text/json"})
_UNSAID = frozenset({"", "application/x-www-form-urlencoded"})
"""What curl says of any body that it is given, too."""

_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""White space, and the byte order marks."""

_ANY = frozenset({"*/*", "application/*"})


def body_syntax(content_type: str | None, body: bytes) -> Syntax | None:
    """The syntax of a body; one that does not say is told by its first character. None when it is neither."""
    media = (content_type or "").partition(";")[0].strip().lower()
    if media in _UNSAID:
        return Syntax.JSON if body[:64].lstrip(_BEFORE_TEXT)[:1] == b"{" else Syntax.XML
    return _named(media)


def charset(content_type: str | None) -> str | None:
    """The charset that a Content-Type names; None where it names none: then the body itself says."""
    for parameter in (content_type or "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def answer_syntax(accept: str | None, body: Syntax | None) -> Syntax | None:
    """What `Accept` prefers; where it leaves the choice, the body's syntax, else XML. None when it wants neither."""
    if not accept or not accept.strip():
        return body or Syntax.XML
    for media in _preferred(accept):
        if media in _ANY:
            return body or Syntax.XML
        if (syntax := _named(media)) is not None:
            return syntax
        if media == "text/*":
            return Syntax.XML
    return None


def _named(media: str) -> Syntax | None:
    if media in _XML or media.endswith("+xml"):
        return Syntax.XML
    return Syntax.JSON if media in _JSON or media.endswith("+json") else None


def _preferred(accept: str) -> list[str]:
    """The media types by their weight, in the order given where the weight is the same; refused ones left out."""
    weighed = []
    for item in accept.split(","):
        media, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = next((_weight(value[2:]) for value in parameters if value.startswith("q=")), 1.0)
        if weight > 0:
            weighed.append((media, weight))
    return [media for media, _ in sorted(weighed, key=lambda pair: -pair[1])]


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
