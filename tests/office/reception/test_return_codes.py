"""Return codes: easy to read out, kept as a keyed hash, shown again from an encrypted copy."""

import re
from dataclasses import replace

import pytest

from compact_cases.office import secrecy
from compact_cases.office.premises import Premises, open_premises
from compact_cases.office.reception import return_codes
from compact_cases.settings import Settings


@pytest.fixture
def premises(settings: Settings) -> Premises:
    return open_premises(settings)


def test_a_code_is_sixteen_characters_in_fours_without_look_alikes() -> None:
    codes = {return_codes.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7k3m 9qxd 0ztb 4hwn", "7K3M9QXD0ZTB4HWN"),
        ("7K3M-9QXD-OZTB-4HWN", "7K3M9QXD0ZTB4HWN"),
        ("i l 1 o 0", "11100"),
        (" 7k3m\t9qxd\n", "7K3M9QXD"),
        ("", ""),
        ("é¿—", ""),
    ],
)
def test_it_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert return_codes.normalise(typed) == meant


def test_every_spelling_matches_and_nothing_else(premises: Premises) -> None:
    code = return_codes.new_code()
    kept = return_codes.seal(premises, code)
    assert return_codes.matches(premises, code.lower().replace("-", ""), kept)
    assert not return_codes.matches(premises, return_codes.new_code(), kept)
    assert not return_codes.matches(premises, "", bytes(32))
    assert code.encode() not in kept


def test_the_copy_opens_with_our_key_alone(premises: Premises) -> None:
    code = return_codes.new_code()
    kept = secrecy.encrypt(premises, code)
    assert secrecy.decrypt(premises, kept) == code
    assert code.encode() not in kept
    other = replace(premises, settings=replace(premises.settings, secret_key="another secret key"))
    assert secrecy.decrypt(other, kept) is None
    assert not return_codes.matches(other, code, return_codes.seal(premises, code))
