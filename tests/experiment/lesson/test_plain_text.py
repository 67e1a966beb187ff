"""What is shown as plain text has no marks of Markdown in it, and no star of its own is lost."""

import pytest

from nnviz.experiment.lesson.plain_text import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Press *Play* and `look`.", "Press Play and look."),
        ("a **very *small* step**", "a very small step"),
        ("the [dead](glossary:dead-unit) unit", "the dead unit"),
        ("$x$ is 3 * 4 * 5", "x is 3 * 4 * 5"),
        ("it costs 5 $ and *", "it costs 5 $ and *"),
    ],
)
def test_marks_are_taken_out(text: str, shown: str) -> None:
    assert plain(text) == shown
