"""How times and ids are written."""

from datetime import UTC, date, datetime
from uuid import UUID


def moment(at: datetime) -> str:
    """A time as the API writes it: UTC, milliseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """The time that a text means: ISO 8601; without an offset it is UTC, a date is its midnight.

    Raises ValueError. `2026-03-25Z` is a date, as the compatible API takes it.
    """
    bare = text.strip()
    if len(bare.removesuffix("Z")) == len("2026-03-25"):
        day = date.fromisoformat(bare.removesuffix("Z"))
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    at = datetime.fromisoformat(bare)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def is_uuid(text: str) -> bool:
    """Whether it is an id as this service gives them, in either case."""
    try:
        return len(text) == len("0b6f3a2e-9d0e-4e0e-8a59-0a3c7d2f1b11") and str(UUID(text)) == text.lower()
    except ValueError:
        return False
