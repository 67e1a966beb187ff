import math

import numpy
import pytest

from nnviz.ui.plots.charts.wording import full, plain, plain_rows, power, short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (0.0321234, "0.03212"), (-1.5, "−1.5"), (412_345.6, "412,346"), (7.1234e-6, "7.123×10⁻⁶"),
        (3e12, "3.000×10¹²"), (math.nan, "NaN"), (math.inf, "∞"), (-math.inf, "−∞"), (9999.9, "10,000"),
    ],
)  # fmt: skip
def test_the_screen_shows_four_significant_digits(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize("value", [0.1 + 0.2, 1 / 3, 6.02e23, -5e-324, 1e16])
def test_a_full_number_reads_back_as_itself(value: float) -> None:
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
    assert float(full(value).translate(digits).replace("×10", "e")) == value
    assert float(plain(value)) == value


def test_many_numbers_are_written_as_one_is() -> None:
    values = numpy.array([[0.1 + 0.2, 3.0, -0.0], [math.nan, -math.inf, 1e16], [5e-324, 1e300, 12_345_678.0]])
    assert plain_rows(values) == [tuple(plain(value) for value in row) for row in values.tolist()]
    assert plain_rows(values[:0]) == []


def test_powers_are_raised() -> None:
    assert power(-12) == "10⁻¹²"
