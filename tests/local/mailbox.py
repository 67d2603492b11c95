"""What a person does with a mail: finds it, reads it, answers it."""

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from tests.local.process import Docket


def mails(docket: Docket, to: str) -> list[EmailMessage]:
    """What lies in the outbox for an address, oldest first."""
    found = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted((docket.state / "outbox").glob("*.eml"))
    ]
    return sorted(
        (mail for mail in found if parseaddr(mail["To"])[1] == to),
        key=lambda mail: int(mail["X-Docket-Sequence"]),
    )


def reply(docket: Docket, mail: EmailMessage, text: str, *, sender: str) -> EmailMessage:
    """Answer a mail as a mail client does: to its Reply-To, with the old one quoted."""
    plain = mail.get_body(("plain",))
    assert plain is not None
    to = parseaddr(mail["Reply-To"])[1]
    quoted = "\n".join(f"> {line}" for line in plain.get_content().splitlines())
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = sender, to, f"Re: {mail['Subject']}"
    answer["Message-ID"] = f"<{abs(hash(text))}@mail.example>"
    answer["In-Reply-To"] = mail["Message-ID"]
    answer["References"] = f"{mail['References']} {mail['Message-ID']}"
    answer.set_content(f"{text}\n\nOn Wed, Nov 25, 2026 at 9:00 AM Docket <{to}> wrote:\n\n{quoted}\n")
    send(docket, answer, sender=sender, to=to)
    return answer


def send(docket: Docket, mail: EmailMessage, *, sender: str, to: str) -> None:
    """Hand a mail to Docket's SMTP server."""
    with smtplib.SMTP("127.0.0.1", docket.smtp_port, timeout=30) as server:
        server.send_message(mail, sender, [to])
