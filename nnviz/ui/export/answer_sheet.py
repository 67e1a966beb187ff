"""The answer sheet of a lesson: what was predicted, what was measured, and with which files, on one page to keep."""

import base64
import html
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt, QUrl, QUuid
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPageSize, QPainter, QPdfWriter, QTextDocument

from nnviz import __version__
from nnviz.experiment.lesson.plain_text import plain
from nnviz.experiment.lesson.progress import PREDICT, QUESTION, LessonProgress
from nnviz.experiment.lesson.record import Lesson, Page, Question
from nnviz.experiment.lesson.scoring import Outcome
from nnviz.experiment.lesson.wording import answer_words, criterion, measure_words, value_words
from nnviz.ui.export.pdf_metadata import DOCUMENT_ID, packet, without_dates
from nnviz.ui.theme import LIGHT

PICTURE_WIDTH = 560
"""Of a figure on the sheet, in pixels of 1/96 inch."""
RESOLUTION = 96
MARGIN = 56.0
PAPER = QSizeF(794.0, 1123.0)
"""A4 in pixels of 1/96 inch."""
ROOM = QSizeF(PAPER.width() - 2.0 * MARGIN, PAPER.height() - 2.0 * MARGIN)
TEXT_PIXELS = 14

STYLE = f"""
body {{ font-family: sans-serif; font-size: {TEXT_PIXELS}px; color: {LIGHT.text}; background: {LIGHT.surface};
}}
main {{ display: block; max-width: 720px; margin: 32px auto; padding: 0 16px; }}
h1 {{ font-size: 24px; }} h2 {{ font-size: 17px; margin-top: 24px; }}
.muted {{ color: {LIGHT.muted}; }} .right {{ color: {LIGHT.good}; }} .wrong {{ color: {LIGHT.warning}; }}
td {{ padding: 2px 12px 2px 0; vertical-align: top; }} img {{ margin-top: 8px; }}
"""
# The sheet asks for nothing from anywhere, and says so to the browser.
HEAD = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
)


@dataclass(frozen=True)
class SheetPicture:
    """A figure of a page. png: the file's content. caption: what it shows. seed: of the run; None where
    nothing is random. preset: its name; digest:
    SHA-256 of its file, in hex."""

    png: bytes
    caption: str
    seed: int | None
    preset: str
    digest: str


@dataclass(frozen=True)
class AnswerSheet:
    """when: by the clock of the one who exports; beside it the same sheet is the same bytes. name: as typed; empty:
    none is shown. pictures: by page, from 0."""

    lesson: Lesson
    progress: LessonProgress
    when: datetime
    name: str = ""
    pictures: Mapping[int, SheetPicture] = field(default_factory=dict)


def sheet_html(sheet: AnswerSheet) -> bytes:
    """One file with everything in it."""
    return _written(sheet, lambda page: f"data:image/png;base64,{base64.b64encode(sheet.pictures[page].png).decode()}")


def sheet_pdf(sheet: AnswerSheet) -> Generator[tuple[int, int], None, bytes]:
    """The same on A4 pages, fonts and pictures in it; yields after each page (how many are drawn, how many there are).

    A page takes some ten milliseconds, and Qt draws text in the window's thread alone.
    """
    document = _Closed()
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    font.setPixelSize(TEXT_PIXELS)
    document.setDefaultFont(font)
    for page, picture in sheet.pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(f"figure:{page}"), _image(picture.png))
        yield 0, 1
    document.setHtml(_written(sheet, lambda page: f"figure:{page}").decode())
    yield 0, 1
    document.setPageSize(ROOM)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setTitle(sheet.lesson.title)
    writer.setCreator(f"nnviz {__version__}")
    writer.setDocumentId(QUuid(str(DOCUMENT_ID)))
    writer.setDocumentXmpMetadata(QByteArray(packet(sheet.lesson.title, "Answer sheet")))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    painter.setFont(font)
    count = document.pageCount()
    for page in range(count):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(MARGIN, MARGIN - page * ROOM.height())
        document.drawContents(painter, QRectF(QPointF(0.0, page * ROOM.height()), ROOM))
        painter.restore()
        foot = QRectF(MARGIN, PAPER.height() - MARGIN, ROOM.width(), MARGIN / 2.0)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{page + 1} / {count}")
        yield page + 1, count
    painter.end()
    buffer.close()
    return without_dates(bytes(content.data()))


