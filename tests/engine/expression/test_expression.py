"""Typed expressions: random trees against Python's math, derivatives against differences, holes without warnings."""

import ast
import math
import operator
import time

import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnviz.engine.expression import CONSTANTS, FUNCTIONS, Expression, ExpressionError, evaluate

UNARY = [name for name, function in FUNCTIONS.items() if function.most == 1]
LEAVES = st.sampled_from(["x", "y", "pi", "e", "2", "0.5", "1.25", "3", ".75", "1e-1"])


def larger(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, children, st.sampled_from("+-*/"), children),
        st.builds("{}({})".format, st.sampled_from(UNARY), children),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), children, children),
        st.builds("-{}".format, children),
        st.builds("({})^{}".format, children, st.sampled_from(["2", "3", "4", "5", "-1", "0.5", "(1/3)"])),
        st.builds("({})**({})".format, children, children),
    )


EXPRESSIONS = st.recursive(LEAVES, larger, max_leaves=8)
COORDINATES = st.floats(0.2, 2.0)


SIGNS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: math.pow, ast.USub: operator.neg,
}  # fmt: skip


def in_python(text: str, x: float, y: float) -> float:
    """Python's own reading of the text, computed with its math module; nan where that refuses, and where a part is so
    large that the last digit of it decides (the sine of 1e17)."""

    def value(node: ast.expr) -> float:
        result = calculated(node)
        if not abs(result) < 1e6:
            raise OverflowError
        return result

    def calculated(node: ast.expr) -> float:
        match node:
            case ast.Constant(number):
                return float(number)
            case ast.Name(name):
                return {"x": x, "y": y, **CONSTANTS}[name]
            case ast.BinOp(left, sign, right):
                return SIGNS[type(sign)](value(left), value(right))
            case ast.UnaryOp(sign, operand):
                return SIGNS[type(sign)](value(operand))
            case ast.Call(ast.Name(name), arguments):
                function = {"abs": abs, "min": min, "max": max}.get(name) or getattr(math, name)
                return function(*map(value, arguments))

    try:
        return value(ast.parse(text.replace("^", "**"), mode="eval").body)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


@given(EXPRESSIONS, COORDINATES, COORDINATES)
@settings(deadline=None)
def test_every_value_is_pythons_own(text, x, y):
    expected = in_python(text, x, y)
    assume(math.isfinite(expected))
    assert float(Expression(text).evaluate(x, y)) == pytest.approx(expected, rel=1e-8, abs=1e-8)


@given(EXPRESSIONS, COORDINATES, COORDINATES)
@settings(deadline=None)
def test_the_text_reads_as_the_same_function(text, x, y):
    expression = Expression(text)
    again = Expression(expression.text)
    assert again.text == expression.text
    value = float(expression.evaluate(x, y))
    assume(math.isfinite(in_python(text, x, y)))
    assert float(again.evaluate(x, y)) == pytest.approx(value, rel=1e-6, abs=1e-9)


def difference(expression: Expression, variable: str, x: float, y: float, h: float) -> float:
    dx, dy = (h, 0.0) if variable == "x" else (0.0, h)
    return (float(expression.evaluate(x + dx, y + dy)) - float(expression.evaluate(x - dx, y - dy))) / (2.0 * h)


@given(EXPRESSIONS, COORDINATES, COORDINATES, st.sampled_from("xy"), st.sampled_from("xy"))
@settings(deadline=None, max_examples=300)
def test_first_and_second_derivatives_equal_differences(text, x, y, first, second):
    expression = Expression(text)
    for function, variable in ((expression, first), (expression.derivative(first), second)):
        exact = function.derivative(variable)
        value = float(exact.evaluate(x, y))
        near = [difference(function, variable, x, y, h) for h in (1e-4, 3e-5, 1e-5)]
        # Behind and before the place, so that a kink is noticed.
        ahead, behind = (
            difference(function, variable, x + side * (variable == "x"), y + side * (variable == "y"), 1e-5)
            for side in (2e-5, -2e-5)
        )
        assume(abs(ahead - behind) < 1e-2)
        size = max(abs(float(function.evaluate(x, y))), 1.0)
        # Where the differences themselves disagree (a kink, a pole, an oscillation) they tell nothing.
        assume(all(math.isfinite(each) for each in near) and numpy.ptp(near) < 1e-5 * max(1.0, abs(near[0])) * size)
        assume(size < 1e6)
        # A function that is constant between two jumps has a derivative of 0 on both sides.
        if math.isfinite(value):
            assert value == pytest.approx(near[-1], rel=1e-3, abs=1e-4 * size)


