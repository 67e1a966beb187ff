"""Text fit for a message: what a terminal would obey rather than show is spelled out, and names stand in a row."""

from collections.abc import Sequence


def printable(text: str) -> str:
    """text with control characters, line ends, direction overrides and lone surrogates written as escapes."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def listed(names: Sequence[str]) -> str:
    """ "a, b and c"."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
