"""The addresses that a reply was sent to. Where one stands in the text, a program quotes what we sent."""

import re
from collections.abc import Collection
from dataclasses import dataclass

_MOST = 50
_SEALED = re.compile(r"(?<![a-z0-9._+-])[a-z2-7]{62}@([\w.-]{1,255})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Own:
    """`addresses`: a mail's recipients, and `@domain` for each domain of ours, all in lower case."""

    addresses: Collection[str] = ()

    def is_named_surely(self, text: str) -> bool:
        """Whether a sealed reply address stands in the text, which nobody types: 62 characters of base32."""
        return "@" in text and _SEALED.search(text) is not None

    def names(self, text: str) -> bool:
        """Whether any address that the mail was sent to, or another of our domain, stands in the text."""
        if "@" not in text:
            return False
        lowered = text.lower()
        return any(address in lowered for address in self.addresses)


def own(addressees: Collection[str]) -> Own:
    """From the addresses in the head of the mail."""
    addressees = tuple(addressees)[:_MOST]
    domains = ("@" + found.group(1) for address in addressees if (found := _SEALED.fullmatch(address)))
    return Own(tuple(dict.fromkeys((*addressees, *domains))))