@pytest.mark.parametrize(
    ("text", "derivative"),
    [
        ("x^2", "2*x"),
        ("x*x", "2*x"),
        ("3", "0"),
        ("y", "0"),
        ("-x", "-1"),
        ("x^4/4 - x^2/2", "x^3 - x"),
        ("(x^2 + y - 11)^2", "4*(x^2 + y - 11)*x"),
        ("exp(-x^2/2)", "-(x*exp(-x^2/2))"),
        ("sin(3*x)", "3*cos(3*x)"),
        ("cos(x)", "-sin(x)"),
        ("tan(x)", "1 + tan(x)^2"),
        ("tanh(x)", "1 - tanh(x)^2"),
        ("sqrt(x)", "1/(2*sqrt(x))"),
        ("log(x)", "1/x"),
        ("abs(x)", "sign(x)"),
        ("abs(-x)", "-sign(-x)"),
        ("max(x, 0)", "where(x > 0, 1, 0)"),
        ("min(x, 0)", "where(0 > x, 1, 0)"),
        ("max(x, x)", "1"),
        ("2^x", "2^x*log(2)"),
        ("x^3*x^2", "5*x^4"),
        ("x/3", "1/3"),
        ("x/2", "0.5"),
        ("1 - (2 - x)", "1"),
        ("-(x^2 - y*x)", "y - 2*x"),
        ("sqrt(x)*2", "1/sqrt(x)"),
        ("x^2/3 + x^2/3", "4*x/3"),
        ("log(exp(x))", "1"),
        ("log(exp(3*x))", "3"),
        ("log(1/x)", "-(1/x)"),
        ("log(cos(x))", "-(sin(x)/cos(x))"),
        ("log(2*x)", "1/x"),
        ("x/1", "1"),
        ("x^1", "1"),
        ("x^2 - cos(x)", "2*x + sin(x)"),
        ("cos(x) + x^2", "2*x - sin(x)"),
        ("x - x", "0"),
        ("x + 1e16*x", "1 + 1e+16"),
        ("x/0", "1/0"),
        ("sqrt(3*x)", "3/(2*sqrt(3*x))"),
        ("1e-200*(1e-200*x)", "1e-200*1e-200"),
        ("log(x)/x", "(1/x - log(x)/x)/x"),
        ("0.1*x + 0.2*x", "0.1 + 0.2"),
    ],
)
def test_derivatives_read_as_one_would_write_them(text, derivative):
    assert Expression(text).derivative("x").text == derivative


@pytest.mark.parametrize(
    ("text", "x", "slope"),
    [("abs(x)", 0.0, 0.0), ("max(x, 0)", 0.0, 0.5), ("min(2*x, x)", 0.0, 1.5), ("max(x, -x, 0)", 0.0, 0.0)],
)
def test_at_a_kink_the_derivative_is_the_middle_of_both_sides(text, x, slope):
    assert float(Expression(text, ("x",)).derivative("x").evaluate(x)) == slope
    assert float(Expression(text, ("x",)).derivative("x").derivative("x").evaluate(x)) == 0.0


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [
        ("log(x)", -1.0, math.nan),
        ("log(x)", 0.0, -math.inf),
        ("sqrt(x)", -1.0, math.nan),
        ("x/x", 0.0, math.nan),
        ("1/x", 0.0, math.inf),
        ("exp(x)", 1000.0, math.inf),
        ("x^0.5", -1.0, math.nan),
        ("x^3", -2.0, -8.0),
        ("x^-1", 4.0, 0.25),
        ("9^9^9^9", 0.0, math.inf),
        ("max(x, log(x))", -1.0, math.nan),
        ("-x^2", 3.0, -9.0),
        ("2^3^2", 0.0, 512.0),
        ("2**-x", 1.0, 0.5),
        ("6/3/2", 0.0, 1.0),
        ("+x − 1·2×3÷2", 5.0, 2.0),
        ("π", 0.0, math.pi),
        ("1e-3*x", 1.0, 1e-3),
    ],
)
def test_holes_precedence_and_pasted_signs(text, x, value):
    assert float(Expression(text, ("x",)).evaluate(x)) == pytest.approx(value, nan_ok=True)


def test_any_shape_is_evaluated_and_coordinates_broadcast():
    expression = Expression("x*y + 1")
    assert expression.evaluate(numpy.ones((3, 1)), numpy.arange(4.0)).shape == (3, 4)
    assert Expression("3").evaluate(numpy.ones((2, 5)), 0.0).tolist() == [[3.0] * 5] * 2
    value, slope = evaluate((expression, expression.derivative("x")), 2.0, 5.0)
    assert (float(value), float(slope)) == (11.0, 5.0)
    assert evaluate((expression,), numpy.ones(2), 0.0)[0].flags.writeable


def test_names_of_variables_and_parameters_are_the_callers():
    expression = Expression("a*w^2", ("w", "b"), {"a": 3.0})
    assert expression.text == "3*w^2"
    assert expression.used == ("w",)
    assert expression.source == "a*w^2"
    with pytest.raises(ValueError, match="a is nan"):
        Expression("a*x", parameters={"a": math.nan})


def test_wrong_use_is_refused_by_name():
    expression = Expression("x")
    with pytest.raises(ValueError, match="variable is 'z'; allowed are x, y"):
        expression.derivative("z")
    with pytest.raises(ValueError, match="got 1 coordinates; expected x, y"):
        expression.evaluate(1.0)
    with pytest.raises(ValueError, match="different origin"):
        evaluate((expression, Expression("x")), 1.0, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "x*" * 249 + "x",
        "x^" * 24 + "x",
        "sin(" * 24 + "x*y" + ")" * 24,
        "/".join(["(x+y)"] * 80),
        "max(" * 40 + "x" + ",y)" * 40,
        "sqrt(x*y)*" * 49 + "x",
        "(" + "exp(sin(x*y)/x^y)^" * 24 + "y)",
        "9^9^9^9^9^9^9*x",
    ],
    ids=lambda text: text[:20],
)
def test_nothing_that_can_be_typed_takes_long_or_much(text):
    began = time.process_time()
    expression = Expression(text)
    slopes = [expression.derivative(name) for name in "xy"]
    second = [slope.derivative(name) for slope in slopes for name in "xy"]
    assert all(len(each.text) <= 2100 for each in (expression, *slopes, *second))
    evaluate((expression, *slopes, *second), numpy.linspace(0.1, 1.0, 100), 0.5)
    # Hundreds of times what it takes: this is about never ending, not about being fast.
    assert time.process_time() - began < 30.0


def test_a_derivative_that_outgrows_its_bound_is_refused_with_the_whole_text_underlined():
    expression = Expression("x^x")
    expression._graph._most = len(expression._graph) + 2
    with pytest.raises(ExpressionError, match="too complicated") as refusal:
        expression.derivative("x")
    assert (refusal.value.start, refusal.value.end) == (0, 3)
