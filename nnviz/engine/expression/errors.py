"""What is wrong with a typed expression, and where."""


class ExpressionError(ValueError):
    """A typed expression that cannot be used.

    message: one sentence for the user. start, end: the characters of the text to underline, end not included; at least
    one character wide, except in an empty text, and it may reach one behind the end, where something is missing.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start, self.end = start, end
