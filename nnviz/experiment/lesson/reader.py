"""Text → lesson. What is wrong is told with the line's number; docs/lessons.md describes the format."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nnviz.experiment.lesson.blocks import BLOCKS, Block
from nnviz.experiment.lesson.lesson_error import LessonError
from nnviz.experiment.lesson.measures import MEASURES
from nnviz.experiment.lesson.record import Lesson, Load, Page, Question
from nnviz.experiment.printable import printable

FORMAT = "nnviz-lesson"
VERSION = 1
MAX_BYTES = 256 * 2**10
MAX_PAGES = 40
MAX_PAGE = 20_000
MAX_TITLE = 80
MAX_FORMULA = 500
HEADER_KEYS = (FORMAT, "title", "topic", "summary")

_FENCE = re.compile(r"^\s{0,3}(?P<fence>`{3,}|~{3,})\s*(?P<name>[\w-]*)\s*$")
_FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.DOTALL)


def load_lesson(path: Path) -> Lesson:
    """The lesson in a file. ValueError in one sentence with the line's number, OSError when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise OSError(printable(f"{path.name} cannot be read: {(error.strerror or str(error)).lower()}")) from None
    return parse_lesson(content, path.name)


def parse_lesson(content: bytes, name: str) -> Lesson:
    """The lesson in a file's content; ``name`` is for messages. ValueError in one sentence."""
    try:
        return _parsed(content)
    except LessonError as error:
        raise ValueError(printable(f"{name}{error}")) from None


@dataclass
class _Draft:
    """A page being read. line: where it begins."""

    title: str
    line: int
    text: list[str] = field(default_factory=list)
    blocks: dict[str, Block] = field(default_factory=dict)

    def page(self) -> Page:
        text = "\n".join(self.text).strip()
        if len(text) > MAX_PAGE:
            raise LessonError(self.line, f"the page has {len(text):,} characters; allowed are {MAX_PAGE:,}")
        for found in _FORMULA.finditer(text):
            if len(found[0]) > MAX_FORMULA:
                raise LessonError(self.line, f"a formula of this page has more than {MAX_FORMULA} characters")
        parts = {name: BLOCKS[name](block) for name, block in self.blocks.items()}
        for name in ("predict", "question"):
            self._check_measurable(name, parts)
        return Page(
            self.title,
            text,
            load=parts.get("load"),  # type: ignore[arg-type]
            predict=parts.get("predict"),  # type: ignore[arg-type]
            question=parts.get("question"),  # type: ignore[arg-type]
            tries=parts.get("try", ()),  # type: ignore[arg-type]
        )

    def _check_measurable(self, name: str, parts: Mapping[str, object]) -> None:
        """What is measured in a run needs a run to be measured in."""
        question, load = parts.get(name), parts.get("load")
        if not isinstance(question, Question) or question.measure is None:
            return
        workspace = MEASURES[question.measure.name].workspace
        if workspace is not None and not (isinstance(load, Load) and load.preset):
            what = question.measure.name
            raise LessonError(
                self.blocks[name].line,
                f"{what} is measured in the page's preset; the page has no block `load` with one",
            )


def _parsed(content: bytes) -> Lesson:
    if len(content) > MAX_BYTES:
        raise LessonError(None, f"is larger than {MAX_BYTES // 2**10} KiB, more than a lesson needs")
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        raise LessonError(None, "is no text in UTF-8") from None
    if "\0" in text:
        raise LessonError(text.count("\n", 0, text.index("\0")) + 1, "holds a character that no text has")
    lines = [(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), start=1)]
    header, body = _header(lines)
    drafts = _drafts(iter(body))
    if not drafts:
        raise LessonError(None, "has no page; a page begins with a line `# Title`")
    if len(drafts) > MAX_PAGES:
        raise LessonError(drafts[MAX_PAGES].line, f"a lesson may have {MAX_PAGES} pages")
    topic = header.get("topic")
    return Lesson(
        title=header["title"],
        pages=tuple(draft.page() for draft in drafts),
        topic=int(topic) if topic else None,
        summary=header.get("summary", ""),
        digest=hashlib.sha256(content).hexdigest(),
    )


def _header(lines: list[tuple[int, str]]) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """The keys between the first two lines ``---``, and the lines after them."""
    if lines[0][1].strip() != "---":
        raise LessonError(1, f'a lesson begins with a line "---" and "{FORMAT}: {VERSION}"')
    header: dict[str, str] = {}
    for place, (number, line) in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            _check_header(header)
            return header, lines[place + 1 :]
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon:
            raise LessonError(number, f"the header has lines `key: value`; this one has no colon: {line[:40]!r}")
        if key not in HEADER_KEYS:
            raise LessonError(number, f"{key[:40]!r} is no key of the header; allowed are {', '.join(HEADER_KEYS)}")
        if key in header:
            raise LessonError(number, f"{key} stands there twice")
        if key == "topic" and not (value.isascii() and value.isdigit() and 1 <= int(value) <= 99):
            raise LessonError(number, f"topic: got {value[:40]!r}; allowed are 1 to 99")
        if key == "title" and not 1 <= len(value) <= MAX_TITLE:
            raise LessonError(number, f"title: has {len(value)} characters; allowed are 1 to {MAX_TITLE}")
        header[key] = value
    raise LessonError(1, 'the header is not closed by a second line "---"')


def _check_header(header: dict[str, str]) -> None:
    version = header.get(FORMAT, "")
    if version.isascii() and version.isdigit() and int(version) > VERSION:
        raise LessonError(None, f"was written for a newer nnviz; this one reads lessons of version {VERSION}")
    if version != str(VERSION):
        raise LessonError(1, f'the header lacks "{FORMAT}: {VERSION}"')
    if "title" not in header:
        raise LessonError(1, "the header lacks a title")


def _drafts(lines: Iterator[tuple[int, str]]) -> list[_Draft]:
    """The pages, with their blocks taken out of the text."""
    drafts: list[_Draft] = []
    for number, line in lines:
        if line.startswith("# "):
            drafts.append(_Draft(line[2:].strip()[:MAX_TITLE], number))
            continue
        if not drafts:
            if line.strip():
                raise LessonError(number, "text before the first page; a page begins with a line `# Title`")
            continue
        page, fence = drafts[-1], _FENCE.match(line)
        if fence is None:
            page.text.append(line)
            continue
        inside = _fenced(lines, number, fence["fence"])
        name = fence["name"]
        if name not in BLOCKS:
            page.text += [line, *(text for _, text in inside), fence["fence"]]
        elif name in page.blocks:
            raise LessonError(number, f"a page may have one block `{name}`")
        else:
            page.blocks[name] = Block(number, inside)
    return drafts


def _fenced(lines: Iterator[tuple[int, str]], opened: int, fence: str) -> list[tuple[int, str]]:
    """The lines up to the closing fence."""
    inside: list[tuple[int, str]] = []
    for number, line in lines:
        if line.strip() == fence:
            return inside
        inside.append((number, line))
    raise LessonError(opened, f"the block that begins here is not closed by {fence}")
