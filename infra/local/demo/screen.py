"""What the demo shows: steps, boxes, and the picture of an order's way. Colours only on a terminal that has them."""

import os
import sys
import textwrap
from collections.abc import Iterable

WIDTH = 88
_COLOURS = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}
_coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def paint(text: str, *styles: str) -> str:
    """The text in these styles, where the terminal has any."""
    if not _coloured:
        return text
    codes = ";".join(_COLOURS[style] for style in styles)
    return f"\x1b[{codes}m{text}\x1b[0m"


def step(number: int, of: int, text: str) -> None:
    """What happens now."""
    done = paint("█" * number, "green") + paint("░" * (of - number), "dim")
    print(f"\n{done} {paint(f'{number}/{of}', 'dim')}  {paint(text, 'bold')}\n", flush=True)


def say(text: str, *styles: str) -> None:
    """A line."""
    print(f"   {paint(text, *(styles or ('dim',)))}", flush=True)


def box(heading: str, lines: Iterable[str], colour: str) -> None:
    """Something that came, as a letter lies on a table."""
    bar = paint("│", colour)
    print(f"   {paint('╭─ ' + heading + ' ' + '─' * (WIDTH - len(heading) - 5) + '╮', colour)}")
    for line in lines:
        for part in textwrap.wrap(line, WIDTH - 4, drop_whitespace=False) or [""]:
            print(f"   {bar} {part.ljust(WIDTH - 4)} {bar}")
    print(f"   {paint('╰' + '─' * (WIDTH - 2) + '╯', colour)}", flush=True)


def journal(entries: Iterable[dict[str, object]], told: dict[int, list[str]]) -> None:
    """The journal as a line of life: each entry, and who was told of it."""
    for entry in entries:
        number = int(str(entry["sequence"]))
        what = f"“{entry['note']}”" if entry.get("note") else str(entry["status"])
        ways = "  ".join(paint(way, "cyan" if way == "callback" else "magenta") for way in told.get(number, []))
        head = paint(f"{number:>2}", "bold")
        print(f"   {head} ●─ {textwrap.shorten(what, 44):<46} {paint(str(entry['by'])[:22].ljust(22), 'dim')} {ways}")
        print(f"      {paint('│', 'dim')}")
    print(
        f"      {paint('■ final: the subscriptions for this one order have ended with it', 'dim')}",
        flush=True,
    )
