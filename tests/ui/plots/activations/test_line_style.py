"""No two activations look alike, also to eyes that do not see hues."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from nnviz.engine import ACTIVATIONS
from nnviz.ui.plots.activations.end_labels import spread
from nnviz.ui.plots.activations.line_style import STYLES, line_style, swatch
from nnviz.ui.theme import DARK, LIGHT


def test_every_activation_has_a_style_of_its_own() -> None:
    assert set(STYLES) == set(ACTIVATIONS)
    assert len(set(STYLES.values())) == len(STYLES)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_hues_stand_out_from_the_ground(theme) -> None:
    ground = luminance(QColor(theme.surface))
    for name in ACTIVATIONS:
        own = luminance(line_style(theme, name).color)
        contrast = (max(own, ground) + 0.05) / (min(own, ground) + 0.05)
        assert contrast >= 3.0, name


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_equal_dashes_have_hues_that_stay_apart_for_red_green_blind_eyes(theme) -> None:
    for one, other in combinations(ACTIVATIONS, 2):
        first, second = line_style(theme, one), line_style(theme, other)
        if first.dashes == second.dashes:
            distance = sum(
                (a - b) ** 2 for a, b in zip(deuteranope(first.color), deuteranope(second.color), strict=True)
            )
            assert distance**0.5 > 25.0, (one, other)


def test_a_swatch_is_drawn_in_the_lines_colour(qapp) -> None:
    picture = swatch(LIGHT, "sigmoid", 2.0).toImage()
    middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    assert middle == line_style(LIGHT, "sigmoid").color


def test_labels_that_would_overlap_make_room_and_stay_inside() -> None:
    assert spread([10.0, 50.0], 10.0, 100.0) == [10.0, 50.0]
    assert spread([40.0, 41.0, 42.0], 10.0, 100.0) == [40.0, 50.0, 60.0]
    placed = spread([90.0, 95.0, 99.0], 10.0, 100.0)
    assert placed == [75.0, 85.0, 95.0]
    assert spread([0.0], 10.0, 100.0) == [5.0]
    assert spread([], 10.0, 100.0) == []


def luminance(color: QColor) -> float:
    """Relative luminance, as contrast is defined by."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def deuteranope(color: QColor) -> tuple[float, float, float]:
    """What an eye without green cones sees of it: the usual linear estimate, 0 to 255."""
    red, green, blue = (255.0 * part for part in color.getRgbF()[:3])
    return 0.625 * red + 0.375 * green, 0.7 * red + 0.3 * green, 0.3 * green + 0.7 * blue
