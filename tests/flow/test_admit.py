"""Who may come in: races, replays, and what is refused, over the SQLite store."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.domain.access import Credential, Role, Which, matches
from chalicelib.domain.account import MOST_USERS, Account, Act, Profile
from chalicelib.domain.commands import ChangeAccount, GiveCredential, OpenAccount
from chalicelib.domain.errors import (
    AccessClash,
    AccountNotFound,
    Conflict,
    CredentialNotFound,
    KeyReused,
    OrderBusy,
    ReceiptTaken,
)
from chalicelib.flow.accept import TRIES, Accept, Keyed
from chalicelib.flow.admit import Admit
from infra.local.store import LocalStore
from tests.flow.outside import Clock

KEY = b"k" * 32
ANN = GiveCredential(account="9900000", user="ann", by="boss")
KEYED = Keyed("boss POST /desk key-1", body_hash="abc")
BOSS = Credential(user="boss", role=Role.OPERATOR, accounts=(), secret_hash="ef" * 32)


class Desk:
    """The verb over a store; `between` happens once, before a write, as a rival's deed would."""

    def __init__(self, store: LocalStore) -> None:
        self.store, self.clock, self.between = store, Clock(), list[Callable[[], object]]()
        numbers, tokens = count(1000), count(1)
        accept = Accept(ledger=store.ledger, receipts=store.receipts, now=self.clock, new_id=uuid4)
        self.admit = Admit(
            access=_Raced(self), accept=accept, key=KEY, now=self.clock, new_token=lambda: f"token{next(tokens):07d}",
            new_number=lambda: str(next(numbers)),
        )  # fmt: skip

    def open(self, number: str | None = "9900000", keyed: Keyed | None = None) -> Account:
        return self.admit.open(OpenAccount(number=number, profile=Profile(), by="boss"), keyed)

    def acts(self) -> list[Act]:
        return [line.act for line in reversed(self.store.access.audit(start=None, size=200).lines)]


