"""Mail that came in: what a person newly wrote in it, who speaks, and whether the mail may speak at all.

Bytes in, text out: nothing here reads a store, sends, or knows an order. No function raises, whatever the
bytes.
"""

from chalicelib.inbox.automatic import automatic
from chalicelib.inbox.mail.headers import addressees, message_id, sender
from chalicelib.inbox.reply import reply_text
from chalicelib.inbox.trust import may_speak_for

__all__ = ["addressees", "automatic", "may_speak_for", "message_id", "reply_text", "sender"]
