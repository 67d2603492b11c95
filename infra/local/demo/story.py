"""The story: place a port-in, watch what is told, answer the mail, see the note, finish the order."""

import base64
import json
import smtplib
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from defusedxml import ElementTree

from infra.local.demo import screen
from infra.local.demo.hook import Hook

ANN = "ann@books.example"
PATIENCE = 15.0
STEPS = 6

PORT_IN = """<LnpOrder>
  <CustomerOrderId>PORT 7</CustomerOrderId>
  <SiteId>743</SiteId>
  <LoaAuthorizingPerson>Ann Person</LoaAuthorizingPerson>
  <ListOfPhoneNumbers>
    <PhoneNumber>9195551234</PhoneNumber>
    <PhoneNumber>9195551235</PhoneNumber>
  </ListOfPhoneNumbers>
</LnpOrder>"""


@dataclass
class Story:
    """Everybody in it. `told` remembers by which ways each entry was told."""

    api: str
    customer: tuple[str, str]
    operator: tuple[str, str]
    smtp_port: int
    outbox: Path
    hook: Hook
    told: dict[int, list[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Tell it."""
        order = self._place()
        self._move(
            order,
            2,
            "FOC",
            "The desk has a date from the losing carrier",
            actualFocDate="2026-12-01T15:30:00Z",
        )
        mail = self._show_mail()
        self._show_callbacks(1)
        self._answer(mail)
        self._show_note(order)
        self._move(order, 5, "COMPLETE", "The numbers have moved: the desk completes the order")
        self._show_callbacks(1)
        self._show_mail()
        screen.step(6, STEPS, "What the journal says, and who was told")
        screen.journal(self._journal(order), self.told)

    def _place(self) -> str:
        screen.step(1, STEPS, "A customer subscribes to all port-ins by callback, and places one")
        callback = f"<CallbackSubscription><URL>{self.hook.url}</URL></CallbackSubscription>"
        self._post("/subscriptions", f"<Subscription><OrderType>portins</OrderType>{callback}</Subscription>")
        screen.box("POST /portins", PORT_IN.splitlines(), "blue")
        order = self._post("/portins", PORT_IN).rpartition("/")[2]
        self._show_callbacks(2)
        mail = f"<EmailSubscription><Email>{ANN}</Email><DigestRequested>NONE</DigestRequested></EmailSubscription>"
        wish = f"<OrderType>portins</OrderType><OrderId>{order}</OrderId>{mail}"
        self._post("/subscriptions", f"<Subscription>{wish}</Subscription>")
        screen.say(f"{ANN} subscribes to this one by mail.")
        return order

    def _move(self, order: str, number: int, status: str, why: str, **more: str) -> None:
        screen.step(number, STEPS, why)
        request = {"status": status, **more}
        screen.box(f"POST /portins/{order[:8]}…/status   (operator)", [json.dumps(request)], "blue")
        self._call(self.operator, f"/portins/{order}/status", json.dumps(request), "application/json")

    def _answer(self, mail: EmailMessage) -> None:
        screen.step(3, STEPS, "Ann answers the mail, as one does")
        answer = EmailMessage()
        answer["From"], answer["To"], answer["Subject"] = ANN, mail["Reply-To"], f"Re: {mail['Subject']}"
        answer["In-Reply-To"] = mail["Message-ID"]
        wrote = f"On {mail['Date']}, Docket <{parseaddr(mail['Reply-To'])[1]}> wrote:"
        old = "".join(f"> {line}\n" for line in _plain(mail).splitlines())
        answer.set_content(f"Friday works for us, thank you.\nAnn\n\n{wrote}\n{old}")
        lines = answer.get_content().splitlines()
        screen.box(
            "a mail to the reply address, with the old one quoted",
            [*lines[:8], f"… {len(lines) - 8} more lines"],
            "magenta",
        )
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as server:
            server.send_message(answer)

    def _show_note(self, order: str) -> None:
        screen.step(4, STEPS, "What she newly wrote is a note on the order, and the callback hears of it")
        self._show_callbacks(1)
        notes = self._call(self.customer, f"/portins/{order}/notes")
        for note in ElementTree.fromstring(notes):
            screen.box("GET /portins/…/notes", [f"{child.tag}: {child.text}" for child in note], "green")

    def _show_callbacks(self, count: int) -> None:
        for _ in range(count):
            headers, body = self.hook.calls.get(timeout=PATIENCE)
            number = int(headers["docket-sequence"])
            self.told.setdefault(number, []).append("callback")
            signature = f"webhook-signature: {headers['webhook-signature'][:20]}…"
            screen.box(f"callback: entry {number}", [signature, *_fields(body)], "cyan")

    def _show_mail(self) -> EmailMessage:
        path = next(self._new_mails())
        self.seen.add(path.name)
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        self.told.setdefault(int(mail["X-Docket-Sequence"]), []).append("mail")
        lines = [line for line in _plain(mail).splitlines() if line.strip()]
        screen.box(f"mail to {ANN}", [f"Subject: {mail['Subject']}", "", *lines[:9]], "magenta")
        return mail

    def _new_mails(self) -> Iterator[Path]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            yield from (path for path in sorted(self.outbox.glob("*.eml")) if path.name not in self.seen)
            time.sleep(0.02)
        raise TimeoutError(f"no mail came within {PATIENCE} s")

    def _journal(self, order: str) -> list[dict[str, object]]:
        answer = self._call(self.customer, f"/portins/{order}/history", accept="application/json")
        return list(json.loads(answer)["entries"])

    def _post(self, path: str, body: str) -> str:
        return self._call(self.customer, path, body)

    def _call(
        self,
        who: tuple[str, str],
        path: str,
        body: str | None = None,
        kind: str = "application/xml",
        accept: str = "*/*",
    ) -> str:
        """One request; its Location where it has one, else its body."""
        credentials = base64.b64encode(":".join(who).encode()).decode()
        headers = {"Authorization": f"Basic {credentials}", "Content-Type": kind, "Accept": accept}
        request = urllib.request.Request(f"{self.api}{path}", body.encode() if body else None, headers)  # noqa: S310 because it is our own address
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 because it is our own address
            return str(answer.headers.get("Location") or answer.read().decode())


def _plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return str(part.get_content()) if part else ""


def _fields(body: str) -> list[str]:
    shown = ("Status", "Message", "Note", "CustomerOrderId", "ActualFocDate")
    return [f"{child.tag}: {child.text}" for child in ElementTree.fromstring(body) if child.tag in shown]
