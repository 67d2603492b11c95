"""How a mail program reads what was written."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from lxml import html as reader

from tests.notify.golden import Telling, written


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def content(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def both(told: Telling) -> tuple[str, reader.HtmlElement]:
    mail = read(written(told))
    return content(mail, "plain"), reader.document_fromstring(content(mail, "html"))


def found(html: reader.HtmlElement, path: str) -> list[reader.HtmlElement]:
    elements = html.xpath(path)
    assert isinstance(elements, list)
    return [element for element in elements if isinstance(element, reader.HtmlElement)]


def note_in(html: reader.HtmlElement) -> str:
    (box,) = found(html, "//div[@dir='auto']")
    for line_break in box.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return str(box.text_content())
