"""The shape of an order type's table, and the few questions that may be asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.order_types.supplements import Supplements


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """A state that is left at once: to `then`, or to `unworkable` where the request names no telephone number.

    Not where the order came from a state of `unless_from`, nor with `unless_toll_free` where a number is toll-free:
    it waits for its documents.
    """

    then: str
    unworkable: str
    unworkable_message: str
    unless_from: tuple[str, ...] = ()
    unless_toll_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderType:
    """One type's table. `number` is its place in reply addresses and is never used again for another type.

    `resource` is the path segment and the key, `token` the name in subscriptions and callbacks, `row` the name in
    lists, `noun` what a person calls it. `transitions` names every state; a state without exits is final.
    `toll_free`: states that an order with a toll-free number does not enter by itself → the one it enters instead.
    `numbers_at`: the paths of the elements that hold its telephone numbers; a number elsewhere is not asked about.
    """

    number: int
    resource: str
    token: str
    row: str
    noun: str
    initial: str
    transitions: Mapping[str, frozenset[str]]
    notified: frozenset[str]
    messages: Mapping[str, str]
    drafts: tuple[str, ...] = ()
    automatic: Mapping[str, Automatic] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    facts: tuple[str, ...] = ("SiteId", "PeerId")
    complete: str = "COMPLETE"
    foc: str = "FOC"
    numbers_at: tuple[str, ...] = ("TelephoneNumbers",)
    numbers_told: frozenset[str] = frozenset()
    creation_in_history: bool = True
    toll_free: Mapping[str, str] = field(default_factory=dict)
    supplements: Supplements = field(default_factory=Supplements)

    @property
    def states(self) -> frozenset[str]:
        """All states of the type."""
        return frozenset(self.transitions)

    @property
    def final(self) -> frozenset[str]:
        """The states in which an order's life ends."""
        return frozenset(state for state, exits in self.transitions.items() if not exits)

    def allowed(self, state: str) -> frozenset[str]:
        """The states that may follow."""
        return self.transitions[state]

    def is_final(self, state: str) -> bool:
        """Whether nothing can follow."""
        return not self.transitions[state]

    def tells_numbers(self, state: str) -> bool:
        """Whether the callback for this state lists the numbers even where the desk named none."""
        return state in self.numbers_told

    def message(self, state: str, count: int) -> str:
        """The sentence for an entry of this state that was given none; `count` telephone numbers are concerned."""
        amount = f"{count} number" if count == 1 else f"{count} numbers"
        return self.messages[state].format(amount=amount)


def exits(**table: str) -> dict[str, frozenset[str]]:
    """A transition table from words, one for each state: RECEIVED="PROCESSING FAILED", FAILED=""."""
    return {state: frozenset(following.split()) for state, following in table.items()}
