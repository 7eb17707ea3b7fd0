"""Mistakes that any exercise may see, made of the right function without being told."""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case, Formula
from cnnbook.checks.mistakes import Mistake, body_of, compiled, defined
from cnnbook.checks.wording import ORDINALS, piece

__all__ = ["by_itself"]

COMES = "Your result is what comes out if"
NUMBER = {
    "is always 1: is it used everywhere?": lambda n: 1,
    "is always 0: is it used everywhere?": lambda n: 0,
    "is always -1.": lambda n: -1,
    "is one larger.": lambda n: n + 1,
    "is one smaller.": lambda n: n - 1,
    "counts twice.": lambda n: 2 * n,
    "is halved.": lambda n: n / 2,
    "is squared.": lambda n: n * n,
    "has the other sign.": lambda n: -n,
}
PAIR = {
    "has its two numbers swapped.": lambda pair: pair[::-1],
    "has its first number twice.": lambda pair: (pair[0], pair[0]),
    "has its second number twice.": lambda pair: (pair[1], pair[1]),
    **{f"is always ({n}, {n}): is it used?": lambda pair, n=n: (n, n) for n in (0, 1)},
    **{f"begins with {n}: is its first number used?": lambda pair, n=n: (n, pair[1]) for n in (0, 1)},
    **{f"ends with {n}: is its second number used?": lambda pair, n=n: (pair[0], n) for n in (0, 1)},
    "has numbers one larger.": lambda pair: (pair[0] + 1, pair[1] + 1),
    "has numbers one smaller.": lambda pair: (pair[0] - 1, pair[1] - 1),
}
TUPLE = {
    "is read from its end.": lambda numbers: numbers[::-1],
    "holds ones only: is it used?": lambda numbers: (1,) * len(numbers),
    "holds zeros only: is it used?": lambda numbers: (0,) * len(numbers),
    "holds its first number again and again.": lambda numbers: numbers[:1] * len(numbers),
    "holds its last number again and again.": lambda numbers: numbers[-1:] * len(numbers),
}
ARRAY = {
    "holds ones only: are its numbers used?": np.ones_like,
    "holds zeros only: is it used?": np.zeros_like,
    "loses its minus signs.": np.abs,
    "has 0 for its negative numbers.": lambda array: np.maximum(array, 0),
    "is rounded to whole numbers.": np.round,
    "loses its fractions.": np.trunc,
    "is reversed along all its axes.": np.flip,
    "is read column by column.": lambda array: array.T.reshape(array.shape),
}
RESULT = {
    "zero: is what you compute ever written into it?": lambda result: 0 * np.nan_to_num(result),
    "the right one with the other sign: which of two terms is subtracted?": lambda result: -result,
    "the right one without its minus sign: it may be negative.": np.abs,
    "0 where the right one is negative.": lambda result: np.maximum(result, 0),
    "0 where the right one is positive.": lambda result: np.minimum(result, 0),
    "too large by 1.": lambda result: result + 1.0,
    "too small by 1.": lambda result: result - 1.0,
    "the square of the right one.": np.square,
    "the root of the right one.": np.sqrt,
    "rounded to whole numbers.": np.round,
    "rounded to one digit.": lambda result: np.round(result, 1),
    "rounded to two digits.": lambda result: np.round(result, 2),
    "rounded down.": np.floor,
    "rounded up.": np.ceil,
    "a whole number, its fraction cut off.": np.trunc,
    "right to a few digits only: keep float64, or float32.": np.float16,
    **{f"{n} times too large.": lambda result, n=n: n * result for n in (2, 3, 4, 9, 16, 100, 255)},
    **{f"{n} times too small.": lambda result, n=n: result / n for n in (2, 3, 4, 9, 16, 100, 255)},
}
OF_TUPLE = {
    "too small by 1": lambda n: n - 1,
    "too large by 1": lambda n: n + 1,
    "always 0": lambda n: 0,
    "always 1": lambda n: 1,
}
PARTNERS = [set(pair) for pair in ("HW", "ij", "uv", "NC")]
PARTNERS += [{"row", "column"}, {"plus", "minus"}, {"C_in", "C_out"}]
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//"}
OTHER = defaultdict(tuple, {ast.Add: (ast.Sub, ast.Mult), ast.Sub: (ast.Add,), ast.Mult: (ast.Add,)})


