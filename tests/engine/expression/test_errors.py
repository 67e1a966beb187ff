"""Wrong expressions: each is refused in a sentence, and the right characters are underlined."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.expression import Expression, ExpressionError

DEEP = "(" * 51 + "x" + ")" * 51


@pytest.mark.parametrize(
    ("text", "underlined", "message"),
    [
        ("2x", "2x", r"a product needs its sign: write 2\*x"),
        ("3 sin(x)", "3 sin", r"write 3\*sin"),
        ("x y", "x y", r"write x\*y"),
        ("2(x+1)", "2(", r"write 2\*\(…\)"),
        ("(x)(y)", ")(", r"write \(…\)\*\(…\)"),
        ("(x+1)2", ")2", r"write \(…\)\*2"),
        ("2e", "2e", r"write 2\*e"),
        ("x(2)", "x(", r"x is no function .*for a product write x\*\(…\)"),
        ("xy + 1", "xy", r"xy is not known; for a product write x\*y"),
        ("1 + sine(x)", "sine", r"sine is not known; did you mean sin\?"),
        ("Sqrt(x)", "Sqrt", r"did you mean sqrt\?"),
        ("x + quux", "quux", "quux is not known; allowed are x, y, pi, e, exp, log"),
        ("__import__(1)", "__import__", "__import__ is not known"),
        ("(x + 1", "(", r"this \( is never closed: \) is missing"),
        ("max(x, (y + 1)", "(", r"this \( is never closed"),
        ("x)", ")", r"this \) has no \( before it"),
        ("exp(x, y)", "exp(x, y)", "exp takes 1 argument, not 2"),
        ("1 + min(x)", "min(x)", "min takes 2 to 20 arguments, not 1"),
        ("log()", "log()", "log takes 1 argument, not 0"),
        ("max(x,)", ",", "an argument is missing behind this comma"),
        ("max(, x)", ",", "a number, a name or .* is missing before ,"),
        ("sin x", "sin", r"sin needs parentheses around its argument, as in sin\(x\)"),
        ("x * / y", "/", "is missing before /"),
        ("()", ")", r"is missing before \)"),
        ("x + ", "", "something is missing at the end"),
        ("0,5*x", ",", r"decimals are written as 0\.5"),
        ("(0,5)", ",", r"decimals are written as 0\.5"),
        ("x²", "²", r"write a power with \^, here \^2"),
        ("y = x", "=", "type only what stands to the right of ="),
        ("[x]", "[", "only round parentheses"),
        ("x $ 2", "$", r"\$ is not allowed; allowed are"),
        ("x\x07", "\x07", r"\\x07 is not allowed"),
        ("1e999*x", "1e999", "this number is too large"),
        ("x.y", ".", "is not allowed"),
        (DEEP, "(", "nested too deeply; at most 50 levels"),
        ("-" * 60 + "x", "-", "nested too deeply"),
        ("x" * 501, "x", "has 501 characters; at most 500"),
        ("   ", "   ", r"type an expression in x, such as x\^2"),
    ],
    ids=lambda text: text[:16],
)
def test_the_mistake_is_named_and_underlined(text, underlined, message):
    with pytest.raises(ExpressionError, match=message) as refusal:
        Expression(text)
    error = refusal.value
    assert text[error.start : error.end] == underlined
    assert error.end > error.start
    assert str(error) == error.message


def test_an_empty_text_has_nothing_to_underline():
    with pytest.raises(ExpressionError) as refusal:
        Expression("")
    assert (refusal.value.start, refusal.value.end) == (0, 0)


def test_the_place_of_the_parenthesis_that_is_not_closed_is_told():
    with pytest.raises(ExpressionError) as refusal:
        Expression("(x + (y*2)")
    assert (refusal.value.start, refusal.value.end) == (0, 1)


def test_y_is_unknown_on_a_line():
    with pytest.raises(ExpressionError, match=r"y is not known") as refusal:
        Expression("x + y", ("x",))
    assert (refusal.value.start, refusal.value.end) == (4, 5)


@settings(deadline=None)
@given(st.text(max_size=60) | st.text("xy0123.+-*/^(), sincoexpablgqrtmh", max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    refusal = None
    try:
        Expression(text).derivative("x").evaluate(0.5, 0.5)
    except ExpressionError as error:
        refusal = error
    assert refusal is None or 0 <= refusal.start <= refusal.end <= len(text) + 1
