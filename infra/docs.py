"""`python -m infra.docs [--check]`: docs that are made from the code, so that they cannot lie."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from chalicelib.config import Says, Settings, described
from chalicelib.domain.order_types import ORDER_TYPES, OrderType
from chalicelib.domain.order_types.supplements import Supplements
from infra import lives, marked, places

FOLDER = Path(__file__).parent.parent / "docs"


def settings() -> str:
    """Every setting, from chalicelib/config."""
    rows = [_setting(name, says) for name, says in described().items()]
    return "\n".join([
        "# Settings", "",
        "Made from `chalicelib/config` by `make docs`. All settings are environment variables. A value that is not",
        "of its form stops the start with one line that names the variable, the form, and an example.", "",
        "| variable | default | form | meaning |", "|---|---|---|---|", *rows, "",
    ])  # fmt: skip


def _setting(name: str, says: Says) -> str:
    default = next(field.default for field in fields(Settings) if field.name == name)
    shown = says.shown or _shown(default)
    if isinstance(says.on_aws, tuple | str | float):
        shown += f"; on AWS: {_shown(says.on_aws)}"
    return f"| `{says.variable}` | {shown} | {says.form.name} | {says.sentence} |"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"`{','.join(str(part) for part in value)}`" if value else "none"
    if isinstance(value, float):
        return f"`{value:g}`"
    return f"`{value}`" if str(value) else "none"


def states() -> str:
    """Every order type's lifecycle, from chalicelib/domain/order_types."""
    parts = [
        "# Order types and their states", "",
        "Made from `chalicelib/domain/order_types` by `make docs`. A state in **bold** is final. Subscribers are told",
        "of every entry into a state marked `*`, and of every note. The arrows are all the steps that the desk may",
        "take; any other is refused with 409 and the states that are allowed.", "",
        "| type | path | in subscriptions | in list rows | states |", "|---|---|---|---|---|",
        *map(_row, ORDER_TYPES),
    ]  # fmt: skip
    return "\n".join([*parts, "", *(line for kind in ORDER_TYPES for line in _lifecycle(kind))])


def _row(kind: OrderType) -> str:
    return f"| {kind.noun} | `{kind.resource}` | `{kind.token}` | `{kind.row}` | {_states(kind)} |"


def _states(kind: OrderType) -> str:
    return ", ".join(_state(kind, state) for state in kind.transitions)


def _state(kind: OrderType, state: str) -> str:
    return (f"**{state}**" if kind.is_final(state) else state) + ("*" if state in kind.notified else "")


def _lifecycle(kind: OrderType) -> Iterator[str]:
    yield from (f"## {kind.resource}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {kind.initial}")
    for state, following in kind.transitions.items():
        yield from (f"    {state} --> {after}" for after in sorted(following))
        if not following:
            yield f"    {state} --> [*]"
    yield from ("```", "")
    for state, step in kind.automatic.items():
        yield from (
            f"`{state}` is left at once: to `{step.then}`, or to `{step.unworkable}` where no number is named.",
            "",
        )
    yield from _client(kind.supplements)
    yield from ("| state | what is said where nobody says anything else |", "|---|---|")
    yield from (f"| {_state(kind, state)} | {message} |" for state, message in kind.messages.items())
    yield ""


def _led(table: Supplements, state: str) -> str:
    other = table.without_completed.get(state)
    return state if other is None else f"{state}, without any completed number {other}"


def _client(table: Supplements) -> Iterator[str]:
    """What the client of an order may do in which state."""
    asked = [
        (state, f"{element} {word}", then)
        for element, words in table.asks.items()
        for word, states in words.items()
        for state, then in states.items()
    ]
    if not (table.takes or table.cancels or asked):
        return
    yield from ("| state | its client may | which leads to |", "|---|---|---|")
    yield from (f"| {state} | supplement | {then} |" for state, then in table.takes.items())
    yield from (f"| {state} | say `{said}` | {_led(table, then)} |" for state, said, then in asked)
    yield from (
        f"| {state} | cancel | {'its removal' if state in table.removes else then} |"
        for state, then in table.cancels.items()
    )
    yield ""
    barred = {**table.barred, **{f"{state} (cancel)": barrier for state, barrier in table.uncancelled.items()}}
    if barred:
        yield from ("| state | what its client is told |", "|---|---|")
        yield from (f"| {state} | {barrier.code}: {barrier.text} |" for state, barrier in barred.items())
        yield ""


DOCS: Mapping[str, Callable[[], str]] = {
    "settings.md": settings,
    "states.md": states,
    "callbacks.md": marked.callbacks,
    "autopilot.md": lives.autopilot,
    "http.md": places.page,
}


def main(arguments: list[str]) -> int:
    """Write the docs; with --check only say which are not current, and exit with 1 if any is."""
    stale = [name for name, make in DOCS.items() if _read(FOLDER / name) != make()]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/{name} is not current: run `make docs`", file=sys.stderr)
        return int(bool(stale))
    for name in stale:
        (FOLDER / name).write_text(DOCS[name](), encoding="utf-8")
    return 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
