"""A lesson's text is read whole, or refused with the line's number."""

from pathlib import Path

import pytest

from nnviz.experiment.lesson.reader import MAX_BYTES, load_lesson, parse_lesson
from nnviz.experiment.lesson.record import Choice, Load, Measure, Page, Question

HEAD = "---\nnnviz-lesson: 1\ntitle: Weights\n---\n"
WHOLE = """\
---
nnviz-lesson: 1
title: Weights
topic: 2
summary: What they do.
---

# Equal weights

Units that begin **equal**: $w_1 = w_2$.

```load
preset: zeros
play: yes
late: yes
show: symmetry
lock: network, data
hide: training
speed: 200
```

```predict
ask: How many differ?
measure: distinct_units 1
tolerance: 10%
steps: 2000
right: One.
wrong: It is one.
```

```python
print("# this is shown, not run")
```

```try
- Reset,
  twice.
- Look.
```

# Look again

```question
ask: Which?
choices: dead = units die | symmetric
answer: symmetric
```
"""


def refusal(text: str | bytes) -> str:
    with pytest.raises(ValueError, match=r"^my\.md") as caught:
        parse_lesson(text if isinstance(text, bytes) else text.encode(), "my.md")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 1200
    return str(caught.value)


def page_with(block: str) -> str:
    return f"{HEAD}# A page\n\n{block}\n"


def test_a_whole_lesson_is_read(tmp_path: Path) -> None:
    path = tmp_path / "Gewichte 試.md"
    path.write_text(WHOLE, encoding="utf-8")
    lesson = load_lesson(path)
    assert (lesson.title, lesson.topic, lesson.summary) == ("Weights", 2, "What they do.")
    first, second = lesson.pages
    assert first.title == "Equal weights"
    assert first.text.startswith("Units that begin **equal**: $w_1 = w_2$.")
    assert 'print("# this is shown, not run")' in first.text
    assert "preset" not in first.text
    assert first.load == Load(
        preset="zeros",
        play=True,
        late=True,
        show="symmetry",
        lock=frozenset(["network", "data"]),
        hide=frozenset(["training"]),
        speed=200.0,
    )
    assert first.predict == Question(
        ask="How many differ?",
        kind="number",
        measure=Measure("distinct_units", ("1",)),
        tolerance=0.1,
        relative=True,
        steps=2000,
        right="One.",
        wrong="It is one.",
    )
    assert first.tries == ("Reset, twice.", "Look.")
    question = Question(
        "Which?", "choice", "symmetric", choices=(Choice("dead", "units die"), Choice(*2 * ["symmetric"]))
    )
    assert second == Page("Look again", "", question=question)


def test_the_digest_names_the_text() -> None:
    one, same, other = (parse_lesson(text.encode(), "a") for text in (WHOLE, WHOLE, WHOLE + " "))
    assert one.digest == same.digest != other.digest


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    lesson = parse_lesson(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode(), "a")
    assert lesson.pages[0].tries == ("Reset, twice.", "Look.")


