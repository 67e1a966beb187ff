"""The answer sheet says what was answered and measured, with what can be checked; it needs nothing from anywhere."""

import hashlib
import re
import threading
import time
from collections.abc import Generator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox

from nnviz import __version__
from nnviz.experiment.lesson.measures import MEASURES
from nnviz.experiment.lesson.progress import PREDICT, QUESTION, LessonProgress
from nnviz.experiment.lesson.reader import parse_lesson
from nnviz.experiment.lesson.record import Lesson
from nnviz.experiment.lesson.scoring import Outcome
from nnviz.resources import resource
from nnviz.ui.export import sheet_figures
from nnviz.ui.export.answer_sheet import AnswerSheet, SheetPicture, sheet_html, sheet_pdf
from nnviz.ui.export.sheet_figures import SheetFigures, figure_pages, layer_of, steps_of
from nnviz.ui.lessons.sheet_dialog import SheetDialog
from nnviz.ui.theme import LIGHT

TEXT = """---
nnviz-lesson: 1
title: Weights & <b>biases</b>
topic: 2
---
# Equal

```load
preset: zeros
show: symmetry
```

```predict
ask: How many differ?
measure: distinct_units 1
steps: 30
right: One.
wrong: It is one.
```

# Which

![x](https://example.invalid/x.png)

```question
ask: Which?
choices: dead = units die | thin
answer: dead
```

```try
- Look <script>.
- Touch.
```

# Saturated

```load
preset: saturated
show: neuron-eye
```

```predict
ask: What share?
choices: little | much
bounds: 0.5
measure: saturated_share 3
steps: 10
```
"""
WHEN = datetime(2026, 11, 23, 14, 5, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def lesson() -> Lesson:
    return parse_lesson(TEXT.encode(), "mine.md")


@pytest.fixture
def progress() -> LessonProgress:
    mine = LessonProgress().answered(0, PREDICT, Outcome("8", "1", False, 1.0))
    return mine.answered(1, QUESTION, Outcome("dead", "dead", True)).ticked(1, 0, on=True).committed(2, PREDICT, "much")


def text_of(sheet: AnswerSheet) -> str:
    return sheet_html(sheet).decode()


def whole(pages: Generator[tuple[int, int], None, bytes]) -> bytes:
    while True:
        try:
            next(pages)
        except StopIteration as end:
            return bytes(end.value)


def test_it_has_prediction_outcome_and_what_is_needed_to_check_them(lesson: Lesson, progress: LessonProgress) -> None:
    text = text_of(AnswerSheet(lesson, progress, WHEN))
    assert text.count("2026-11-23") == 1
    assert "Exported on: 2026-11-23, 14:05<" in text
    assert "2 of 3 questions answered, 1 right" in text
    assert "Prediction</td><td>8 units<" in text
    assert "What is measured</td><td>units of layer 1 that differ, at step 30<" in text
    assert "Measured</td><td>1 unit<" in text
    assert "Right if</td><td>it is what was measured<" in text
    assert not [name for name in MEASURES if "_" in name and name in text]
    assert "Not so. It is one." in text
    assert "Answer</td><td>units die<" in text
    assert "The answer</td><td>units die<" in text
    assert "Prediction</td><td>much" in text
    assert "not seen yet" in text
    assert "its range (“little” is below 0.5; “much” is 0.5 or more)" in text
    assert "Tried: 1 of 2" in text
    assert f"nnviz {__version__}" in text
    assert hashlib.sha256(TEXT.encode()).hexdigest() in text


def test_a_choice_has_the_number_that_was_measured(lesson: Lesson, progress: LessonProgress) -> None:
    mine = progress.answered(2, PREDICT, Outcome("much", "much", True, 0.84375))
    assert "Measured</td><td>0.8438 (84.38 %): much<" in text_of(AnswerSheet(lesson, mine, WHEN))


def test_the_same_sheet_is_the_same_bytes(qapp, lesson: Lesson, progress: LessonProgress) -> None:
    sheet = AnswerSheet(lesson, progress, WHEN, "Anna")
    assert sheet_html(sheet) == sheet_html(sheet)
    first = whole(sheet_pdf(sheet))
    time.sleep(1.1)  # the dates that Qt would write have seconds
    assert whole(sheet_pdf(sheet)) == first
    assert b"CreationDate" not in first


def test_nothing_that_was_not_typed_stands_for_a_name(lesson: Lesson, progress: LessonProgress) -> None:
    assert "<b></b>" not in text_of(AnswerSheet(lesson, progress, WHEN))
    named = text_of(AnswerSheet(lesson, progress, WHEN, "Zoë <i>試</i> Анна"))
    assert "Zoë &lt;i&gt;試&lt;/i&gt; Анна" in named


def test_it_reaches_for_nothing_and_runs_nothing(lesson: Lesson, progress: LessonProgress) -> None:
    picture = SheetPicture(b"\x89PNG", "a <figure>", 42, "zeros", "abc")
    text = text_of(AnswerSheet(lesson, progress, WHEN, pictures={0: picture}))
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "example.invalid" not in text
    assert all(address.startswith("data:image/png;base64,") for address in re.findall(r'src="([^"]*)"', text))
    assert not re.search(r"https?:|@import|url\(", text)
    assert "<h1>Topic 2: Weights &amp; &lt;b&gt;biases&lt;/b&gt;</h1>" in text


def test_the_pdf_has_fonts_and_pages(qapp, lesson: Lesson, progress: LessonProgress) -> None:
    content = whole(sheet_pdf(AnswerSheet(lesson, progress, WHEN, "Zoë 試")))
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert b"/FontFile" in content


def test_a_figure_is_drawn_of_each_page_with_an_outcome(qtbot, lesson: Lesson, progress: LessonProgress) -> None:
    assert figure_pages(lesson, progress) == [0]
    assert figure_pages(lesson, LessonProgress()) == []
    figures = SheetFigures(lesson, progress)
    with qtbot.waitSignal(figures.finished, timeout=30_000) as done:
        figures.start()
    pictures = done.args[0]
    assert list(pictures) == [0]
    assert QImage.fromData(pictures[0].png).width() == 1200
    assert pictures[0].seed == 42
    assert pictures[0].caption.endswith("at step 30")
    assert pictures[0].digest == hashlib.sha256(resource("presets", "zeros.nnviz").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("preset", "show", "seed"),
    [
        ("neuron/gate_xor", "perceptron-plane", None),
        ("activations/sigmoid_family", "activation-curves", None),
        ("descent/three_rates", "descent-course", 42),
    ],
)
def test_other_workspaces_have_figures_too(qtbot, preset: str, show: str, seed: int | None) -> None:
    text = "---\nnnviz-lesson: 1\ntitle: a\n---\n# P\n\n"
    text += f"```load\npreset: {preset}\nshow: {show}\n```\n\n"
    text += "```predict\nask: a\nmeasure: max_slope sigmoid\nsteps: 4\n```\n"
    lesson = parse_lesson(text.encode(), "a.md")
    progress = LessonProgress().answered(0, PREDICT, Outcome("1", "0.25", False, 0.25))
    figures = SheetFigures(lesson, progress)
    with qtbot.waitSignal(figures.finished, timeout=30_000) as done:
        figures.start()
    picture = done.args[0][0]
    image = QImage.fromData(picture.png)
    assert image.width() == 1200
    assert len({image.pixel(x, y) for x in range(0, 1200, 5) for y in range(0, image.height(), 5)}) > 10
    assert picture.seed == seed
    assert picture.caption.endswith("at step 4") != preset.startswith("activations")


def test_a_view_that_is_not_there_leaves_its_page_without_a_figure(qtbot) -> None:
    text = "---\nnnviz-lesson: 1\ntitle: a\n---\n"
    for preset in ("zeros", "neuron/gate_xor"):
        text += f"# P\n\n```load\npreset: {preset}\nshow: nonesuch\n```\n\n"
        text += "```predict\nask: a\nmeasure: max_slope tanh\n```\n"
    lesson = parse_lesson(text.encode(), "a.md")
    given = Outcome("1", "1", True, 1.0)
    figures = SheetFigures(lesson, LessonProgress().answered(0, PREDICT, given).answered(1, PREDICT, given))
    with qtbot.waitSignal(figures.finished, timeout=30_000) as done:
        figures.start()
    assert done.args[0] == {}


def test_a_figure_that_waits_for_a_first_step_is_left_out(qtbot) -> None:
    text = "---\nnnviz-lesson: 1\ntitle: a\n---\n# P\n\n```load\npreset: zeros\nshow: gradient-flow\n```\n\n"
    text += "```predict\nask: a\nmeasure: parameters\n```\n"
    lesson = parse_lesson(text.encode(), "a.md")
    figures = SheetFigures(lesson, LessonProgress().answered(0, PREDICT, Outcome("1", "33", False, 33.0)))
    with qtbot.waitSignal(figures.finished, timeout=30_000) as done:
        figures.start()
    assert done.args[0] == {}


def test_a_page_whose_answer_was_not_measured_has_no_figure(lesson: Lesson) -> None:
    known = LessonProgress().answered(0, QUESTION, Outcome("a", "a", True))
    assert figure_pages(lesson, known) == []


def test_what_computes_for_long_does_so_beside_the_window(qtbot) -> None:
    text = "---\nnnviz-lesson: 1\ntitle: a\n---\n# P\n\n```load\npreset: zeros\nshow: microscope\n```\n\n"
    text += "```predict\nask: a\nmeasure: parameters\nsteps: 2\n```\n"
    lesson = parse_lesson(text.encode(), "a.md")
    figures = SheetFigures(lesson, LessonProgress().answered(0, PREDICT, Outcome("1", "33", False, 33.0)))
    threads: set[str] = set()
    listening = QTimer(figures)
    listening.timeout.connect(lambda: threads.update(thread.name for thread in threading.enumerate()))
    listening.start(0)
    with qtbot.waitSignal(figures.finished, timeout=60_000) as done:
        figures.start()
    assert list(done.args[0]) == [0]
    assert "nnviz-steps" in threads


def test_a_figure_shows_the_step_and_layer_that_were_asked_about(lesson: Lesson) -> None:
    assert [steps_of(page) for page in lesson.pages] == [30, 0, 10]
    assert [layer_of(page) for page in lesson.pages] == [1, 1, 3]


def test_cancelled_figures_are_heard_of_no_more(qtbot, lesson: Lesson, progress: LessonProgress) -> None:
    figures = SheetFigures(lesson, progress)
    told: list[object] = []
    figures.finished.connect(told.append)
    figures.start()
    figures.cancel()
    qtbot.wait(300)
    assert told == []


def test_the_window_has_a_turn_between_the_steps_of_each_figure(qtbot, lesson: Lesson, progress) -> None:
    figures = SheetFigures(lesson, progress)
    told: list[tuple[int, int, str]] = []
    turns: list[int] = []
    listening = QTimer(figures)
    listening.timeout.connect(lambda: turns.append(len(told)))
    listening.start(0)
    figures.advanced.connect(lambda *what: told.append(what))
    with qtbot.waitSignal(figures.finished, timeout=30_000):
        figures.start()
    assert told == [(0, 1, "the preset"), (0, 1, "the run"), (1, 1, "")]
    assert {0, 1, 2} <= set(turns)


def test_a_preset_that_cannot_be_read_is_said(qtbot, monkeypatch, lesson: Lesson, progress: LessonProgress) -> None:
    def broken(_path: Path) -> None:
        raise OSError("zeros.nnviz cannot be read: no such file")

    monkeypatch.setattr(sheet_figures, "load_document", broken)
    figures = SheetFigures(lesson, progress)
    with qtbot.waitSignal(figures.failed, timeout=10_000) as failed:
        figures.start()
    assert failed.args == ["zeros.nnviz cannot be read: no such file"]


@pytest.fixture
def dialog(qtbot, lesson: Lesson, progress: LessonProgress) -> SheetDialog:
    made = SheetDialog(lesson, progress, LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("kinds", [["html"], ["pdf"], ["html", "pdf"]])
def test_the_dialog_writes_what_is_ticked_and_closes(dialog: SheetDialog, qtbot, tmp_path: Path, kinds) -> None:
    dialog.name.setText("Анна")
    for kind, box in dialog.formats.items():
        box.setChecked(kind in kinds)
    with qtbot.waitSignal(dialog.written, timeout=30_000) as written:
        dialog.write(tmp_path / "Gewichte 試.html")
    assert not dialog.isVisible()
    paths = [tmp_path / f"Gewichte 試.{kind}" for kind in kinds]
    assert sorted(written.args[0]) == sorted(paths)
    assert sorted(tmp_path.glob("Gewichte*")) == sorted(paths)
    for path in paths:
        content = path.read_bytes()
        if path.suffix == ".pdf":
            assert content.startswith(b"%PDF-")
        else:
            assert "Анна" in content.decode()
            assert b"data:image/png;base64," in content


def test_every_file_that_is_there_is_asked_about_but_for_the_one_that_was_typed(
    dialog: SheetDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, box in dialog.formats.items():
        box.setChecked(True)
        (tmp_path / f"sheet.{kind}").write_text("mine")
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    for typed in ("sheet", "sheet.pdf"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, typed=typed: (str(tmp_path / typed), ""))
        dialog.save.click()
    assert asked == [
        "sheet.html, sheet.pdf are there already. Replace them?",
        "sheet.html is there already. Replace it?",
    ]
    assert {path.read_text() for path in tmp_path.glob("sheet.*")} == {"mine"}


def test_name_and_formats_are_there_the_next_time(qtbot, lesson: Lesson, progress: LessonProgress) -> None:
    first = SheetDialog(lesson, progress, LIGHT)
    qtbot.addWidget(first)
    assert first.name.text() == ""
    assert [kind for kind, box in first.formats.items() if box.isChecked()] == ["html"]
    first.name.setText(" Anna ")
    first.formats["pdf"].setChecked(True)
    first.with_figures.setChecked(False)
    first.reject()
    again = SheetDialog(lesson, progress, LIGHT)
    qtbot.addWidget(again)
    assert again.name.text() == "Anna"
    assert all(box.isChecked() for box in again.formats.values())
    assert not again.with_figures.isChecked()


def test_without_a_format_nothing_can_be_saved(dialog: SheetDialog) -> None:
    for box in dialog.formats.values():
        box.setChecked(False)
    assert not dialog.save.isEnabled()
    assert dialog.save.toolTip()
    dialog.formats["pdf"].setChecked(True)
    assert dialog.save.isEnabled()


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(dialog: SheetDialog, qtbot, tmp_path: Path) -> None:
    dialog.with_figures.setChecked(False)
    dialog.write(tmp_path / "none" / "sheet.html")
    qtbot.waitUntil(lambda: bool(dialog.note.text()))
    assert dialog.note.text().startswith("cannot write ")
    assert "\n" not in dialog.note.text()
    assert dialog.isVisible()
    assert dialog.save.isEnabled()


def test_cancel_ends_the_drawing_first_and_the_dialog_then(dialog: SheetDialog, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    dialog.write(path)
    assert not dialog.save.isEnabled()
    dialog.cancel.click()
    assert dialog.isVisible()
    assert dialog.save.isEnabled()
    qtbot.wait(300)
    assert not path.exists()
    dialog.cancel.click()
    assert not dialog.isVisible()
