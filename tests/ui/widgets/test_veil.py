"""What has nothing to show yet is covered, however large it becomes."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from nnviz.ui.theme import DARK, LIGHT, palette
from nnviz.ui.widgets.veil import Veil


def test_it_covers_all_in_the_ground_of_the_plots(qtbot) -> None:
    covered = QWidget()
    qtbot.addWidget(covered)
    QHBoxLayout(covered).addWidget(QLabel("nothing yet"))
    Veil(covered)
    for theme, size in ((LIGHT, (120, 80)), (DARK, (300, 200))):
        covered.setPalette(palette(theme))
        covered.resize(*size)
        picture = covered.grab().toImage()
        colors = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
        assert colors == {theme.surface}