def by_itself(right: Callable[..., Any], cases: Sequence[Case], expected: Sequence[Any]) -> Iterator[Mistake]:
    """Yield what can go wrong as far as results, arguments and the right function's source tell."""
    for hint, change in results(expected):
        yield Mistake(hint, lambda *given, change=change: change(right(*given)))
    values = {name: [case.arguments[name] for case in cases] for name in cases[0].arguments}
    for place, (name, found) in enumerate(values.items()):
        for what, change in arguments(found).items():
            yield Mistake(f"{COMES} {name} {what}", called(right, place, change))
    names = list(values)
    for first, second in combinations(range(len(names)), 2):
        if kind(values[names[first]]) != kind(values[names[second]]):
            continue
        order = list(range(len(names)))
        order[first], order[second] = second, first
        yield Mistake(f"{COMES} {names[first]} and {names[second]} are swapped.", moved(right, order))
        for used, unused in ((first, second), (second, first)):
            order = [used if n == unused else n for n in range(len(names))]
            yield Mistake(f"{COMES} {names[used]} stands for {names[unused]}, too.", moved(right, order))
    yield from changes_of_source(right)


def called(right: Callable[..., Any], place: int, change: Callable[[Any], Any]) -> Callable[..., Any]:
    """Return the right function, called with one argument changed."""
    return lambda *given: right(*given[:place], change(given[place]), *given[place + 1 :])


def moved(right: Callable[..., Any], order: Sequence[int]) -> Callable[..., Any]:
    """Return the right function, called with its arguments in another order."""
    return lambda *given: right(*(given[n] for n in order))


def kind(values: Sequence[Any]) -> Any:
    """Say what an argument is in all cases."""
    kinds = {len(value) == 2 if isinstance(value, tuple) else np.ndim(value) for value in values}
    types = {float if isinstance(value, np.floating) else type(value) for value in values}
    return (*types, *kinds) if len(types) == len(kinds) == 1 else types.pop()


def arguments(values: Sequence[Any]) -> dict[str, Callable[[Any], Any]]:
    """Return what a reader's function may do with an argument instead of using it as it is."""
    if any(isinstance(value, Formula) for value in values):
        return {}
    if isinstance(values[0], tuple):
        return PAIR if {len(value) for value in values} == {2} else TUPLE
    if not isinstance(values[0], np.ndarray):
        return NUMBER
    axes = min(value.ndim for value in values)
    along = {
        f"{what} along axis {axis}.": lambda array, axis=axis, change=change: change(array, axis)
        for axis in range(axes)
        for what, change in {
            "is read backwards": np.flip,
            "holds its first entry again and again": lambda a, n: np.repeat(a.take([0], n), a.shape[n], n),
        }.items()
    }
    swaps = {
        f"has axes {a} and {b} swapped.": lambda array, a=a, b=b: array.swapaxes(a, b)
        for a, b in combinations(range(axes), 2)
    }
    return {**ARRAY, **swaps, **along}


