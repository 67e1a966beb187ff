"""Text of a file, fit for source code: comments and literals that nothing can break out of."""

import math
import textwrap

from nnviz.experiment.printable import printable

WIDTH = 110


def comment(text: str) -> str:
    """text as comment lines, each beginning with "# "; "" for an empty text.

    Line ends, and all that an editor may take for one, are gone before the text is wrapped.
    """
    words = printable(" ".join(text.split()))
    return "\n".join(f"# {line}" for line in textwrap.wrap(words, WIDTH - 2, break_on_hyphens=False))


def joined(*parts: str, gap: int = 1) -> str:
    """The parts that are not empty, one below the other, with gap - 1 blank lines between them."""
    return ("\n" * gap).join(part for part in parts if part)


def number(value: float) -> str:
    """An expression that gives exactly this number, also where Python has no literal for it."""
    return repr(float(value)) if math.isfinite(value) else f'float("{float(value)}")'


def listed(values: list[str], indent: str = "    ") -> str:
    """Entries of a list in lines of a readable width, each line indented; the last has no comma at its end."""
    lines, line = [], ""
    for value in values:
        if line and len(indent) + len(line) + len(value) + 2 > WIDTH:
            lines.append(f"{indent}{line},")
            line = ""
        line = f"{line}, {value}" if line else value
    return "\n".join([*lines, indent + line])
