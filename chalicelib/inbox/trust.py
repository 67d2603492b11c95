"""For whom a sender may speak: for the address that was written to, and for colleagues at the same house."""

from chalicelib.inbox.public_providers import public_provider


def may_speak_for(sender: str, subscribed: str) -> bool:
    """Whether a mail of `sender` may answer what was sent to `subscribed`.

    The same address, in any case; or the same domain, where that domain belongs to a house and not to a
    provider that gives an address to anyone.
    """
    one, other = sender.strip().casefold(), subscribed.strip().casefold()
    name, _, domain = one.rpartition("@")
    if not name or not domain:
        return False
    return one == other or (domain == other.rpartition("@")[2] and not public_provider(domain))
