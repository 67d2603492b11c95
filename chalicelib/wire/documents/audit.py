"""The audit of accounts and credentials: who changed what, and when. Names of fields, never what they hold."""

import re
from collections.abc import Sequence

from pydantic_xml import element

from chalicelib.domain.account import AuditLine
from chalicelib.wire.document import Document
from chalicelib.wire.documents.lists import Links
from chalicelib.wire.fields import Moment, Text
from chalicelib.wire.names import json_name

_ID = re.compile(r"[0-9]{8}T[0-9]{9}Z-[A-Za-z0-9]{1,40}")


class LineShown(Document):
    """One change. `Field`, repeated: what was changed."""

    id: str = element("Id")
    at: Moment = element("At")
    by: Text = element("By")
    act: str = element("Act")
    account_id: str | None = element("AccountId", default=None)
    user: Text | None = element("User", default=None)
    field: list[str] = element("Field", default=[])


class AuditShown(Document, tag="Audit"):
    """A page of changes, newest first."""

    links: Links | None = element("Links", default=None)
    line: list[LineShown] = element("Line", default=[])


def is_id(text: str) -> bool:
    """Whether a line may have this id."""
    return _ID.fullmatch(text) is not None


def all_of(lines: Sequence[AuditLine], links: Links | None) -> AuditShown:
    """A page of changes."""
    return AuditShown(links=links, line=[_one(line) for line in lines])


def _one(line: AuditLine) -> LineShown:
    return LineShown(
        id=line.id, at=line.at, by=line.by, act=line.act.value, account_id=line.account, user=line.user,
        field=[json_name(_tag(name)) for name in line.fields],
    )  # fmt: skip


def _tag(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))
