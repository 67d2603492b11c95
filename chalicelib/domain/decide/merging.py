"""How what is sent later is laid over what was sent before, and what is different then."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate

from chalicelib.domain.details import Details
from chalicelib.domain.entry import Changed

LONGEST_TEXT = 2000
"""Characters of each side of a difference; what is longer is cut."""

MOST_CHANGES = 200
MOST_TEXT = 25_000
"""Differences in one entry, and characters of all of them; those beyond are counted. An item may have 400 KB, and a
character be twelve bytes of it."""


def omitted(details: Details, paths: Collection[str]) -> Details:
    """The details without the elements at these paths ("Subscriber/ServiceAddress"), compared without case."""
    whole = {path.lower() for path in paths if "/" not in path}
    deeper: dict[str, list[str]] = {}
    for path in paths:
        name, slash, rest = path.partition("/")
        if slash:
            deeper.setdefault(name.lower(), []).append(rest)
    return tuple(
        (name, value if isinstance(value, str) else omitted(value, deeper.get(name.lower(), ())))
        for name, value in details
        if name.lower() not in whole
    )


def found(details: Details, path: str) -> Details:
    """The elements at a path, with all that is in them; names compared without case."""
    name, _, rest = path.partition("/")
    here = tuple((name, value) for key, value in details if key.lower() == name.lower())
    if not rest:
        return here
    return tuple(pair for _, value in here if not isinstance(value, str) for pair in found(value, rest))


def merged(before: Details, sent: Details, renewed: Mapping[str, str] | None = None) -> Details:
    """Elements of `sent` in the place of those of the same name, new ones behind; elements within elements likewise.

    A list is replaced whole, and so is an element of `renewed` that holds its flag as true.
    """
    flags = renewed or {}
    kept: list[tuple[str, str | Details]] = []
    done: set[str] = set()
    for name, old in before:
        again = [value for key, value in sent if key.lower() == name.lower()]
        if not again:
            kept.append((name, old))
        elif name.lower() not in done:
            done.add(name.lower())
            kept += [(name, _merged_element(name, old, value, flags, alone=len(again) == 1)) for value in again]
    kept += [
        (name, _unflagged(value, flags.get(name)))
        for name, value in sent
        if name.lower() not in {key.lower() for key, _ in before}
    ]
    return tuple(kept)


def differences(before: Details, after: Details) -> tuple[Changed, ...]:
    """What is different, element by element; of repeated texts all together, of repeated elements one by one."""
    old, new = _flat(before), _flat(after)
    changed = [
        Changed(path, _cut(old.get(path, "")), _cut(new.get(path, "")))
        for path in dict.fromkeys([*old, *new])
        if old.get(path, "") != new.get(path, "")
    ]
    room = accumulate(len(each.field) + len(each.before) + len(each.after) for each in changed)
    told = min(MOST_CHANGES, sum(1 for text in room if text <= MOST_TEXT))
    more = (Changed("(more)", "", f"{len(changed) - told} more elements"),) if told < len(changed) else ()
    return (*changed[:told], *more)


def _merged_element(
    name: str, old: "str | Details", new: "str | Details", flags: Mapping[str, str], *, alone: bool
) -> "str | Details":
    flag = flags.get(name)
    if isinstance(old, str) or isinstance(new, str) or not alone or _is_list(name, old) or _is_list(name, new):
        return _unflagged(new, flag)
    if flag and any(key.lower() == flag.lower() and value in ("true", "1") for key, value in new):
        return _unflagged(new, flag)
    return merged(old, omitted(new, (flag,) if flag else ()), flags)


def _unflagged(value: "str | Details", flag: str | None) -> "str | Details":
    return value if flag is None or isinstance(value, str) else omitted(value, (flag,))


def _is_list(name: str, content: Details) -> bool:
    """Whether an element holds a list: one kind of element, repeated or part of the list's own name."""
    inner = {key.lower() for key, _ in content}
    return len(inner) == 1 and (len(content) > 1 or inner.pop() in name.lower() or name.lower().endswith("list"))


def _flat(details: Details, within: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for path, text in _texts(details, within):
        flat[path] = f"{flat[path]}, {text}" if path in flat else text
    return flat


def _texts(details: Details, within: str) -> Iterator[tuple[str, str]]:
    counts = Counter(name for name, value in details if isinstance(value, tuple))
    seen: Counter[str] = Counter()
    for name, value in details:
        if isinstance(value, str):
            yield f"{within}{name}", value.strip()
            continue
        seen[name] += 1
        place = f"{name}[{seen[name]}]" if counts[name] > 1 else name
        yield from _texts(value, f"{within}{place}/")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}… ({len(text)} characters)"
