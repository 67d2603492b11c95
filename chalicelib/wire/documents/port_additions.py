"""What the desk adds to a port-in: errors, the rest of an address, the validation of toll-free numbers."""

from pydantic_xml import element

from chalicelib.domain.details import Details
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.documents import failures


class Tns(Document):
    """Telephone numbers of an error."""

    tn: list[str] = element("Tn")


class PortError(failures.Error):
    """Something that is wrong with a port-in."""

    telephone_numbers: Tns | None = element("TelephoneNumbers", default=None)


def addressed(details: Details, added: Details) -> Details:
    """The details with these elements added to the subscriber's address, where it has none of the name."""
    changed: list[tuple[str, str | Details]] = []
    for name, value in details:
        if name.lower() == "subscriber" and not isinstance(value, str):
            changed.append((name, addressed(value, added)))
        elif name.lower() == "serviceaddress" and not isinstance(value, str):
            known = {key.lower() for key, said in value if said}
            more = tuple(pair for pair in added if pair[0].lower() not in known)
            blank = {key.lower() for key, _ in more}
            changed.append((name, (*(pair for pair in value if pair[0].lower() not in blank), *more)))
        else:
            changed.append((name, value))
    return tuple(changed)


def validation(order: Order, status: str) -> str | None:
    """How far the validation of the toll-free numbers is, of an order that has any."""
    if not order.toll_free:
        return None
    if status.startswith("INVALID"):
        return "FAILED"
    return "PROCESSING" if status.startswith("VALIDATE") else "COMPLETE"


def errors(order: Order) -> list[PortError] | None:
    """What is wrong with an order; None where nothing is."""
    return [
        PortError(
            code=each.code, description=each.text,
            telephone_numbers=Tns(tn=list(each.numbers)) if each.numbers else None,
        )
        for each in order.failures
    ] or None  # fmt: skip
