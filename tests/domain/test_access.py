"""Who may ask, and what is kept of a secret."""

import pytest

from chalicelib.domain.access import Credential, Role, Which, matches, secret_hash
from chalicelib.domain.errors import AccessClash
from tests.domain.samples import START

KEY = b"k" * 32
ANN = Credential(
    user="ann", role=Role.CUSTOMER, accounts=("9900000",), secret_hash=secret_hash("correct horse", key=KEY)
)


def test_only_the_secret_matches_and_only_under_the_services_own_key() -> None:
    assert matches(ANN, "correct horse", key=KEY)
    assert not matches(ANN, "correct horse ", key=KEY)
    assert not matches(ANN, "", key=KEY)
    assert not matches(ANN, "correct horse", key=b"x" * 32)


@pytest.mark.parametrize("secret", ["", "correct horse", "0" * 64])
def test_an_unknown_user_has_no_secret(secret: str) -> None:
    assert not matches(None, secret, key=KEY)


def test_the_hash_says_nothing_of_the_secret_and_takes_any_text() -> None:
    assert "correct horse" not in ANN.secret_hash
    assert len(secret_hash("pässwörd ☎", key=KEY)) == 64


def test_a_customer_acts_for_its_accounts_and_an_operator_for_all() -> None:
    desk = Credential(user="desk", role=Role.OPERATOR, accounts=(), secret_hash="")
    assert [ANN.may_act_for(account) for account in ("9900000", "9900001", "")] == [True, False, False]
    assert desk.may_act_for("9900001")


def test_two_secrets_let_in_until_one_is_taken_away() -> None:
    both = ANN.with_secret(secret_hash("battery staple", key=KEY), START)
    assert [matches(both, each, key=KEY) for each in ("correct horse", "battery staple", "")] == [True, True, False]
    new, old = both.without_secret(Which.OLD), both.without_secret(Which.NEW)
    assert [matches(new, each, key=KEY) for each in ("correct horse", "battery staple")] == [False, True]
    assert [matches(old, each, key=KEY) for each in ("correct horse", "battery staple")] == [True, False]


def test_there_are_never_three_secrets_nor_none() -> None:
    both = ANN.with_secret("ab" * 32, START)
    with pytest.raises(AccessClash):
        both.with_secret("cd" * 32, START)
    with pytest.raises(AccessClash):
        ANN.without_secret(Which.NEW)


def test_whoever_loses_its_last_account_is_nobody() -> None:
    assert ANN.without_account("9900000") is None
    assert ANN.without_account("9900001") == ANN
