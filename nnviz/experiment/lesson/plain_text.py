"""Markdown's marks taken out of a line, for places that show plain text."""

import re

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|\*|`|\$)(?=\S)(.+?)(?<=\S)\1")


def plain(text: str) -> str:
    """The text without emphasis, code and formula marks; of a link its words. A lone star or dollar stays."""
    return _MARKS.sub(r"\2", _MARKS.sub(r"\2", _LINK.sub(r"\1", text)))
