"""The glossary is read whole or refused with a line, and finds a term by any word for it."""

import re
from pathlib import Path

import pytest

from nnviz.experiment.documents import DOCUMENTS
from nnviz.experiment.lesson.glossary import FIRST_LINE, Term, found, load_glossary
from nnviz.experiment.lesson.reader import load_lesson
from nnviz.resources import resource

WHOLE = f"""{FIRST_LINE}

# relu
name: ReLU
also: rectifier, rectified linear unit
lesson: 9 ReLU: pass or block
view: lab/units
see: gate

Zero below 0. See [gates](glossary:gate).

# gate
name: Gate
lesson: 8
view: lab

A slope that rectifies nothing.
"""

SHIPPED = load_glossary(resource("glossary.md"))
LESSONS = {lesson.topic: lesson for lesson in map(load_lesson, sorted(resource("lessons").glob("*.md")))}


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "g.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(folder: Path, text: str | bytes) -> str:
    with pytest.raises(ValueError, match=r"^g\.md") as caught:
        load_glossary(written(folder, text))
    return str(caught.value)


def test_a_whole_glossary_is_read(tmp_path: Path) -> None:
    terms = load_glossary(written(tmp_path, WHOLE))
    assert list(terms) == ["gate", "relu"]
    assert terms["gate"] == Term("gate", "Gate", "A slope that rectifies nothing.", topic=8, workspace="lab")
    relu = terms["relu"]
    assert (relu.also, relu.topic, relu.page) == (("rectifier", "rectified linear unit"), 9, "ReLU: pass or block")
    assert (relu.workspace, relu.figure, relu.see) == ("lab", "units", ("gate",))


def test_names_come_before_other_words_and_these_before_the_text(tmp_path: Path) -> None:
    terms = load_glossary(written(tmp_path, WHOLE))
    assert [term.key for term in found(terms, "ReL")] == ["relu"]
    assert [term.key for term in found(terms, "rectif")] == ["relu", "gate"]
    assert [term.key for term in found(terms, "unit linear")] == ["relu"]
    assert found(terms, "zebra") == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# relu\n", 1, "a glossary begins with"),
        (f"{FIRST_LINE}\nhello\n# a\nname: A\n\nB\n", 2, "text before the first term"),
        (f"{FIRST_LINE}\nhello\n", 2, "text before the first term"),
        (f"{FIRST_LINE}\n# Re Lu\nname: A\n\nB\n", 2, "got the key"),
        (f"{FIRST_LINE}\n# a\nname A\n\nB\n", 3, "lines `key: value`"),
        (f"{FIRST_LINE}\n# a\ncolour: A\n\nB\n", 3, "lines `key: value`"),
        (f"{FIRST_LINE}\n# a\nname: A\nname: B\n\nB\n", 4, "each once"),
        (f"{FIRST_LINE}\n# a\nalso: A\n\nB\n", 2, "has no name"),
        (f"{FIRST_LINE}\n# a\nname: A\n", 2, "has 0 characters"),
        (f"{FIRST_LINE}\n# a\nname: A\n\n{'b' * 701}\n", 2, "has 701 characters"),
        (f"{FIRST_LINE}\n# a\nname: A\nlesson: ReLU\n\nB\n", 2, "lesson is a topic's number"),
        (f"{FIRST_LINE}\n# a\nname: A\nview: ../b\n\nB\n", 2, "view is a workspace"),
        (f"{FIRST_LINE}\n# a\nname: A\n\nB\n# a\nname: A\n\nB\n", 6, "stands there twice"),
        (f"{FIRST_LINE}\n# a\nname: A\nsee: b\n\nB\n", 2, "leads to 'b'"),
        (f"{FIRST_LINE}\n# a\nname: A\n\n[B](glossary:b)\n", 2, "leads to 'b'"),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    sentence = refusal(tmp_path, text)
    assert sentence.startswith(f"g.md, line {line}: ")
    assert words in sentence


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "no text in UTF-8" in refusal(tmp_path, b"\xff")
    with pytest.raises(OSError, match=r"^none\.md cannot be read: no such file"):
        load_glossary(tmp_path / "none.md")


def test_the_shipped_glossary_has_what_the_program_speaks_of() -> None:
    assert len(SHIPPED) >= 60
    for key in ("weight", "initializer", "glorot", "he", "gate", "convex", "ledger", "saturation", "dead-unit",
                "distinct-units"):  # fmt: skip
        assert key in SHIPPED


@pytest.mark.parametrize("term", SHIPPED.values(), ids=SHIPPED)
def test_every_shipped_term_is_short_and_leads_somewhere(term: Term) -> None:
    sentences = re.findall(r"[.!?](?:\s|$)", term.text)
    assert 1 <= len(sentences) <= 4
    assert term.topic or term.workspace or term.see
    assert not term.workspace or term.workspace in DOCUMENTS
    assert term.key not in term.see
    if term.topic is not None and term.page:
        assert term.page in [page.title for page in LESSONS[term.topic].pages]


def test_no_two_shipped_terms_answer_to_the_same_word() -> None:
    words = [word.casefold() for term in SHIPPED.values() for word in (term.name, *term.also)]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("topic", LESSONS)
def test_every_link_of_a_shipped_lesson_leads_to_a_term(topic: int) -> None:
    text = "".join(page.text + "".join(page.tries) for page in LESSONS[topic].pages)
    assert [key for key in re.findall(r"glossary:([^)\s]*)", text) if key not in SHIPPED] == []
