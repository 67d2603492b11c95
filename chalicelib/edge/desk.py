"""Accounts, credentials and their audit: all for the operator alone."""

from chalicelib.domain.access import Role
from chalicelib.edge import desk_pages
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.filters import Asked
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit
from chalicelib.wire.documents import accounts, audit, credentials


@at(Spot.DESK_ACCOUNTS, "POST", role=Role.OPERATOR)
def open_account(visit: Visit) -> Answer:
    """Open an account."""
    made = visit.services.admit.open(accounts.opening(visit.tree, by=visit.user), visit.keyed)
    return Answer(status=201, made=made.number, document=accounts.one(made))


@at(Spot.DESK_ACCOUNTS, "GET", role=Role.OPERATOR)
def list_accounts(visit: Visit) -> Answer:
    """A page of accounts, by number as text."""
    start, size = desk_pages.asked(visit, desk_pages.is_account)
    found = visit.services.access.accounts(start=start, size=size)
    return Answer(document=accounts.all_of(found.accounts, desk_pages.links(visit, start, found.next, size)))


@at(Spot.DESK_ACCOUNT, "GET", role=Role.OPERATOR)
def show_account(visit: Visit) -> Answer:
    """One account."""
    return Answer(document=accounts.one(visit.services.admit.account(visit.place.account)))


@at(Spot.DESK_ACCOUNT, "PUT", role=Role.OPERATOR)
def change_account(visit: Visit) -> Answer:
    """Say all anew of an account: what is not said goes back to its default."""
    wish = accounts.change(visit.tree, visit.place.account, by=visit.user)
    return Answer(document=accounts.one(visit.services.admit.change(wish)))


@at(Spot.DESK_CREDENTIALS, "POST", role=Role.OPERATOR)
def give_credential(visit: Visit) -> Answer:
    """Let a user in, or give it a second secret. A secret that was made is shown here and never again."""
    wish = credentials.read(visit.tree, visit.place.account, by=visit.user)
    given = visit.services.admit.give(wish, visit.keyed)
    return Answer(status=201, made=wish.user, document=credentials.one(given.credential, secret=given.secret))


@at(Spot.DESK_CREDENTIALS, "GET", role=Role.OPERATOR)
def list_credentials(visit: Visit) -> Answer:
    """All who may act for the account, by name; operators may act for every one."""
    return Answer(document=credentials.all_of(visit.services.admit.users(visit.place.account)))


@at(Spot.DESK_CREDENTIAL, "GET", role=Role.OPERATOR)
def show_credential(visit: Visit) -> Answer:
    """One of them."""
    return Answer(document=credentials.one(visit.services.admit.user(visit.place.account, visit.place.named["user"])))


@at(Spot.DESK_CREDENTIAL, "DELETE", role=Role.OPERATOR)
def withdraw(visit: Visit) -> Answer:
    """Take away one of its two secrets, or all its access to the account; of an operator, the credential."""
    query = Asked.only(visit, "secret")
    query.judge()
    which = credentials.which(query.one("secret"))
    visit.services.admit.withdraw(visit.place.account, visit.place.named["user"], by=visit.user, which=which)
    return Answer(status=204)


@at(Spot.DESK_AUDIT, "GET", role=Role.OPERATOR)
def list_audit(visit: Visit) -> Answer:
    """A page of all changes of accounts and credentials, newest first."""
    start, size = desk_pages.asked(visit, audit.is_id)
    found = visit.services.access.audit(start=start, size=size)
    return Answer(document=audit.all_of(found.lines, desk_pages.links(visit, start, found.next, size)))