def results(expected: Sequence[Any]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Yield what may happen to a result that was right."""
    if isinstance(expected[0], tuple):
        yield "Your numbers are the right ones, in the opposite order.", lambda result: result[::-1]
        for order in permutations(range(len(expected[0])) if len(expected[0]) > 2 else ()):
            hint = "Your numbers are the right ones, in another order."
            yield hint, lambda result, order=order: tuple(result[n] for n in order)
        for place, ordinal in enumerate(ORDINALS[: len(expected[0])]):
            for what, new in OF_TUPLE.items():
                hint = f"The {ordinal} of your numbers is {what}."
                yield hint, lambda result, new=new, n=place: (*result[:n], new(result[n]), *result[n + 1 :])
        return
    one = "Your result is" if np.ndim(expected[0]) == 0 else "Every number of your result is"
    for what, change in RESULT.items():
        yield f"{one} {what}", lambda result, change=change: change(np.asarray(result, float))
    axes, right = min(np.ndim(result) for result in expected), "Your result is the right one,"
    if axes > 1:
        yield "Your result is transposed: its axes stand in the opposite order.", np.transpose
        yield "The right numbers stand in your result in one line: give them their shape.", np.ravel
        yield "Your result is the right one, reversed along all its axes.", np.flip
    for axis in range(axes):
        along = f" along axis {axis}" if axes > 1 else ""
        what = piece(axes, axis)
        yield f"{right} reversed{along}.", lambda result, a=axis: np.flip(result, a)
        yield f"Your numbers are running sums{along}.", lambda result, a=axis: np.cumsum(result, a)
        yield f"{right} summed{along}.", lambda result, a=axis: result.sum(a)
        yield f"{right} moved on by one place{along}.", lambda result, a=axis: np.roll(result, 1, a)
        yield f"{right} moved back by one place{along}.", lambda result, a=axis: np.roll(result, -1, a)
        for at, word in ((0, "first"), (-1, "last")):
            yield f"Your result is the right one's {word} {what} only.", lambda r, a=axis, n=at: r.take(n, a)
            yield (
                f"Your result has 1 {what} too few: the {word} one is missing.",
                lambda r, a=axis, n=at: np.delete(r, n, a),
            )
            yield (
                f"Your result holds the right one's {word} {what} again and again.",
                lambda r, a=axis, n=at: np.repeat(r.take([n], a), r.shape[a], a),
            )
    for a, b in combinations(range(axes if axes > 2 else 0), 2):
        yield f"Axes {a} and {b} of your result have changed places.", lambda r, a=a, b=b: r.swapaxes(a, b)


def unbracketed(node: ast.AST) -> str:
    """Return the source of an expression, without the brackets round its terms."""
    sign = SIGNS.get(type(getattr(node, "op", None)))
    return f"{unbracketed(node.left)} {sign} {unbracketed(node.right)}" if sign else ast.unparse(node)


class Swap(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """Replace the node, or look further."""
        return self.new if node is self.old else self.generic_visit(node)


def changes_of_source(right: Callable[..., Any]) -> Iterator[Mistake]:
    """Yield the right function with one small thing changed: an operator, a name, a number, a return."""
    tree = ast.parse(body_of(right))
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = {node.id for node in used if isinstance(node.ctx, ast.Store)}
    names = stored.union(inspect.signature(right).parameters)
    parents = [node for node in ast.walk(tree) if isinstance(node, ast.expr)]
    above = {node: parent for parent in parents for node in ast.iter_child_nodes(parent)}
    for node in list(ast.walk(tree)):
        for new, hint in ways(tree, node, names):
            around = above.get(node, node) if isinstance(node, ast.Name | ast.Constant) else node
            old = ast.unparse(around)
            text = ast.unparse(Swap(node, new).visit(tree))
            new_text = ast.unparse(new if around is node else around)
            Swap(new, node).visit(tree)
            hint = hint or f"{COMES} {new_text} stands where {old} is due."
            yield Mistake(hint, compiled(defined(right, text), right.__name__, right))


def ways(tree: ast.Module, node: ast.AST, names: set[str]) -> Iterator[tuple[ast.AST, str]]:
    """Yield what may stand in a node's place, with a hint if the change does not speak for itself."""
    if isinstance(node, ast.For):
        body = [*node.body, *(last for last in tree.body if isinstance(last, ast.Return))]
        hint = "Only the first round of a loop counts: does the return stand inside it? Move it to the left."
        yield ast.For(node.target, node.iter, body, [], lineno=0), hint
    elif isinstance(node, ast.AugAssign):
        old, new = ast.unparse(node.target), ast.unparse(node.value)
        none, larger = f"{old} == 0", f"np.maximum({old}, {new})"
        kept = {new: "last", f"{old} + ({new}) * ({none})": "first"}
        kept |= {larger: "largest", f"np.where({none}, {new}, {larger})": "largest"}
        for text, which in kept.items():
            hint = f"Only the {which} of several terms is left: use {SIGNS.get(type(node.op))}=."
            yield ast.parse(f"{old} = {text}").body[0], hint
    elif isinstance(node, ast.BinOp):
        others = (ast.BinOp(node.left, op(), node.right) for op in OTHER[type(node.op)])
        yield from ((new, "") for new in (node.left, node.right, *others))
        if (text := unbracketed(node)) != ast.unparse(node):
            hint = f"Python multiplies and divides first, from the left: {ast.unparse(node)} needs brackets."
            yield ast.parse(text, mode="eval").body, hint
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for name in sorted(names):
            pair = {name, node.id}
            if pair in PARTNERS or (name[:-1] == node.id[:-1] and {n[-2:] for n in pair} == {"_h", "_w"}):
                yield ast.Name(name), ""
        yield ast.Constant(1), ""
        yield ast.Constant(0), ""
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1), ""
        yield ast.Constant(node.value - 1), ""
