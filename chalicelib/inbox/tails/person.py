"""Who sent a mail, as far as its From says: what a signature is known by."""

import re
from dataclasses import dataclass

_LONG_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Person:
    """`name` and `address` of the sender; "" where not known."""

    name: str = ""
    address: str = ""

    def is_called(self, text: str) -> bool:
        """Whether the text, in lower case, is the sender's name, in either order."""
        turned = " ".join(reversed(self.name.casefold().split(", ")))
        return bool(text) and text in (self.name.casefold(), turned)

    def may_be_called(self, text: str) -> bool:
        """Whether a part of the sender's name stands in the text."""
        parts = re.findall(r"\w+", self.name.casefold())
        return bool({part for part in parts if len(part) >= _LONG_ENOUGH} & set(re.findall(r"\w+", text.casefold())))

    def has(self, text: str) -> bool:
        """Whether the sender's address stands in the text."""
        return bool(self.address) and self.address in text.lower()
