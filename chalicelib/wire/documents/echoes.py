"""How what the client sent is handed back among what the desk adds."""

from collections.abc import Collection

from chalicelib.domain.details import Details, has_elements


def without(details: Details, own: Collection[str]) -> Details:
    """The client's elements but for those which are the desk's own to say."""
    names = {name.lower() for name in own}
    return tuple((name, value) for name, value in details if name.lower() not in names)


def divided(details: Details, own: Collection[str]) -> tuple[Details, Details]:
    """The same in two: up to the first element that holds others, and from it on. The desk's own stand between."""
    kept = without(details, own)
    cut = next((at for at, (_, value) in enumerate(kept) if has_elements(value)), len(kept))
    return kept[:cut], kept[cut:]
