"""Reply addresses: what was sealed comes back, and whatever was changed does not."""

import base64
import dataclasses
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.domain.reply import LOCAL_PART_LENGTH, REPLIES_TAKEN, Seal, SealBroken, seal, unseal
from tests.domain.samples import START, at, key

KEY, OLD_KEY = b"k" * 32, b"o" * 32
KEYS = {1: KEY, 2: OLD_KEY}
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
ADDRESS = seal(key(), "0123456789", at=START, key_id=1, key=KEY)

orders = st.builds(
    OrderKey,
    account=st.integers(0, 2**34 - 1).map(str),
    type=st.sampled_from([kind.resource for kind in ORDER_TYPES]),
    id=st.uuids().map(str),
)
tags = st.integers(0, 2**40 - 1).map("{:010x}".format)


@given(orders, tags, st.integers(0, 40_000), st.sampled_from(sorted(KEYS)))
def test_what_was_sealed_comes_back(order: OrderKey, tag: str, days: int, key_id: int) -> None:
    moment = START + timedelta(days=days)
    address = seal(order, tag, at=moment, key_id=key_id, key=KEYS[key_id])
    assert unseal(address, keys=KEYS) == Seal(order, tag, (moment + REPLIES_TAKEN).date())


@given(orders, tags)
def test_an_address_fits_a_local_part_and_needs_no_quoting(order: OrderKey, tag: str) -> None:
    address = seal(order, tag, at=START, key_id=7, key=KEY)
    assert len(address) == LOCAL_PART_LENGTH <= 64
    assert set(address) <= set(ALPHABET)


def test_mail_programs_may_change_its_case() -> None:
    mixed = "".join(letter.upper() if place % 2 else letter for place, letter in enumerate(ADDRESS))
    assert unseal(ADDRESS.upper(), keys=KEYS) == unseal(mixed, keys=KEYS) == unseal(ADDRESS, keys=KEYS)


def test_every_change_of_one_character_is_refused() -> None:
    for place, was in enumerate(ADDRESS):
        for letter in (
            *(ALPHABET.replace(was, "")),
            "1",
            "8",
            "=",
            " ",
            "-",
            "\N{LATIN SMALL LETTER DOTLESS I}",
            "\N{LATIN SMALL LETTER LONG S}",
            "ß",
            "é",
        ):
            broken(ADDRESS[:place] + letter + ADDRESS[place + 1 :])


def test_every_change_of_one_bit_is_refused() -> None:
    value = int.from_bytes(base64.b32decode(ADDRESS.upper() + "AA"), "big")
    for bit in range(10, 320):  # the last ten are not written
        flipped = base64.b32encode((value ^ 1 << bit).to_bytes(40, "big")).decode()[:LOCAL_PART_LENGTH]
        broken(flipped)


@pytest.mark.parametrize("local_part", ["", "desk", ADDRESS[:-1], ADDRESS + "a", ADDRESS + "==", "a" * 62, "é" * 62])
def test_what_we_never_wrote_is_refused(local_part: str) -> None:
    broken(local_part)


@given(st.text(max_size=70) | st.text(ALPHABET, min_size=62, max_size=62))
def test_no_text_does_more_than_be_refused(local_part: str) -> None:
    broken(local_part)


def test_a_key_of_before_is_still_read_and_one_taken_away_is_not() -> None:
    before = seal(key(), "0123456789", at=START, key_id=2, key=OLD_KEY)
    assert unseal(before, keys=KEYS).order == key()
    broken(before, keys={1: KEY})
    broken(before, keys={1: KEY, 2: KEY})


def test_an_empty_key_seals_nothing() -> None:
    broken(seal(key(), "0123456789", at=START, key_id=3, key=b""), keys={3: b""})
    broken(seal(key(), "0123456789", at=START, key_id=3, key=b""))


def test_an_address_is_good_until_the_end_of_its_last_day_in_utc() -> None:
    told = unseal(ADDRESS, keys=KEYS)
    last_moment = (START + REPLIES_TAKEN).replace(hour=23, minute=59, second=59)
    assert not told.expired(last_moment)
    assert told.expired(last_moment + timedelta(seconds=1))


@pytest.mark.parametrize("account", [str(2**34), "0123", "-1"])
def test_an_account_that_would_not_come_back_is_not_sealed(account: str) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        seal(dataclasses.replace(key(), account=account), "0123456789", at=START, key_id=1, key=KEY)


def test_a_key_id_that_does_not_fit_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        seal(key(), "0123456789", at=START, key_id=8, key=KEY)


def test_the_order_comes_back_with_its_id_as_written_in_keys() -> None:
    order = OrderKey("9900000", "importTnOrders/voice", str(UUID("0B6F3A2E-9D0E-4E0E-8A59-0A3C7D2F1B11")))
    assert unseal(seal(order, "00000000ff", at=at(1), key_id=1, key=KEY), keys=KEYS).order == order


def broken(local_part: str, keys: dict[int, bytes] = KEYS) -> None:
    with pytest.raises(SealBroken):
        unseal(local_part, keys=keys)
