"""What a customer's script and the desk do, over HTTP."""

from typing import Any
from xml.etree import ElementTree as ET

import requests

from tests.local.process import CUSTOMER, OPERATOR, Docket

XML = {"Content-Type": "application/xml"}

PORT_IN = (
    "<LnpOrder><CustomerOrderId>PORT 7</CustomerOrderId><SiteId>743</SiteId>"
    "<LoaAuthorizingPerson>A. Person</LoaAuthorizingPerson>"
    "<ListOfPhoneNumbers><PhoneNumber>9195551234</PhoneNumber></ListOfPhoneNumbers></LnpOrder>"
)
DISCONNECT = (
    "<DisconnectTelephoneNumberOrder><name>old trunks</name><DisconnectTelephoneNumberOrderType><TelephoneNumberList>"
    "<TelephoneNumber>9195551234</TelephoneNumber></TelephoneNumberList></DisconnectTelephoneNumberOrderType>"
    "</DisconnectTelephoneNumberOrder>"
)


class Client:
    """Acts for one user; every answer of 400 or above is an error unless `ask` is used."""

    def __init__(self, docket: Docket, auth: tuple[str, str] = CUSTOMER) -> None:
        self._docket = docket
        self._session = requests.Session()
        self._session.auth = auth

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> requests.Response:
        """One request below the account."""
        return self._session.request(
            method, f"{self._docket.accounts}{path}", data=body.encode() if body else None, headers={**XML, **headers},
            timeout=30,
        )  # fmt: skip

    def do(self, method: str, path: str, body: str | None = None, **headers: str) -> requests.Response:
        """One request that must succeed."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code < 400, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer

    def place(self, resource: str, body: str) -> str:
        """Place an order; its id."""
        return _id(self.do("POST", f"/{resource}", body))

    def note(self, resource: str, order: str, text: str) -> str:
        """Leave a note; its id."""
        note = ET.Element("Note")
        ET.SubElement(note, "UserId").text = CUSTOMER[0]
        ET.SubElement(note, "Description").text = text
        return _id(self.do("POST", f"/{resource}/{order}/notes", ET.tostring(note, "unicode")))

    def notes(self, resource: str, order: str) -> list[dict[str, str]]:
        """All notes of an order."""
        answer = self.do("GET", f"/{resource}/{order}/notes")
        if answer.status_code == 204:
            return []
        return [{child.tag: child.text or "" for child in note} for note in ET.fromstring(answer.content)]

    def subscribe(self, order_type: str, *, url: str | None = None, email: str | None = None, order: str | None = None,
                  expiry: int | None = None) -> str:  # fmt: skip
        """Subscribe; the subscription's id."""
        return _id(
            self.do(
                "POST",
                "/subscriptions",
                subscription(order_type, url=url, email=email, order=order, expiry=expiry),
            )
        )

    def subscriptions(self) -> set[str]:
        """The ids of all subscriptions."""
        return {
            found.text or "" for found in ET.fromstring(self.do("GET", "/subscriptions").content).iter("SubscriptionId")
        }

    def journal(self, resource: str, order: str) -> list[dict[str, Any]]:
        """The whole journal of an order."""
        return list(self.do("GET", f"/{resource}/{order}/history", Accept="application/json").json()["entries"])


class Desk(Client):
    """The operator."""

    def __init__(self, docket: Docket) -> None:
        super().__init__(docket, OPERATOR)

    def move(self, resource: str, order: str, status: str, **more: object) -> dict[str, Any]:
        """Move an order; the entry written."""
        answer = self._session.post(
            f"{self._docket.accounts}/{resource}/{order}/status", json={"status": status, **more}, timeout=30
        )
        assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
        return dict(answer.json())


def subscription(order_type: str, *, url: str | None = None, email: str | None = None, order: str | None = None,
                 expiry: int | None = None) -> str:  # fmt: skip
    """The document that asks for a subscription."""
    root = ET.Element("Subscription")
    ET.SubElement(root, "OrderType").text = order_type
    if order:
        ET.SubElement(root, "OrderId").text = order
    if url:
        callback = ET.SubElement(root, "CallbackSubscription")
        ET.SubElement(callback, "URL").text = url
        if expiry is not None:
            ET.SubElement(callback, "Expiry").text = str(expiry)
    if email:
        mailbox = ET.SubElement(root, "EmailSubscription")
        ET.SubElement(mailbox, "Email").text = email
        ET.SubElement(mailbox, "DigestRequested").text = "NONE"
    return ET.tostring(root, "unicode")


def _id(answer: requests.Response) -> str:
    assert answer.status_code == 201, f"{answer.status_code} {answer.text}"
    return answer.headers["Location"].rpartition("/")[2]
