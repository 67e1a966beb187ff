"""What is wrong with a lesson's text, and where."""


class LessonError(Exception):
    """line: its number from 1; None when it is about the whole file. Reads on after the file's name."""

    def __init__(self, line: int | None, what: str) -> None:
        super().__init__(f", line {line}: {what}" if line is not None else f" {what}")
