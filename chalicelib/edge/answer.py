"""What a view answers, before it is written in the syntax that the client reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.wire.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status and perhaps a document. `made`: the id of what was made; the path and it are the `Location`.

    `plain` is JSON, whatever the client reads; `content` are bytes to be saved.
    """

    status: int = 200
    document: "Document | None" = None
    made: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    plain: str | None = None
    content: bytes | None = None
