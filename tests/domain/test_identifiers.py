"""Register identifiers: checked, brought into their normal form, and explained when wrong."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import InvalidIdentifier
from ledger.domain.identifiers import CHECKS, check, check_all
from tests.domain.given import refused

RIGHT = [
    ("handelsregister", "Kiel HRB 1234 NM", "Kiel HRB 1234 NM"),
    ("handelsregister", "KIEL  HRB 1234 nm", "Kiel HRB 1234 NM"),
    ("handelsregister", "Aachen HRA 11223", "Aachen HRA 11223"),
    ("euid", "DEX1517R.HRB395KI", "DEX1517R.HRB395KI"),
    ("euid", " dkcvr.11845118 ", "DKCVR.11845118"),
    ("vat", "DE136695976", "DE136695976"),
    ("vat", "de 136 695 976", "DE136695976"),
    ("vat", "DK13585628", "DK13585628"),
    ("cvr", "13585628", "13585628"),
    ("lei", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
    ("lei", "213800kud8lajwsq9d15", "213800KUD8LAJWSQ9D15"),
]
WRONG = [
    ("handelsregister", "HRB 1234"),
    ("handelsregister", "Nowhere HRB 1234"),
    ("handelsregister", "Kiel 1234"),
    ("euid", "DEX1517R-HRB395KI"),
    ("euid", "1517.HRB395"),
    ("vat", "DE136695977"),
    ("vat", "XX136695976"),
    ("cvr", "13585629"),
    ("lei", "213800KUD8LAJWSQ9D16"),
    ("lei", "2" * 61),
]


@pytest.mark.parametrize(("scheme", "number", "normal"), RIGHT)
def test_a_right_number_gets_its_normal_form(scheme: str, number: str, normal: str) -> None:
    """However it is typed, the same number is kept in the same form."""
    assert check(scheme, number) == normal
    assert check(scheme, normal) == normal


@pytest.mark.parametrize("number", ["Kiel hrb 1234 NM", "Kiel HRB1234 NM"])
def test_one_entry_of_a_register_has_one_normal_form(number: str) -> None:
    """Letters and blanks as they were typed make no second firm."""
    assert check("handelsregister", number) == "Kiel HRB 1234 NM"


@pytest.mark.parametrize(("scheme", "number"), WRONG)
def test_a_wrong_number_is_told_what_is_right(scheme: str, number: str) -> None:
    """The refusal names the number and shows a right one."""
    with pytest.raises(InvalidIdentifier) as raised:
        check(scheme, number)
    assert number[:60] in raised.value.detail
    assert "such as" in raised.value.detail


@pytest.mark.parametrize("scheme", CHECKS)
def test_the_example_in_the_refusal_is_right(scheme: str) -> None:
    """The number that a refusal shows passes the check itself."""
    example = CHECKS[scheme][1].split("“")[1].split("”")[0]
    assert check(scheme, example) == example


def test_an_unknown_scheme_is_refused() -> None:
    """Only the known registers are kept."""
    with refused(InvalidIdentifier, pointer="/identifiers/duns"):
        check_all({"duns": "123456789"})


def test_all_faults_are_reported_at_once() -> None:
    """Whoever fills a form mends everything in one go."""
    with pytest.raises(InvalidIdentifier) as raised:
        check_all({"vat": "DE1", "cvr": "13585628", "lei": "x"})
    assert [fault.pointer for fault in raised.value.faults] == ["/identifiers/vat", "/identifiers/lei"]


def test_empty_numbers_are_left_out() -> None:
    """A number that a firm does not have is not kept at all."""
    assert check_all({"vat": None, "cvr": "", "lei": "213800KUD8LAJWSQ9D15"}) == {"lei": "213800KUD8LAJWSQ9D15"}


@given(st.sampled_from(sorted(CHECKS)), st.text(max_size=70))
def test_any_text_is_right_or_refused(scheme: str, text: str) -> None:
    """No text makes the check fail in another way, and a normal form stays as it is."""
    with suppress(InvalidIdentifier):
        normal = check(scheme, text)
        assert check(scheme, normal) == normal


@given(st.sampled_from(RIGHT), st.data())
def test_a_number_with_one_letter_changed(right: tuple[str, str, str], data: st.DataObject) -> None:
    """Whatever is typed instead of one letter, the check answers."""
    scheme, number, _ = right
    place = data.draw(st.integers(0, len(number) - 1))
    typed = number[:place] + data.draw(st.characters()) + number[place + 1 :]
    with suppress(InvalidIdentifier):
        normal = check(scheme, typed)
        assert check(scheme, normal) == normal
