"""The elements in which mail programs put quotes and signatures, by what each program writes.

A name here is an id, a class or a `name`; where it does not say itself whose it is, the program stands beside it.
"""

import re
from collections.abc import Mapping
from enum import Enum, auto


class Container(Enum):
    """What an element of a mail is for."""

    SIGNATURE = auto()
    HIDDEN = auto()
    QUOTE = auto()
    """What is in it is quoted."""
    QUOTE_WITH_ANSWERS = auto()
    """What is in it is quoted up to its first <blockquote>; between its blockquotes stand answers (Gmail)."""
    REST = auto()
    """From here to the end of the document, all is quoted."""


_SIGNATURES = {
    "gmail_signature", "gmail_signature_prefix",
    "moz-signature",  # Thunderbird
    "Signature", "ms-outlook-mobile-signature",  # Outlook
    "AppleMailSignature", "protonmail_signature_block", "tutanota_signature",
    "composer_signature",  # Samsung
    "messageSignatureSection",  # Spark
    "front-signature", "sh-signature", "missive_signature", "zm-signature",
    "_rc_sig",  # Roundcube
}  # fmt: skip
_QUOTES = {
    "gmail_attr", "moz-cite-prefix", "aol_quoted", "protonmail_quote", "tutanota_quote", "missive_quote",
    "zmail_extra", "blockquote_zmail",  # Zoho
    "messageReplySection",  # Spark
    "quote",  # WEB.DE, GMX
    "front-blockquote",
    "qt",  # Fastmail
    "reply-intro",  # Roundcube
    "replybody1",  # Roundcube's blockquote
    "isReplyContent", "isForwardContent",  # NetEase
    "mail-editor-reference-message-container",  # Outlook on phones
    "nylas-quote",  # Mailspring
}  # fmt: skip
_RESTS = {
    "divRplyFwdMsg", "appendonsend",  # Outlook on the web
    "OutlookMessageHeader", "stopSpelling",  # Outlook Express, Hotmail
    "zwchr",  # Zimbra
}  # fmt: skip
_HIDING = re.compile(r"display\s?:\s?none|mso-hide\s?:\s?all|visibility\s?:\s?hidden", re.IGNORECASE)
# Outlook on the desk names nothing, but draws a line: in 2010 in B5C4DF, later in E1E1E1.
_DRAWN = re.compile(r"border(-top)?\s?:\s?(none;border-top\s?:\s?)?solid #(E1E1E1|B5C4DF)", re.IGNORECASE)


def container(tag: str, attributes: Mapping[str, str]) -> Container | None:
    """What this element is for, or None when its program did not say."""
    if _HIDING.search(attributes.get("style", "")):
        return Container.HIDDEN
    names = _names(attributes)
    if tag == "blockquote":
        cited = attributes.get("type", "").lower() == "cite" or names & _QUOTES or "gmail_quote" in names
        return Container.QUOTE if cited else None
    if names & _SIGNATURES or "data-signature-widget" in attributes:
        return Container.SIGNATURE
    if names & _RESTS:
        return Container.REST
    if names & _QUOTES or any("yahoo_quoted" in name for name in names):
        return Container.QUOTE
    return Container.QUOTE_WITH_ANSWERS if "gmail_quote" in names else None


def drawn_line(attributes: Mapping[str, str]) -> bool:
    """Whether this looks like the line that Outlook on the desk draws above the header block of a quote."""
    return bool(_DRAWN.search(attributes.get("style", "")))


def _names(attributes: Mapping[str, str]) -> set[str]:
    """Its id, classes and name; Outlook writes `x_` before those of what passed through it."""
    whole = " ".join(attributes.get(key, "") for key in ("id", "class", "name"))
    return {name.removeprefix("x_") for name in whole.split()}
