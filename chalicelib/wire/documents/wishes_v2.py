"""Subscriptions of version 2, as they are asked for: JSON. Docket's own design, on the names that are known of it."""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_xml import element

from chalicelib.domain.commands import Subscribe
from chalicelib.domain.details import Details, every
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.filters import Definition, Filters
from chalicelib.domain.order_types import find_order_type
from chalicelib.domain.subscription import Callback, Digest, Mailbox, NumberFormat
from chalicelib.wire import reading
from chalicelib.wire.document import Document, parts
from chalicelib.wire.documents import checks
from chalicelib.wire.fields import wrong
from chalicelib.wire.tree import Tree

ROOT = "SubscriptionV2"


def _token(text: str) -> str:
    kind = find_order_type(checks.order_type(text))
    return kind.token if kind else text


def _definition(text: str) -> str:
    if text not in list(Definition):
        raise wrong("14501", f"definition must be one of {', '.join(Definition)}")
    return text


def _shared_key(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        raise wrong("14501", "sharedSecretKey must be printable ASCII characters")
    return text


class FiltersAsked(Document):
    """What is left of the definition; what is not named is all there is."""

    order_type: list[Annotated[str, AfterValidator(_token)]] = element("OrderType", default=[])
    event_type: list[str] = element("EventType", default=[])
    order_id: list[Annotated[str, AfterValidator(checks.order_id)]] = element("OrderId", default=[])


class BasicAuthentication(Document):
    """What the receiver asks for."""

    username: Annotated[str, Field(max_length=checks.LONGEST_USER)] = element("Username")
    password: Annotated[str, Field(max_length=200)] = element("Password")


class Webhook(Document):
    """An HTTP receiver."""

    url: Annotated[str, AfterValidator(checks.url)] = element("Url")
    basic_authentication: BasicAuthentication | None = element("BasicAuthentication", default=None)
    shared_secret_key: Annotated[str, Field(max_length=200), AfterValidator(_shared_key)] | None = element(
        "SharedSecretKey", default=None
    )
    public_key: Annotated[str, AfterValidator(checks.public_key)] | None = element("PublicKey", default=None)
    number_format: Annotated[str, AfterValidator(checks.number_format)] = element(
        "NumberFormat", default=NumberFormat.E164.value
    )


class Email(Document):
    """An e-mail address."""

    address: Annotated[str, AfterValidator(checks.email)] = element("Address")
    digest: Annotated[str, AfterValidator(checks.digest)] = element("Digest", default=Digest.NONE.value)


class SubscriptionV2Request(Document, tag=ROOT):
    """One definition, filters, and where it is told: exactly one of `webhook` and `email`."""

    definition: Annotated[str, AfterValidator(_definition)] = element("Definition")
    filters: FiltersAsked = element("Filters", default=FiltersAsked())
    webhook: Webhook | None = element("Webhook", default=None)
    email: Email | None = element("Email", default=None)


def read(tree: Tree, account: str, *, guard: Callable[[str], str | None]) -> Subscribe:
    """The wish. Raises Invalid; `guard` gives the reason why a webhook's URL may not be reached, or None."""
    request, details = reading.document(tree, SubscriptionV2Request, ROOT)
    filters = _filters(request)
    problems = [*_of_filters(filters, details), *_of_target(request)]
    if not problems and request.webhook and (why := guard(request.webhook.url)):
        problems.append(Problem("14506", f"the URL may not be called: {why}", "Url"))
    if problems:
        raise Invalid(*problems)
    return Subscribe(account=account, target=_target(request), filters=filters)


def _filters(request: SubscriptionV2Request) -> Filters:
    asked = request.filters
    return Filters(
        definition=Definition(request.definition), order_types=tuple(dict.fromkeys(asked.order_type)),
        event_types=tuple(dict.fromkeys(asked.event_type)), order_ids=tuple(dict.fromkeys(asked.order_id)),
    )  # fmt: skip


def _of_filters(filters: Filters, details: Details) -> list[Problem]:
    """A filter that is passed over would tell too much: unknown ones are refused."""
    known = filters.definition.event_types
    found = [
        Problem("14507", f"'{each[:40]}' is no event type of {filters.definition}: {', '.join(known)}", "EventType")
        for each in filters.event_types if each not in known
    ]  # fmt: skip
    sent = next((value for name, value in details if name == "Filters" and not isinstance(value, str)), ())
    for name, value in sent:
        if name.lower() not in parts(FiltersAsked):
            found.append(Problem("1005", f"{name[:40]} is not a filter", "Filters"))
        elif not any(text.strip() for text in every(((name, value),), name)):
            found.append(Problem("1003", "a filter that is named must not be blank", name))
    if filters.definition is Definition.ACCOUNT_EVENT and (filters.order_types or filters.order_ids):
        field = "OrderType" if filters.order_types else "OrderId"
        found.append(Problem("14501", f"{filters.definition} is about no orders", field))
    return found


def _of_target(request: SubscriptionV2Request) -> list[Problem]:
    webhook = request.webhook
    if (webhook is None) == (request.email is None):
        return [Problem("14501", "exactly one of webhook and email is required", "Webhook")]
    if webhook and webhook.public_key and not webhook.url.lower().startswith("https:"):
        return [Problem("14504", "publicKey is a certificate to be shown, which only an https URL does", "PublicKey")]
    return []


def _target(request: SubscriptionV2Request) -> Callback | Mailbox:
    webhook, email = request.webhook, request.email
    if webhook is None:
        assert email is not None  # noqa: S101 because one of the two is there, see above
        return Mailbox(email=email.address, digest=Digest(email.digest))
    basic = webhook.basic_authentication
    return Callback(
        url=webhook.url, secret="", username=basic.username if basic else None,
        password=basic.password if basic else None, shared_key=webhook.shared_secret_key,
        public_key=webhook.public_key, number_format=NumberFormat(webhook.number_format),
    )  # fmt: skip
