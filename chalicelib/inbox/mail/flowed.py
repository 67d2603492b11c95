"""Text that was wrapped for the journey, put back into paragraphs (RFC 3676, format=flowed)."""

import re

_QUOTE = re.compile(r">*")
_SIGNATURE = "-- "


def unflowed(text: str, *, delete_space: bool) -> str:
    """The text with its soft breaks mended, each quote depth by itself. `delete_space`: DelSp."""
    lines: list[list[str]] = []  # each in pieces, for a paragraph may be long
    open_at = -1  # the quote depth of a line that goes on in the next one; -1: none does
    for line in text.splitlines():
        depth, content = _unstuffed(line)
        signature = content == _SIGNATURE
        if open_at == depth and not signature:
            lines[-1].append(content)
        else:
            lines.append([">" * depth + (" " if depth else ""), content])
        open_at = -1
        if content.endswith(" ") and not signature:
            open_at = depth
            if delete_space:
                lines[-1][-1] = content[:-1]
    return "\n".join("".join(pieces) for pieces in lines)


def _unstuffed(line: str) -> tuple[int, str]:
    depth = _QUOTE.match(line).end()  # type: ignore[union-attr] # because it matches the empty text too
    return depth, line[depth:].removeprefix(" ")
