"""Why a mail may not become a note: a code to tell them apart, a sentence for the person who looks."""

from enum import Enum


class Refusal(Enum):
    """The name is the code, the value the sentence."""

    NO_SENDER = "it does not say, in one From with one address, who sent it"
    JUDGED_SPAM = "the mail server judged it spam"
    JUDGED_VIRUS = "the mail server found a virus in it"
    NOT_AUTHENTIC = "its sender's domain does not vouch for it (DMARC)"
    LOOP = "it came from this desk itself"
    TRAVELLED_IN_CIRCLES = "it passed through more than 50 mail servers"
    REPORT = "it is a report about another mail"
    NO_RETURN_PATH = "it was sent with a null return path, as only machines do"
    MAIL_SYSTEM = "a mail system wrote it"
    INVITATION = "it is a calendar's message"
    AUTO_SUBMITTED = "it says of itself that no person sent it (Auto-Submitted)"
    BULK = "it was sent to a list or in bulk"
    AUTO_RESPONDER = "an automatic responder sent it"
    AUTOMATIC_SUBJECT = "its subject is that of an automatic answer"

    @property
    def sentence(self) -> str:
        """For a person."""
        return self.value
