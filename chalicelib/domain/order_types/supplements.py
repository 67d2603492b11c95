"""The shape of what a client may ask of an order that is placed: to change it (a supplement), or to end it (a cancel).

Data only. The element names are the compatible API's, compared without case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why something cannot be done now: code and sentence of the compatible API. `conflict`: said with 409, not 400."""

    code: str
    text: str
    conflict: bool = False


CANCELLED = Barrier("7303", "The order is already cancelled and cannot be modified or cancelled")
COMPLETE = Barrier("7304", "The order is already complete and cannot be modified or cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplements:
    """What a client may do in which state.

    `takes`: the states that take a supplement → the state it leads to; the same state where only the order changes.
    `cancels`: the states that take a cancel → the state it leads to; the same one where it was asked for already.
    `removes`: the states, those of drafts, in which a cancel removes the order.
    `asks`: element → word → state → the state that the word leads to. The element is no part of the order.
    `barred`: what is said in states that take no supplement; `uncancelled` the same of cancels where it differs.
    `only`: the elements that may be changed; any where none is named.
    `fixed`: state → path → why it cannot be changed in that state. `refused`: elements that no supplement may hold.
    `kept`: paths of what an order that is no draft keeps: sent blank, it counts as not sent.
    `needs`: state → the path without which no supplement leads there, and what is said then.
    `read_only`: paths that clients send back as they read them, and that mean nothing.
    `renewed`: element → the flag in it that has it replaced whole.
    `apart`: elements that have places of their own; a supplement of the whole leaves them. `tied`: the element that,
    once an order has it, keeps a client from changing the draft, and what is said of it.
    `shown`: path → the text that is shown there where the order has none, and that means nothing when it comes back.
    `idle`: a supplement that changes nothing leads nowhere: it is one sent again, or what was read.
    `without_completed`: where a step led by a word leads instead while no number is completed.
    """

    takes: Mapping[str, str] = field(default_factory=dict)
    cancels: Mapping[str, str] = field(default_factory=dict)
    removes: tuple[str, ...] = ()
    asks: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    barred: Mapping[str, Barrier] = field(default_factory=dict)
    uncancelled: Mapping[str, Barrier] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    fixed: Mapping[str, Mapping[str, Barrier]] = field(default_factory=dict)
    refused: Mapping[str, Barrier] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    needs: Mapping[str, tuple[str, Barrier]] = field(default_factory=dict)
    read_only: tuple[str, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    idle: bool = False
    renewed: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    tied: tuple[str, Barrier] | None = None
    without_completed: Mapping[str, str] = field(default_factory=dict)
