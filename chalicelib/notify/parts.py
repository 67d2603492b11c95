"""The two parts of a mail, text and HTML, from the templates in the folder beside: they say the same."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from chalicelib.notify.render import Said

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment
    from markupsafe import Markup

MARKER = "-- Reply above this line --"
"""On a line of its own in both parts: what stands below it in an answer is ours."""

_TEXT, _HTML = "order.txt.j2", "order.html.j2"
_RULE = "-" * 60


def parts(said: Said) -> tuple[str, str]:
    """The text and the HTML. The note stands in both in full: as it is, and escaped."""
    known = {
        "said": said,
        "marker": MARKER,
        "rule": _RULE,
        "width": max(len(label) for label, _ in said.facts),
    }
    environment = _environment()
    text = environment.get_template(_TEXT).render(known)
    html = environment.get_template(_HTML).render(known)
    return text, _inliner().inline(html)


@cache
def _environment() -> "Environment":
    """Read through importlib.resources, so that it works from a zip; only HTML is escaped."""
    from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape  # noqa: PLC0415 because a callback needs no templates and must not wait for them

    folder = files(__package__) / "templates"
    environment = Environment(
        loader=DictLoader({name: (folder / name).read_text("utf-8") for name in (_TEXT, _HTML)}),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["lines"] = _lines
    return environment


def _lines(text: str) -> "Markup":
    """Text of several lines, escaped, for programs that know nothing of `white-space`, Outlook among them."""
    from markupsafe import Markup, escape  # noqa: PLC0415 because it comes with Jinja2, see above

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Markup("<br>").join(map(escape, lines))


@cache
def _inliner() -> "CSSInliner":
    """Rules go onto the elements; what only a media query can say stays in the head. Nothing is fetched."""
    from css_inline import CSSInliner  # noqa: PLC0415 because a callback needs no style

    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
