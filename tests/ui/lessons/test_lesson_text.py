"""A lesson's text is shown, and can do nothing: no file, no address, no script, no endless formula."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from nnviz.ui.lessons.lesson_text import MOST, LessonText
from nnviz.ui.theme import LIGHT

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def shown(qtbot) -> LessonText:
    text = LessonText()
    qtbot.addWidget(text)
    text.resize(400, 100)
    text.show()
    return text


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "secret.png"
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF)
    assert image.save(str(path))
    return path


def magenta(text: LessonText) -> bool:
    image = text.grab().toImage()
    return any(
        image.pixelColor(x, y).name() == "#ff00ff"
        for x in range(0, image.width(), 7)
        for y in range(0, image.height(), 7)
    )


def test_pictures_from_disk_and_network_are_neither_shown_nor_asked_for(
    shown: LessonText, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QTextBrowser, "loadResource", lambda _self, _kind, name: asked.append(name))
    url = QUrl.fromLocalFile(str(picture)).toString()
    shown.show_markdown(
        f"![a]({url}) ![b]({picture}) ![c](https://example.invalid/c.png) ![d](data:image/png;base64,AA)"
    )
    assert not magenta(shown)
    for name in (url, str(picture), "https://example.invalid/c.png", "formula:7", "formula:x", "qrc:/a", "data:a"):
        # Not None: Qt's own code would then look for a file of that name.
        assert shown.loadResource(IMAGE, QUrl(name)).size() == QSize(1, 1)
    assert asked == []


def test_a_browser_of_qts_own_would_have_shown_the_picture(qtbot, picture: Path) -> None:
    plain = QTextBrowser()
    qtbot.addWidget(plain)
    assert plain.loadResource(IMAGE, QUrl.fromLocalFile(str(picture))) is not None


def test_html_and_scripts_are_text(shown: LessonText) -> None:
    shown.show_markdown('<script>alert(1)</script> and <img src="x.png"> and <b>bold</b>')
    assert "alert(1)" in shown.toPlainText()
    assert "<b>bold</b>" in shown.toPlainText()


def test_only_links_to_the_glossary_are_followed(shown: LessonText, qtbot) -> None:
    shown.show_markdown("[a](glossary:dead-unit) [b](https://example.invalid) [c](file:///etc/passwd)")
    asked: list[str] = []
    shown.term_asked.connect(asked.append)
    before = shown.toPlainText()
    for url in ("https://example.invalid", "file:///etc/passwd", "javascript:alert(1)", "glossary:dead-unit"):
        shown.anchorClicked.emit(QUrl(url))
    assert asked == ["dead-unit"]
    assert shown.toPlainText() == before
    assert not shown.openLinks()


@pytest.mark.parametrize(
    "latex", [r"\frac{", "{" * 200, r"\left(" * 60, "x" + "^{x" * 60 + "}" * 60, r"\input{/etc/passwd}"]
)
def test_a_formula_that_is_none_or_too_large_becomes_plain_text(shown: LessonText, latex: str) -> None:
    shown.show_markdown(f"before ${latex}$ after")
    assert "before" in shown.toPlainText()
    assert "after" in shown.toPlainText()
    assert shown.height() < 600
    assert "root:" not in shown.toPlainText()


def test_a_thousand_formulas_do_not_hold_up_the_window(shown: LessonText) -> None:
    shown.show_markdown(" ".join(f"$x_{{{number}}}$" for number in range(1000)))
    assert len(shown.formulas) == MOST
    assert "x_{999}" in shown.toPlainText()


def test_formulas_are_drawn_and_code_is_left_alone(shown: LessonText) -> None:
    shown.show_markdown("Here $x^2$, and `$y$`.\n\n$$\\sum_i w_i x_i$$")
    assert shown.formulas == ["x^2", "\\sum_i w_i x_i"]
    assert "$y$" in shown.toPlainText()
    assert isinstance(shown.loadResource(IMAGE, QUrl("formula:0")), QImage)


def test_text_and_formulas_grow_in_lecture_mode(shown: LessonText) -> None:
    shown.show_markdown("Some words that take a line or two of it, with $x$.")
    small, height = shown.loadResource(IMAGE, QUrl("formula:0")), shown.height()
    shown.set_theme(LIGHT.for_lecture())
    large = shown.loadResource(IMAGE, QUrl("formula:0"))
    assert isinstance(small, QImage)
    assert isinstance(large, QImage)
    assert large.height() > 1.3 * small.height()
    assert shown.height() > 1.3 * height
