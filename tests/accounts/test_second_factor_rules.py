"""Codes of the second step: the right ones at the right time, and recovery codes however they are typed."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.accounts.second_factor_rules import (
    STEP_SECONDS,
    enrolment_address,
    folded_recovery_code,
    new_recovery_codes,
    new_secret,
    step_of,
)

NOW = datetime(2026, 11, 22, 12, 0, 7, tzinfo=UTC)
MOMENTS = st.integers(1_700_000_000, 2_800_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12345 x", "0" * 1000])
def test_what_is_no_code_belongs_to_no_step(typed: str) -> None:
    assert step_of("JBSWY3DPEHPK3PXP", typed, NOW) is None


@given(MOMENTS, st.integers(-4, 4))
def test_a_code_is_good_one_step_early_and_one_step_late_and_no_longer(moment: datetime, away: int) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    code = pyotp.TOTP(secret).at(moment, away)
    step = step_of(secret, code, moment)
    present = int(moment.timestamp()) // STEP_SECONDS
    if abs(away) <= 1:
        assert step is not None
        assert abs(step - present) <= 1
        assert pyotp.TOTP(secret).generate_otp(step) == code
    else:
        # One in 333,333 codes is that of another step by chance.
        assert step is None or pyotp.TOTP(secret).generate_otp(step) == code


def test_a_code_may_be_typed_in_groups() -> None:
    secret = new_secret()
    code = pyotp.TOTP(secret).at(NOW)
    assert step_of(secret, f" {code[:3]} {code[3:]} ", NOW) == int(NOW.timestamp()) // STEP_SECONDS
    assert step_of(new_secret(), code, NOW + timedelta(hours=1)) is None


def test_the_address_in_the_picture_names_product_and_account_without_a_loophole() -> None:
    address = enrolment_address("ABC", email="ada+x&secret=1@example.edu", issuer="FeedForward")
    parsed = pyotp.parse_uri(address)
    assert (parsed.secret, parsed.name, parsed.issuer) == ("ABC", "ada+x&secret=1@example.edu", "FeedForward")


def test_recovery_codes_are_ten_different_ones_that_nobody_misreads() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    for code in codes:
        assert folded_recovery_code(f"  {code.upper().replace('-', ' ')} ") == code.replace("-", "")
        assert not set(code) & set("0o1li")


@given(st.text(max_size=30))
def test_any_text_is_a_recovery_code_or_none_and_never_an_error(typed: str) -> None:
    folded = folded_recovery_code(typed)
    assert folded is None or (len(folded) == 10 and folded.isascii())
