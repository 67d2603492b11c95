"""How the name of an XML element is spelled in JSON: lowerCamelCase, a leading run of capitals counting as one word."""

import re
from functools import lru_cache

_LEADING = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![a-z])|[A-Z]")


@lru_cache(maxsize=4096)
def json_name(tag: str) -> str:
    """CustomerOrderId → customerOrderId, URL → url, NPANXXSearchAndOrderType → npanxxSearchAndOrderType, id → id."""
    leading = _LEADING.match(tag)
    return tag[: leading.end()].lower() + tag[leading.end() :] if leading else tag


def xml_name(name: str) -> str:
    """The element that a JSON name means where no document knows better: its first letter capitalised."""
    return name[:1].upper() + name[1:]