MISTAKES = {
    "no header": ("# Page\n", 1, 'a lesson begins with a line "---"'),
    "open header": ("---\nnnviz-lesson: 1", 1, "not closed"),
    "no version": ("---\ntitle: a\n---\n# P\n", 1, "lacks"),
    "no title": ("---\nnnviz-lesson: 1\n---\n# P\n", 1, "lacks a title"),
    "strange key": ("---\nnnviz-lesson: 1\nauthor: x\n---\n", 3, "'author' is no key"),
    "twice": ("---\nnnviz-lesson: 1\ntitle: a\ntitle: b\n---\n", 4, "title stands there twice"),
    "no colon": ("---\nnnviz-lesson 1\n---\n", 2, "no colon"),
    "topic": ("---\nnnviz-lesson: 1\ntitle: a\ntopic: ²\n---\n", 4, "allowed are 1 to 99"),
    "long title": (f"---\nnnviz-lesson: 1\ntitle: {'a' * 81}\n---\n", 3, "81 characters"),
    "text before": (HEAD + "\nhello\n# P\n", 6, "text before the first page"),
    "open block": (page_with("```load\npreset: zeros"), 7, "not closed by ```"),
    "strange block key": (page_with("```load\nscript: x\n```"), 8, "'script' is no key of `load`"),
    "block colon": (page_with("```load\npreset zeros\n```"), 8, "no colon"),
    "block twice": (page_with("```try\n- a\n```\n```try\n- b\n```"), 10, "may have one block `try`"),
    "key twice": (page_with("```load\nplay: no\nplay: no\n```"), 9, "play stands there twice"),
    "long value": (page_with(f"```load\nshow: {'a' * 601}\n```"), 8, "601 characters"),
    "path as preset": (page_with("```load\npreset: ../secret\n```"), 8, "allowed are names such as"),
    "play": (page_with("```load\nplay: maybe\n```"), 8, "allowed are yes, no"),
    "lock": (page_with("```load\nlock: everything\n```"), 8, "allowed are data, network"),
    "speed": (page_with("```load\nspeed: nan\n```"), 8, "allowed are numbers from 0.1"),
    "prediction without measure": (page_with("```predict\nask: a\n```"), 7, "measure is missing"),
    "question without ask": (page_with("```question\nanswer: 1\n```"), 7, "ask is missing"),
    "unknown measure": (page_with("```predict\nask: a\nmeasure: os.system x\n```"), 9, "'os.system'"),
    "measure's arguments": (page_with("```predict\nask: a\nmeasure: dead_share\n```"), 9, "takes a whole number"),
    "measure's argument": (page_with("```predict\nask: a\nmeasure: dead_share x\n```"), 9, "got 'x'"),
    "measure's number": (page_with("```predict\nask: a\nmeasure: steps_to_loss low\n```"), 9, "allowed is a number"),
    "no bounds": (page_with("```predict\nask: a\nchoices: | b\nmeasure: step\n```"), 9, "separated by |"),
    "two sources": (page_with("```question\nask: a\nanswer: 1\nmeasure: step\n```"), 7, "either an answer"),
    "kind": (page_with("```question\nask: a\nkind: essay\nanswer: 1\n```"), 9, "allowed are number, choice, layer"),
    "answer is no choice": (page_with("```question\nask: a\nchoices: b | c\nanswer: d\n```"), 10, "none of"),
    "answer is no number": (page_with("```question\nask: a\nanswer: d\n```"), 9, "allowed are numbers"),
    "one choice": (page_with("```question\nask: a\nchoices: b\nanswer: b\n```"), 9, "2 to 8"),
    "same choices": (page_with("```question\nask: a\nchoices: b | b\nanswer: b\n```"), 9, "two are the same"),
    "choices of a number": (page_with("```question\nask: a\nkind: layer\nchoices: b | c\nanswer: 1\n```"), 10, "none"),
    "bounds": (page_with("```predict\nask: a\nchoices: b | c\nbounds: 2 | 1\nmeasure: step\n```"), 10, "1 rising"),
    "tolerance": (page_with("```predict\nask: a\nmeasure: step\ntolerance: -1\n```"), 10, "tolerance"),
    "steps": (page_with("```predict\nask: a\nmeasure: step\nsteps: 1e9\n```"), 10, "steps"),
    "try without items": (page_with("```try\n```"), 7, "1 to 12 items"),
    "try without dashes": (page_with("```try\nDo it\n```"), 8, "begin with `- `"),
    "long formula": (page_with(f"$${'x' * 500}$$"), 5, "formula"),
    "long page": (page_with("word " * 4001), 5, "20,004 characters"),
    "many pages": (HEAD + "# P\n" * 41, 45, "40 pages"),
}  # fmt: skip


MISTAKES["a preset that is not there"] = (
    page_with("```load\npreset: descent/nonesuch\n```"),
    8,
    "there is none called 'descent/nonesuch'",
)
MISTAKES["a measure without a run"] = (
    page_with("```predict\nask: a\nmeasure: train_loss\n```"),
    7,
    "the page has no block `load` with one",
)


@pytest.mark.parametrize("name", MISTAKES)
def test_each_kind_of_mistake_is_told_with_its_line(name: str) -> None:
    text, line, words = MISTAKES[name]
    sentence = refusal(text)
    assert sentence.startswith(f"my.md, line {line}: ")
    assert words in sentence


def test_what_is_wrong_with_the_whole_file_is_told() -> None:
    assert "larger than 256 KiB" in refusal(b"a" * (MAX_BYTES + 1))
    assert "no text in UTF-8" in refusal(b"---\n\xff")
    assert "line 2: holds a character" in refusal("---\n\0")
    assert "newer nnviz" in refusal("---\nnnviz-lesson: 2\ntitle: a\n---\n# P\n")
    assert "has no page" in refusal(HEAD)


def test_empty_lines_in_a_block_mean_nothing() -> None:
    lesson = parse_lesson(page_with("```load\n\nplay: yes\n\n```\n\n```try\n- a\n\n- b\n```").encode(), "a")
    assert lesson.pages[0].load == Load(play=True)
    assert lesson.pages[0].tries == ("a", "b")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"^none\.md cannot be read: no such file"):
        load_lesson(tmp_path / "none.md")


def test_bounds_sort_a_number_into_choices() -> None:
    block = "```predict\nask: a\nchoices: few | some | many\nbounds: 1.5 | 20\nmeasure: step\n```"
    block += "\n\n```load\npreset: zeros\n```"
    question = parse_lesson(page_with(block).encode(), "a").pages[0].predict
    assert question is not None
    assert (question.kind, question.bounds) == ("choice", (1.5, 20.0))