class _Raced:
    """The store's users, between whose reading and writing others may be faster."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 because it is whatever the store has
        if name in ("record", "replace") and self._desk.between:
            self._desk.between.pop(0)()
        return getattr(self._desk.store.access, name)


@pytest.fixture
def desk() -> Iterator[Desk]:
    store = LocalStore.in_memory()
    store.access.keep(BOSS)
    yield Desk(store)
    store.close()


def good(desk: Desk, secret: str | None) -> bool:
    return matches(desk.store.access.credential("ann"), secret or "", key=KEY)


def test_a_number_that_is_taken_meanwhile_is_not_given_twice(desk: Desk) -> None:
    rival = Account(number="1000", opened_at=desk.clock(), modified_at=desk.clock())
    line = desk.admit._line(Act.ACCOUNT_OPENED, "rival", desk.clock(), "1000")  # noqa: SLF001 because a rival's line looks the same
    desk.between.append(lambda: desk.store.access.record(rival, line))
    assert desk.open(None).number == "1001"
    with pytest.raises(AccessClash):
        desk.open("1000")


def test_an_opening_that_comes_twice_at_once_opens_one_account(desk: Desk) -> None:
    """The second finds the receipt only when it writes."""
    rivals: list[Account] = []
    desk.between.append(lambda: rivals.append(desk.open(None, KEYED)))
    assert [desk.open(None, KEYED)] == rivals
    assert desk.acts() == [Act.ACCOUNT_OPENED]
    with pytest.raises(KeyReused):
        desk.open(None, replace(KEYED, body_hash="other"))


def test_of_two_changes_at_once_both_are_written_down_and_the_later_counts(desk: Desk) -> None:
    desk.open()
    first, second = (ChangeAccount(number="9900000", profile=Profile(name=name), by="boss") for name in "ab")
    desk.between.append(lambda: desk.admit.change(first))
    assert desk.admit.change(second).profile.name == "b"
    assert desk.admit.account("9900000").version == 3
    assert desk.acts() == [Act.ACCOUNT_OPENED, Act.ACCOUNT_CHANGED, Act.ACCOUNT_CHANGED]


def test_a_change_that_changes_nothing_writes_nothing(desk: Desk) -> None:
    before = desk.open()
    desk.clock.now += timedelta(hours=1)
    assert desk.admit.change(ChangeAccount(number="9900000", profile=Profile(), by="boss")) == before
    assert desk.acts() == [Act.ACCOUNT_OPENED]


def test_two_who_give_the_same_user_at_once_give_it_two_secrets(desk: Desk) -> None:
    desk.open()
    rivals = list[str | None]()
    desk.between.append(lambda: rivals.append(desk.admit.give(ANN).secret))
    mine = desk.admit.give(ANN).secret
    assert good(desk, mine)
    assert good(desk, rivals[0])
    with pytest.raises(AccessClash, match="two secrets"):
        desk.admit.give(ANN)


def test_a_replay_shows_the_same_secret_and_gives_none(desk: Desk) -> None:
    desk.open()
    first = desk.admit.give(ANN, KEYED)
    assert good(desk, first.secret)
    assert desk.admit.give(ANN, KEYED) == first
    assert desk.acts() == [Act.ACCOUNT_OPENED, Act.CREDENTIAL_MADE]
    with pytest.raises(KeyReused):
        desk.admit.give(ANN, replace(KEYED, body_hash="other"))


def test_a_request_that_comes_twice_at_once_gives_one_secret(desk: Desk) -> None:
    desk.open()
    rivals = list[str | None]()
    desk.between.append(lambda: rivals.append(desk.admit.give(ANN, KEYED).secret))
    assert [desk.admit.give(ANN, KEYED).secret] == rivals
    assert desk.admit.user("9900000", "ann").old_secret_hash is None


def test_a_replay_after_the_user_is_gone_lets_nobody_in(desk: Desk) -> None:
    desk.open()
    desk.admit.give(ANN, KEYED)
    desk.admit.withdraw("9900000", "ann", by="boss")
    with pytest.raises(CredentialNotFound):
        desk.admit.give(ANN, KEYED)
    assert desk.store.access.credential("ann") is None


def test_neither_secret_nor_body_can_be_read_out_of_a_receipt(desk: Desk) -> None:
    """A body may hold a chosen secret, of which a plain hash could be guessed."""
    desk.open()
    secret = desk.admit.give(ANN, KEYED).secret or ""
    receipt = desk.store.receipts.receipt(KEYED.id, now=desk.clock())
    assert receipt is not None
    assert secret not in receipt.result
    assert receipt.body_hash != KEYED.body_hash


def test_whoever_is_withdrawn_while_a_secret_is_added_is_given_anew(desk: Desk) -> None:
    desk.open()
    old = desk.admit.give(ANN).secret
    desk.between.append(lambda: desk.admit.withdraw("9900000", "ann", by="rival"))
    new = desk.admit.give(ANN).secret
    assert (good(desk, old), good(desk, new)) == (False, True)


def test_of_two_who_remove_the_last_two_operators_one_is_refused(desk: Desk) -> None:
    desk.open()
    desk.admit.give(GiveCredential(account="9900000", user="second", by="boss", role=Role.OPERATOR))
    desk.between.append(lambda: desk.admit.withdraw("9900000", "second", by="boss"))
    with pytest.raises(AccessClash, match="last operator"):
        desk.admit.withdraw("9900000", "boss", by="second")
    assert desk.store.access.credential("boss") is not None


def test_a_secret_goes_once(desk: Desk) -> None:
    desk.open()
    old, new = desk.admit.give(ANN).secret, desk.admit.give(ANN).secret
    desk.between.append(lambda: desk.admit.withdraw("9900000", "ann", by="rival", which=Which.OLD))
    with pytest.raises(AccessClash, match="one secret only"):
        desk.admit.withdraw("9900000", "ann", by="boss", which=Which.OLD)
    assert (good(desk, old), good(desk, new)) == (False, True)


def test_a_credential_for_an_account_that_is_not_open_is_not_given(desk: Desk) -> None:
    desk.open()
    for wish in (replace(ANN, account="9900009"), replace(ANN, others=("9900009",))):
        with pytest.raises(AccountNotFound, match="9900009"):
            desk.admit.give(wish)
    assert desk.store.access.credential("ann") is None
    with pytest.raises(AccountNotFound):
        desk.admit.withdraw("9900009", "boss", by="boss")


def test_an_account_has_so_many_users_and_no_more(desk: Desk) -> None:
    desk.open()
    for number in range(MOST_USERS - 1):  # the operator counts
        desk.admit.give(replace(ANN, user=f"user{number}"))
    with pytest.raises(AccessClash, match=str(MOST_USERS)):
        desk.admit.give(ANN)
    desk.admit.give(replace(ANN, user="user1"))


@pytest.mark.parametrize("error", [Conflict, ReceiptTaken])
def test_whoever_loses_every_race_is_told_so(desk: Desk, error: type[Exception]) -> None:
    desk.open()

    def lost() -> None:
        raise error

    desk.between.extend([lost] * TRIES)
    with pytest.raises(OrderBusy):
        desk.admit.give(ANN)
