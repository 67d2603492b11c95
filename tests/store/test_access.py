"""The promises of the users, the accounts and the audit, in every world."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.access import Credential, Role
from chalicelib.domain.account import Account, Act, AuditLine, Profile
from chalicelib.domain.errors import AccessClash, AccountNotFound, Conflict, ReceiptTaken
from tests.domain.samples import START, at
from tests.store.worlds import Stores, receipt, soon

ANN = Credential(
    user="ann", role=Role.CUSTOMER, accounts=("9900000", "9900001"), secret_hash="ab" * 32, made_at=START, revision=1
)
BOSS = Credential(user="boss", role=Role.OPERATOR, accounts=(), secret_hash="ef" * 32, made_at=START, revision=1)
FULL = Profile(
    name="Acme", time_zone="Europe/Berlin", language="de", contact="ops@example.net", subscriptions=5, order_days=30,
    delivery_days=7,
)  # fmt: skip


def line(number: int = 1, act: Act = Act.CREDENTIAL_MADE) -> AuditLine:
    return AuditLine(
        id=f"20261125T{number:09d}Z-x", at=at(number), by="boss", act=act, account="9900000", user="ann",
        fields=("name",),
    )  # fmt: skip


def account(number: str = "9900000", **said: object) -> Account:
    return replace(Account(number=number, profile=FULL, opened_at=START, modified_at=START), **said)  # type: ignore[arg-type] # they are its own


def opened(stores: Stores, *numbers: str) -> None:
    for place, number in enumerate(numbers):
        stores.access.record(account(number), line(100 + place, Act.ACCOUNT_OPENED))


def test_a_credential_is_read_back_as_it_was_kept(stores: Stores) -> None:
    stores.access.keep(ANN)
    assert stores.access.credential("ann") == ANN


def test_keeping_replaces_what_the_user_had_and_opens_its_accounts(stores: Stores) -> None:
    stores.access.keep(ANN)
    for number in ANN.accounts:
        found = stores.access.account(number)
        assert found == Account(number=number, opened_at=START, modified_at=START, users=("ann",))
    operator = replace(ANN, role=Role.OPERATOR, accounts=(), secret_hash="cd" * 32)
    stores.access.keep(operator)
    assert stores.access.credential("ann") == replace(operator, revision=2)
    assert [(found := stores.access.account(number)) and found.users for number in ANN.accounts] == [(), ()]


def test_keeping_what_is_granted_already_writes_nothing(stores: Stores) -> None:
    opened(stores, *ANN.accounts)
    rotated = replace(ANN, old_secret_hash=ANN.secret_hash, secret_hash="99" * 32, old_secret_at=START)
    stores.access.replace(None, rotated, line())
    stores.access.keep(ANN, line(2))
    assert stores.access.credential("ann") == rotated
    described = stores.access.account("9900000")
    assert described is not None
    assert described.profile == FULL


@pytest.mark.parametrize("odd", ["", "Ann", "ann ", "x" * 5000, "\ud800", "receipt#1", "ann#"])
def test_a_name_that_nobody_has_gives_nothing(stores: Stores, odd: str) -> None:
    stores.access.keep(ANN)
    assert stores.access.credential(odd) is None
    assert stores.access.account(odd) is None


def test_a_customer_is_let_into_open_accounts_only(stores: Stores) -> None:
    opened(stores, "9900000")
    with pytest.raises(AccountNotFound, match="9900001"):
        stores.access.replace(None, ANN, line())
    assert stores.access.credential("ann") is None
    found = stores.access.account("9900000")
    assert found is not None
    assert found.users == ()


def test_of_two_changes_of_one_credential_one_wins(stores: Stores) -> None:
    opened(stores, *ANN.accounts)
    stores.access.replace(None, ANN, line())
    with pytest.raises(Conflict):
        stores.access.replace(None, ANN, line(2))
    second = replace(ANN, secret_hash="cd" * 32, old_secret_hash=ANN.secret_hash, secret_at=at(1), revision=2)
    stores.access.replace(ANN, second, line(3))
    with pytest.raises(Conflict):
        stores.access.replace(ANN, replace(second, secret_hash="00"), line(4))
    with pytest.raises(Conflict):
        stores.access.replace(ANN, None, line(5))
    assert stores.access.credential("ann") == second


def test_whoever_is_removed_is_gone_from_its_accounts(stores: Stores) -> None:
    opened(stores, *ANN.accounts)
    stores.access.replace(None, ANN, line())
    half = replace(ANN, accounts=("9900001",), revision=2)
    stores.access.replace(ANN, half, line(2))
    assert [(found := stores.access.account(each)) and found.users for each in ANN.accounts] == [(), ("ann",)]
    stores.access.replace(half, None, line(3))
    assert stores.access.credential("ann") is None
    assert [(found := stores.access.account(each)) and found.users for each in ANN.accounts] == [(), ()]
    stores.access.replace(None, ANN, line(4))


def test_the_last_operator_stays(stores: Stores) -> None:
    stores.access.keep(BOSS)
    with pytest.raises(AccessClash):
        stores.access.replace(BOSS, None, line())
    with pytest.raises(AccessClash):
        stores.access.replace(BOSS, replace(BOSS, role=Role.CUSTOMER, revision=2), line(2))
    other = replace(BOSS, user="other")
    stores.access.replace(None, other, line(3))
    stores.access.replace(BOSS, None, line(4))
    with pytest.raises(AccessClash):
        stores.access.replace(other, None, line(5))
    assert stores.access.credential("other") == other


def test_an_account_s_users_are_its_customers_and_every_operator(stores: Stores) -> None:
    opened(stores, *ANN.accounts)
    stores.access.keep(BOSS)
    zoe = replace(ANN, user="zoe", accounts=("9900001",))
    for number, each in enumerate((zoe, ANN)):
        stores.access.replace(None, each, line(number))
    found = stores.access.account("9900000")
    assert found is not None
    assert stores.access.users(found) == [ANN, BOSS]


def test_a_use_is_noted_unless_a_later_one_is_or_the_user_is_gone(stores: Stores) -> None:
    stores.access.keep(ANN)
    hour = timedelta(hours=1)
    for seconds, expected in ((10, 10), (3000, 10), (3611, 3611)):
        stores.access.note_use("ann", at=at(seconds), unless_since=at(seconds) - hour)
        assert stores.access.credential("ann") == replace(ANN, used_at=at(expected))
    second = replace(ANN, secret_hash="cd" * 32, revision=2)
    stores.access.replace(ANN, second, line())
    assert stores.access.credential("ann") == replace(second, used_at=at(3611))
    stores.access.replace(second, None, line(2))
    stores.access.note_use("ann", at=at(9000), unless_since=at(9000) - hour)
    assert stores.access.credential("ann") is None


def test_an_account_is_opened_once_and_changed_by_version(stores: Stores) -> None:
    stores.access.record(account(), line())
    with pytest.raises(Conflict):
        stores.access.record(account(), line(2))
    changed = account(profile=Profile(), version=2, modified_at=at(5))
    stores.access.record(changed, line(3))
    with pytest.raises(Conflict):
        stores.access.record(account(version=2), line(4))
    assert stores.access.account("9900000") == changed


def test_a_change_of_an_account_keeps_its_users(stores: Stores) -> None:
    stores.access.keep(ANN)
    stores.access.record(account(version=2), line())
    assert stores.access.account("9900000") == account(version=2, users=("ann",))


def test_a_receipt_stands_in_the_way_of_the_same_again(stores: Stores) -> None:
    stores.access.record(account(), line(), receipt())
    with pytest.raises(ReceiptTaken):
        stores.access.record(account("9900001"), line(2), receipt())
    with pytest.raises(ReceiptTaken):
        stores.access.replace(None, BOSS, line(3), receipt())
    assert (stores.access.account("9900001"), stores.access.credential("boss")) == (None, None)


def test_accounts_are_listed_by_number_in_pages(stores: Stores) -> None:
    numbers = ["9900002", "12", "9900000", "9900001"]
    opened(stores, *numbers)
    soon(lambda: len(stores.access.accounts(start=None, size=10).accounts), 4)
    page = stores.access.accounts(start=None, size=3)
    assert ([each.number for each in page.accounts], page.next) == (["12", "9900000", "9900001"], "9900002")
    page = stores.access.accounts(start=page.next, size=3)
    assert ([each.number for each in page.accounts], page.next) == (["9900002"], None)
    assert page.accounts[0].profile == FULL


def test_the_audit_is_read_newest_first_in_pages(stores: Stores) -> None:
    for number in range(1, 5):
        stores.access.record(account(str(number)), line(number))
    soon(lambda: len(stores.access.audit(start=None, size=10).lines), 4)
    page = stores.access.audit(start=None, size=3)
    assert (list(page.lines), page.next) == ([line(4), line(3), line(2)], line(1).id)
    assert stores.access.audit(start=page.next, size=3).lines == (line(1),)


def test_what_was_refused_leaves_no_line(stores: Stores) -> None:
    stores.access.keep(BOSS)
    with pytest.raises(AccessClash):
        stores.access.replace(BOSS, None, line())
    assert stores.access.audit(start=None, size=10).lines == ()
