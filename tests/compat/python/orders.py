"""New-number orders, port-ins, port-outs, disconnects."""

import tempfile
from typing import Any

from bandwidth_numbers.models.portin import PortIn
from bandwidth_numbers.models.portout import PortOut

from tests.compat.python.calls import NUMBER, PAGE, account, call, desk, ids, move, notes, same

NUMBERS = {"telephone_number_list": {"telephone_number": [NUMBER]}}
ORDER = {
    "name": "spring", "site_id": "743", "customer_order_id": "PO-1", "back_order_requested": "true",
    "partial_allowed": "true", "existing_telephone_number_order_type": NUMBERS,
}  # fmt: skip
PLACE = {"city": "Cary", "house_number": "12", "state_code": "NC", "street_name": "Sample", "zip": "27511"}
PORT = {
    "site_id": "743", "peer_id": "500017", "billing_telephone_number": NUMBER, "customer_order_id": "PORT 7",
    "loa_authorizing_person": "A. Person", "list_of_phone_numbers": {"phone_number": [NUMBER]},
    "subscriber": {"subscriber_type": "BUSINESS", "business_name": "Example Books", "service_address": PLACE},
}  # fmt: skip
PDF = b"%PDF-1.4\n%%EOF\n"


def orders() -> None:
    """New-number orders."""
    order = account.orders.create(ORDER, save=False)

    def create() -> None:
        order.save()
        same((order.order_status, len(order.id)), ("RECEIVED", 36))

    def refused() -> None:
        try:
            account.orders.create({"name": "no site"})
        except Exception as error:
            if "5022" not in str(error):
                raise
        else:
            raise AssertionError("an order without a site was taken")

    def get() -> None:
        found = account.orders.get(order.id)
        same((found.order.id, found.order_status, found.order.name), (order.id, "RECEIVED", "spring"))

    def save() -> None:
        move("orders", order.id, "BACKORDERED")
        found = account.orders.get(order.id).order
        found.name = "summer"
        found.save()
        same(account.orders.get(order.id).order.name, "summer")

    narrow = {**PAGE, "customerOrderId": "PO-1", "status": "received"}
    call("orders.create", create)
    call("orders.create, refused", refused)
    call("orders.get", get)
    call("orders.list", lambda: same(ids(account.orders.list(PAGE)), [order.id]))
    call("orders.list by customer order id and status", lambda: same(ids(account.orders.list(narrow)), [order.id]))
    call("order.tns.list", lambda: same(order.tns.list().items, [NUMBER]))
    notes("order", order)
    call("order.save", save)


def portins() -> None:
    """Port-ins, their documents and their activation."""
    portin = account.portins.create(PORT, save=False)

    def create() -> None:
        portin.save()
        same((len(portin.id), portin.processing_status, portin.status.code), (36, "PENDING_DOCUMENTS", "201"))

    def get() -> None:
        found = account.portins.get(order, None)
        same((found.id, found.processing_status), (order, "SUBMITTED"))

    def save() -> None:
        for person in ("B. Person", "C. Person"):  # the second while the first is still asked for
            found = account.portins.get(order, None)
            found.loa_authorizing_person = person
            found.save()
            after = account.portins.get(order, None)
            same((after.processing_status, after.loa_authorizing_person), ("REQUESTED_SUPP", person))

    def history() -> None:
        same([line.status for line in portin.history.list().items], ["PENDING_DOCUMENTS", "SUBMITTED"])

    narrow = {**PAGE, "status": "submitted", "tn": NUMBER}
    call("portins.create", create)
    order = portin.id
    call("portins.get", get)
    call("portins.list", lambda: same(ids(account.portins.list(PAGE)), [order]))
    call("portins.list by status and billing number", lambda: same(ids(account.portins.list({**narrow})), [order]))
    call("portin.history.list", history)
    call("portin.totals.get", lambda: same(portin.totals.get().count, "1"))
    notes("portin", portin)
    _papers(_portin(order))
    call("portin.save", save)
    _activation(_portin(order))
    call("portin.delete", _portin(order).delete)


def _portin(order: str) -> Any:  # noqa: ANN401 because the SDK has no types
    found = PortIn(account.portins)
    found.id = order
    return found


def _papers(portin: Any) -> None:  # noqa: ANN401 because the SDK has no types
    """Letters of authorization."""
    made = {"name": "none.pdf"}
    headers = {"content-type": "application/pdf", "documentType": "LOA"}
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(PDF)
        file.flush()

        def create() -> None:
            made["name"] = portin.loas.create(file.name, headers)
            same(str(made["name"])[-4:], ".pdf")

        def described() -> None:
            found = portin.loas.metadata
            found.id, found.document_name, found.document_type = made["name"], "letter.pdf", "LOA"
            found.save()
            same(portin.loas.metadata.get(made["name"]).document_name, "letter.pdf")

        call("portin.loas.create", create)
        call("portin.loas.get", lambda: same(portin.loas.get(made["name"]).content, PDF))
        call("portin.loas.list", lambda: same(portin.loas.list({}).items, [made["name"]]))
        call("portin.loas.list with metadata", lambda: same(len(portin.loas.list({"metadata": "true"}).items), 1))
        call("portin.loas.metadata.get", lambda: same(portin.loas.metadata.get(made["name"]).document_type, "LOA"))
        call("portin.loas.metadata.save", described)
        call("portin.loas.update", lambda: portin.loas.update(made["name"], file.name, headers))
        call("portin.loas.delete", lambda: portin.loas.delete(made["name"]))


def _activation(portin: Any) -> None:  # noqa: ANN401 because the SDK has no types
    """On-demand activation, from FOC on."""

    def get() -> None:
        move("portins", portin.id, "FOC")
        portin.activation_status.get()

    call("portin.activation_status.get", get)
    call("portin.activation_status.save", portin.activation_status.save)


def portouts() -> None:
    """Port-outs, which the network brings about."""
    numbers = f"<ListOfPhoneNumbers><PhoneNumber>{NUMBER}</PhoneNumber></ListOfPhoneNumbers>"
    portout = PortOut(account.portouts)
    order = desk("portouts", f"<PortOutRequest><PON>P1</PON>{numbers}</PortOutRequest>")
    call("portouts.list", lambda: same(ids(account.portouts.list(PAGE)), [order]))
    call("portout.get", lambda: same(portout.get(order).id, order))
    call("portout.totals.get", lambda: same(portout.totals.get().count, "1"))
    notes("portout", portout)


def disconnects() -> None:
    """Disconnects."""
    wanted = {"name": "old trunks", "disconnect_telephone_number_order_type": NUMBERS}
    disconnect = account.disconnects.create(wanted, save=False)

    def create() -> None:
        disconnect.save()
        same((disconnect.order_status, len(disconnect.id)), ("RECEIVED", 36))

    def get() -> None:
        found = account.disconnects.get(disconnect.id)
        same((found.order_request.id, found.order_status), (disconnect.id, "RECEIVED"))

    call("disconnects.create", create)
    call("disconnects.get", get)
    call("disconnects.list", lambda: same(ids(account.disconnects.list(PAGE)), [disconnect.id]))
    notes("disconnect", disconnect)
