"""The glossary: a text file of terms, read and checked (docs/lessons.md describes the format)."""

import re
from dataclasses import dataclass
from pathlib import Path

from nnviz.experiment.lesson.lesson_error import LessonError
from nnviz.experiment.printable import printable

FIRST_LINE = "nnviz-glossary: 1"
KEYS = ("name", "also", "lesson", "view", "see")
MAX_TEXT = 700

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LESSON = re.compile(r"(?P<topic>[1-9][0-9]?)(?:\s+(?P<page>\S.*))?")
_VIEW = re.compile(r"[a-z]+(/[a-z0-9-]+)?")
_LINK = re.compile(r"\]\(glossary:([^)]*)\)")


@dataclass(frozen=True)
class Term:
    """key: in links. also: other words for it. topic, page: of the lesson that is about it, page by its title (empty:
    where the lesson was left); None: none is. workspace, figure: where it is seen; figure may be empty. see: keys of
    related terms. text: one to four sentences of Markdown."""

    key: str
    name: str
    text: str
    also: tuple[str, ...] = ()
    topic: int | None = None
    page: str = ""
    workspace: str = ""
    figure: str = ""
    see: tuple[str, ...] = ()


def load_glossary(path: Path) -> dict[str, Term]:
    """The terms by their keys, in the order of their names. ValueError or OSError in one sentence."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise OSError(f"{path.name} cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path.name} is no text in UTF-8") from None
    try:
        return _parsed(text)
    except LessonError as error:
        raise ValueError(printable(f"{path.name}{error}")) from None


def found(terms: dict[str, Term], typed: str) -> list[Term]:
    """The terms that a few letters may mean, the likeliest first: by name, by another word for it, by its text."""
    wanted = typed.casefold().split()
    ranked = [(rank, term) for term in terms.values() if (rank := _rank(term, wanted)) is not None]
    return [term for _, term in sorted(ranked, key=lambda pair: (pair[0], pair[1].name.casefold()))]


def _rank(term: Term, wanted: list[str]) -> int | None:
    """0 for the best match; None for no match. All words must be found."""
    whole = " ".join(wanted)
    name, others = term.name.casefold(), [word.casefold() for word in term.also]
    if name.startswith(whole):
        return 0
    if any(word.startswith(whole) for word in others):
        return 1
    if all(word in " ".join((name, *others)) for word in wanted):
        return 2
    return 3 if all(word in term.text.casefold() for word in wanted) else None


def _parsed(text: str) -> dict[str, Term]:
    lines = text.split("\n")
    if lines[0].strip() != FIRST_LINE:
        raise LessonError(1, f'a glossary begins with a line "{FIRST_LINE}"')
    terms: dict[str, Term] = {}
    starts = [number for number, line in enumerate(lines) if line.startswith("# ")]
    if stray := next((number for number, line in enumerate(lines[1 : (starts or [len(lines)])[0]], 2) if line), None):
        raise LessonError(stray, "text before the first term; a term begins with a line `# key`")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        term = _term(lines[start:end], start + 1)
        if term.key in terms:
            raise LessonError(start + 1, f"{term.key} stands there twice")
        terms[term.key] = term
    for start, term in zip(starts, terms.values(), strict=True):
        for other in (*term.see, *_LINK.findall(term.text)):
            if other not in terms:
                raise LessonError(start + 1, f"{term.key} leads to {other[:40]!r}, which is no term")
    return dict(sorted(terms.items(), key=lambda pair: pair[1].name.casefold()))


def _term(lines: list[str], first: int) -> Term:
    """A term of the lines that begin with its key. first: number of the first one."""
    key = lines[0][2:].strip()
    if not _KEY.fullmatch(key):
        raise LessonError(first, f"got the key {key[:40]!r}; allowed are small letters, digits and hyphens")
    values: dict[str, str] = {}
    body = len(lines)
    for place, line in enumerate(lines[1:], start=1):
        if not line.strip():
            body = place
            break
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or name not in KEYS or name in values or not value:
            raise LessonError(first + place, f"a term has lines `key: value`, each once, with {', '.join(KEYS)}")
        values[name] = value
    if "name" not in values:
        raise LessonError(first, f"{key} has no name")
    text = "\n".join(lines[body:]).strip()
    if not 1 <= len(text) <= MAX_TEXT:
        raise LessonError(first, f"the text of {key} has {len(text)} characters; allowed are 1 to {MAX_TEXT}")
    lesson, view = _LESSON.fullmatch(values.get("lesson", "")), _VIEW.fullmatch(values.get("view", ""))
    if "lesson" in values and lesson is None:
        raise LessonError(first, f"{key}: lesson is a topic's number, and the title of a page if need be")
    if "view" in values and view is None:
        raise LessonError(first, f"{key}: view is a workspace, and a figure after a slash if need be")
    workspace, _, figure = values.get("view", "").partition("/")
    return Term(
        key=key,
        name=values["name"],
        text=text,
        also=_words(values.get("also", "")),
        topic=int(lesson["topic"]) if lesson else None,
        page=(lesson["page"] or "") if lesson else "",
        workspace=workspace,
        figure=figure,
        see=_words(values.get("see", "")),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