class _Closed(QTextDocument):
    """A document that fetches nothing."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        return QImage(1, 1, QImage.Format.Format_RGB32)  # for none Qt would look on the disk by itself


def _image(png: bytes) -> QImage:
    image = QImage.fromData(png)
    image.setDevicePixelRatio(1.0)
    return image


def _written(sheet: AnswerSheet, source: Callable[[int], str]) -> bytes:
    """source: the address of a page's picture."""
    lesson, mine = sheet.lesson, sheet.progress
    topic = f"Topic {lesson.topic}: " if lesson.topic else ""
    asked = sum((page.predict is not None) + (page.question is not None) for page in lesson.pages)
    right = sum(outcome.right for outcome in mine.answers.values())
    parts = [
        HEAD,
        f"<title>{_text(lesson.title)}</title><style>{STYLE}</style></head><body><main>",
        f"<h1>{_text(topic + lesson.title)}</h1>",
        f"<p><b>{_text(sheet.name)}</b></p>" if sheet.name else "",
        f'<p class="muted">Exported on: {sheet.when:%Y-%m-%d, %H:%M}</p>',
        f"<p>{len(mine.answers)} of {asked} questions answered, {right} right</p>",
    ]
    for number, page in enumerate(lesson.pages):
        parts += _page(number, page, sheet, source)
    parts.append(
        f'<hr><p class="muted">nnviz {_text(__version__)} &middot; lesson file SHA-256 {lesson.digest}<br>'
        "Outcomes are measured by the program in a run of its own of the page's preset: the same on every computer."
        "</p></main></body></html>\n"
    )
    return "\n".join(part for part in parts if part).encode()


def _page(number: int, page: Page, sheet: AnswerSheet, source: Callable[[int], str]) -> list[str]:
    """A page of which there is something to tell."""
    if page.predict is None and page.question is None and not page.tries:
        return []
    mine = sheet.progress
    parts = [f"<h2>{number + 1}. {_text(page.title)}</h2>"]
    for part, question in ((PREDICT, page.predict), (QUESTION, page.question)):
        if question is not None:
            parts += _asked(question, mine.answer(number, part), mine.waiting(number, part), part == PREDICT)
    if page.tries:
        done = [f"{number}.{item}" in mine.ticks for item in range(len(page.tries))]
        rows = [
            f"<tr><td>{'&#9745;' if on else '&#9744;'}</td><td>{_text(plain(words))}</td></tr>"
            for on, words in zip(done, page.tries, strict=True)
        ]
        parts.append(f'<p class="muted">Tried: {sum(done)} of {len(done)}</p><table>{"".join(rows)}</table>')
    if (picture := sheet.pictures.get(number)) is not None:
        parts.append(
            f'<p><img src="{source(number)}" width="{PICTURE_WIDTH}" alt="{_text(picture.caption)}"></p>'
            f'<p class="muted">{_text(picture.caption)}. Preset {_text(picture.preset)}, '
            f"{f'seed {picture.seed}, ' if picture.seed is not None else ''}SHA-256 {picture.digest}</p>"
        )
    return parts


def _asked(question: Question, outcome: Outcome | None, waiting: str | None, predicted: bool) -> list[str]:  # noqa: FBT001
    """A question with what was answered and what came of it."""
    rows = [f"<p><b>{_text(plain(question.ask))}</b></p>"]
    word = "Prediction" if predicted else "Answer"
    given = outcome.given if outcome is not None else waiting
    if given is None:
        return [*rows, '<p class="muted">Not answered.</p>']
    told = [(word, answer_words(question, given))]
    if question.measure is not None:
        steps = f", at step {question.steps:,}" if question.steps else ""
        told.append(("What is measured", measure_words(question.measure) + steps))
    if outcome is None:
        told.append(("Outcome", "not seen yet"))
    else:
        found = answer_words(question, outcome.expected)
        if isinstance(outcome.value, float) and question.choices:
            found = f"{value_words(question, outcome.value)}: {found}"
        told.append(("Measured" if outcome.value is not None else "The answer", found))
    told.append(("Right if", criterion(question)))
    lines = "".join(f'<tr><td class="muted">{_text(a)}</td><td>{_text(b)}</td></tr>' for a, b in told)
    rows.append(f"<table>{lines}</table>")
    if outcome is not None:
        said = question.right if outcome.right else question.wrong
        mark, kind = ("&#10003; Right", "right") if outcome.right else ("&#10007; Not so", "wrong")
        rows.append(f'<p class="{kind}">{mark}{". " if said else ""}{_text(plain(said))}</p>')
    return rows


def _text(words: str) -> str:
    return html.escape("".join(letter for letter in words if letter.isprintable()))
