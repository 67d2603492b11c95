"""Subscriptions, directory listings, caller names, number options."""

from typing import Any

from tests.compat.python.calls import NUMBER, account, call, ids, same

HERE = {"url": "http://127.0.0.1:8099/here", "expiry": "3600"}
MAILS = {
    "order_type": "orders",
    "email_subscription": {"email": "ann@example.net", "digest_requested": "NONE"},
}


def subscriptions() -> None:
    """Subscriptions."""
    made = account.subscriptions.create({"order_type": "portins", "callback_subscription": HERE}, save=False)

    def create() -> None:
        made.save()
        same(len(made.id), 36)

    def of_port_ins() -> list[Any]:
        return list(account.subscriptions.list({"orderType": "portins"}).items)

    def save() -> None:
        (found,) = of_port_ins()
        found.callback_subscription.expiry = "7200"
        found.save()
        same(int(of_port_ins()[0].callback_subscription.expiry) > 3600, wanted=True)

    call("subscriptions.create", create)
    call("subscriptions.create for mails", lambda: account.subscriptions.create(MAILS))
    call("subscriptions.list", lambda: same(len(account.subscriptions.list().items), 2))
    call("subscriptions.list by order type", lambda: same([each.id for each in of_port_ins()], [made.id]))
    call("subscriptions.get", lambda: same(account.subscriptions.get(made.id).id, made.id))
    call("subscription.save", save)
    call("subscription.delete", made.delete)


def dldas() -> None:
    """Directory listings."""
    order = account.dldas.create({"customer_order_id": "DL-1"}, save=False)
    group = order.dlda_tn_groups.dlda_tn_group.add({})
    group.account_type, group.listing_type = "RESIDENCE", "LISTED"
    group.telephone_numbers.telephone_number.items.append(NUMBER)
    _kept("dldas", order, account.dldas)
    call("dlda.history.list", lambda: same(order.history.list().items[0].status, "RECEIVED"))


def lidbs() -> None:
    """Caller names."""
    order = account.lidbs.create({"customer_order_id": "LI-1"}, save=False)
    group = order.lidb_tn_groups.lidb_tn_group.add({})
    group.subscriber_information, group.use_type, group.visibility = "Example", "RESIDENTIAL", "PUBLIC"
    group.telephone_numbers.telephone_number.items.append(NUMBER)
    _kept("lidbs", order, account.lidbs)


def options() -> None:
    """Number options."""
    order = account.tn_option_orders.create({"customer_order_id": "OPT-1"}, save=False)
    group = order.tn_option_groups.tn_option_group.add({})
    group.port_out_passcode = "a1b2c3"
    group.telephone_numbers.telephone_number.items.append(NUMBER)
    _kept("tn_option_orders", order, account.tn_option_orders)


def _kept(name: str, order: Any, all_of_them: Any) -> None:  # noqa: ANN401 because the SDK has no types
    """Placed, asked for, listed."""

    def create() -> None:
        order.save()
        same(len(order.id), 36)

    def get() -> None:
        found = all_of_them.get(order.id, None)
        same((found.id, found.processing_status), (order.id, "RECEIVED"))

    def listed() -> None:
        found = all_of_them.list({})
        same(ids(found.tn_option_order_summary if name == "tn_option_orders" else found), [order.id])

    call(f"{name}.create", create)
    call(f"{name}.get", get)
    call(f"{name}.list", listed)
