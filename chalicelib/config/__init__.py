"""Every setting: one field each, with its variable, its form and a sentence. docs/settings.md is made from them.

The only place that reads the environment.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from chalicelib.config import forms
from chalicelib.config.forms import Form, Networks
from chalicelib.domain.autopilot import OFF, Autopilot
from chalicelib.domain.delivery import RETRY_SCHEDULE

_SAME = object()
_ANOTHER_USER = Form(str, "another name than DOCKET_USER", "operator")


@dataclass(frozen=True, slots=True)
class Says:
    """What a field says of itself. `on_aws`: its default there, where it differs; `shown`: its default in words."""

    variable: str
    form: Form
    sentence: str
    on_aws: Any = _SAME
    shown: str | None = None


class BadSetting(ValueError):
    """One line that names the variable, the form of its value, and an example."""

    def __init__(self, variable: str, value: str, form: Form) -> None:
        """The value is repeated, unless it is a secret."""
        shown = "" if form.secret else f" is {value!r}, but"
        super().__init__(f"{variable}{shown} must be {form.name}, for example {variable}={form.example}")


ONCE = "generated once"
PRINTED = "generated once and printed"
LOOPBACK: Networks = (ip_network("127.0.0.0/8"), ip_network("::1"))
REPLACES = "a value given replaces the stored one at the start."


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a process."""

    port: Annotated[int, Says("DOCKET_PORT", forms.PORT, "HTTP port; 0 picks a free one.")] = 8000
    host: Annotated[str, Says("DOCKET_HOST", forms.HOST, "Address that HTTP and SMTP listen on.")] = "127.0.0.1"
    base_url: Annotated[
        str | None,
        Says(
            "DOCKET_BASE_URL",
            forms.BASE_URL,
            "How people reach Docket from outside: links in mails, `Location`, links in lists.",
            shown="the request's scheme and host",
        ),
    ] = None
    state: Annotated[
        Path, Says("DOCKET_STATE", forms.FOLDER, "All state: tables, outbox, inbox, generated secrets.")
    ] = Path(".docket")
    account: Annotated[str, Says("DOCKET_ACCOUNT", forms.ACCOUNT, "Account of the first customer credential.")] = (
        "9900000"
    )
    user: Annotated[str, Says("DOCKET_USER", forms.USER, "User of the first customer credential.")] = "desk"
    password: Annotated[
        str | None, Says("DOCKET_PASSWORD", forms.SECRET, f"Its password; {REPLACES}", shown=PRINTED)
    ] = field(default=None, repr=False)
    operator_user: Annotated[
        str,
        Says(
            "DOCKET_OPERATOR_USER",
            forms.USER,
            "User of the first operator credential. An operator may act for every account, and moves orders.",
        ),
    ] = "operator"
    operator_password: Annotated[
        str | None, Says("DOCKET_OPERATOR_PASSWORD", forms.SECRET, f"Its password; {REPLACES}", shown=PRINTED)
    ] = field(default=None, repr=False)
    smtp_port: Annotated[int, Says("DOCKET_SMTP_PORT", forms.PORT, "SMTP port for mail in; 0 picks a free one.")] = 2525
    smtp_relay: Annotated[
        str | None,
        Says(
            "DOCKET_SMTP_RELAY",
            forms.RELAY,
            "Where mail out really goes.",
            shown="none: each message is one `.eml` file in the folder `outbox` of the state",
        ),
    ] = field(default=None, repr=False)
    mail_domain: Annotated[
        str, Says("DOCKET_MAIL_DOMAIN", forms.DOMAIN, "Domain of the sender and of reply addresses.")
    ] = "docket.localhost"
    callback_allow: Annotated[
        Networks,
        Says(
            "DOCKET_CALLBACK_ALLOW",
            forms.NETWORKS,
            "Networks that callbacks may reach beside the public ones; an empty value allows none.",
            on_aws=(),
        ),
    ] = LOOPBACK
    retry_schedule: Annotated[
        tuple[float, ...],
        Says(
            "DOCKET_RETRY_SCHEDULE",
            forms.SCHEDULE,
            "Seconds to wait after each failed attempt; there is one attempt more than there are delays.",
        ),
    ] = RETRY_SCHEDULE
    sweep_seconds: Annotated[
        float, Says("DOCKET_SWEEP_SECONDS", forms.SECONDS, "How often the sweep runs on one machine.")
    ] = 60.0
    log: Annotated[
        str | None,
        Says(
            "DOCKET_LOG",
            forms.one_of("text", "json"),
            "Form of the log lines.",
            on_aws="json",
            shown="text on a terminal, json otherwise",
        ),
    ] = None
    senders: Annotated[int, Says("DOCKET_SENDERS", forms.COUNT, "Attempts at a time on one machine.")] = 64
    senders_each: Annotated[
        int,
        Says("DOCKET_SENDERS_EACH", forms.COUNT, "Attempts at a time for one subscription on one machine."),
    ] = 8
    fsync: Annotated[
        str,
        Says(
            "DOCKET_FSYNC",
            forms.one_of("full", "normal"),
            "`normal` survives a crash of the process, but a power cut may cost the last moments.",
        ),
    ] = "full"
    count_limit: Annotated[
        int, Says("DOCKET_COUNT_LIMIT", forms.COUNT, "`TotalCount` of a list counts so far and no further.")
    ] = 10_000
    subscription_limit: Annotated[
        int | None,
        Says(
            "DOCKET_SUBSCRIPTION_LIMIT",
            forms.COUNT,
            "How many subscriptions to all orders of one type, or to all events, an account may have.",
            shown="any number",
        ),
    ] = None
    clock_slack: Annotated[
        float,
        Says(
            "DOCKET_CLOCK_SLACK",
            forms.SLACK,
            "Seconds by which the clocks of the machines may disagree.",
            on_aws=5.0,
        ),
    ] = 0.0
    autopilot: Annotated[
        Autopilot,
        Says(
            "DOCKET_AUTOPILOT",
            forms.AUTOPILOT,
            "For tests: seconds between the steps of orders that [walk by themselves](autopilot.md); `asked`: only "
            "those that bring a script.",
            shown="`off`",
        ),
    ] = OFF
    order_days: Annotated[int, Says("DOCKET_ORDER_DAYS", forms.DAYS, "How long final orders are kept, on AWS.")] = 400
    delivery_days: Annotated[
        int, Says("DOCKET_DELIVERY_DAYS", forms.DAYS, "How long delivery records are kept, on AWS.")
    ] = 90
    service_key: Annotated[
        bytes,
        Says("DOCKET_SERVICE_KEY", forms.KEY, "Key of the hashes under which secrets are kept.", shown=ONCE),
    ] = field(default=b"", repr=False)
    reply_keys: Annotated[
        tuple[bytes, ...],
        Says(
            "DOCKET_REPLY_KEYS",
            forms.KEYS,
            "Keys of reply addresses: the last one seals, all of them open.",
            shown=ONCE,
        ),
    ] = field(default=(), repr=False)
    table_prefix: Annotated[
        str, Says("DOCKET_TABLE_PREFIX", forms.TEXT, "What the names of the tables begin with, on AWS.")
    ] = "docket-"
    queue_url: Annotated[
        str, Says("DOCKET_QUEUE_URL", forms.TEXT, "URL of the queue of doorbells, on AWS.", shown="none")
    ] = ""
    mail_bucket: Annotated[str, Says(
        "DOCKET_MAIL_BUCKET", forms.TEXT, "Bucket that mail comes in through, on AWS.", shown="none")] = ""  # fmt: skip
    document_bucket: Annotated[str, Says(
        "DOCKET_DOCUMENT_BUCKET", forms.TEXT, "Bucket of documents on orders, on AWS.", shown="none")] = ""  # fmt: skip


@cache
def described() -> Mapping[str, Says]:
    """What each field says of itself, in the order of the fields."""
    hints = get_type_hints(Settings, include_extras=True)
    return {field.name: hints[field.name].__metadata__[0] for field in fields(Settings)}


def read(environ: Mapping[str, str], *, on_aws: bool) -> Settings:
    """The settings of an environment. Raises BadSetting for the first value that is not of its form."""
    settings = Settings(**dict(_given(environ, on_aws=on_aws)))
    if settings.user == settings.operator_user:
        raise BadSetting("DOCKET_OPERATOR_USER", settings.operator_user, _ANOTHER_USER)
    return settings


def of_process(*, on_aws: bool = True) -> Settings:
    """The settings of this process."""
    return read(os.environ, on_aws=on_aws)


def _given(environ: Mapping[str, str], *, on_aws: bool) -> Iterator[tuple[str, Any]]:
    for name, says in described().items():
        text = environ.get(says.variable, "")
        if text or (says.form.empty_is_value and says.variable in environ):
            try:
                yield name, says.form.read(text)
            except (ValueError, OverflowError):
                raise BadSetting(says.variable, text, says.form) from None
        elif on_aws and says.on_aws is not _SAME:
            yield name, says.on_aws
