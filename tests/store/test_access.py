"""The promises of the users, in every world."""

from dataclasses import replace

import pytest

from chalicelib.domain.access import Credential, Role
from tests.store.worlds import Stores

ANN = Credential(user="ann", role=Role.CUSTOMER, accounts=("9900000", "9900001"), secret_hash="ab" * 32)


def test_a_credential_is_read_back_as_it_was_kept(stores: Stores) -> None:
    stores.access.keep(ANN)
    assert stores.access.credential("ann") == ANN


def test_keeping_replaces_what_the_user_had(stores: Stores) -> None:
    stores.access.keep(ANN)
    operator = replace(ANN, role=Role.OPERATOR, accounts=(), secret_hash="cd" * 32)
    stores.access.keep(operator)
    assert stores.access.credential("ann") == operator


@pytest.mark.parametrize("odd", ["", "Ann", "ann ", "x" * 5000, "\ud800", "receipt#1", "ann#"])
def test_a_name_that_nobody_has_gives_nothing(stores: Stores, odd: str) -> None:
    stores.access.keep(ANN)
    assert stores.access.credential(odd) is None
