"""Break the program on purpose and see whether the tests of the room notice.

    python -m tests.house.mutants 60 --seed 12
    python -m tests.house.mutants 12 --room accounts

Sites are drawn by the seed, as many from each room; one is changed at a time in a copy of the repository, and
the tests next to it (tests/<room>, without those that need LibreOffice) are run until one fails, those of the
module itself first. What survives is named: a place that no test of its room holds, or a change that means the same.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.house.sources import PACKAGE, ROOT

SECONDS = 1800
"""How long the tests of a room may take on a busy machine; a mutant that hangs is noticed."""
ROOMS = tuple(sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))

_SWAPPED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
}


class Mutant(NamedTuple):
    """One change: the node between two positions of a file, and what is done to it. Where it ends tells a sum from
    the first two of its three parts, which begin where it does."""

    file: Path
    line: int
    column: int
    end: tuple[int | None, int | None]
    change: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.change}"


class _Sites(ast.NodeVisitor):
    """Where a module can be changed, outside annotations and texts that only explain."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.found: list[Mutant] = []

    def _add(self, node: ast.expr | ast.stmt, change: str) -> None:
        self.found.append(Mutant(self.file, node.lineno, node.col_offset, _end(node), change))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        if type(node.ops[0]) in _SWAPPED:
            self._add(node, "comparison")
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self._add(node, "and/or")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in _SWAPPED and not _is_text(node.left) and not _is_text(node.right):
            self._add(node, "operator")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._add(node, "not")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if "TYPE_CHECKING" not in ast.unparse(node.test):
            self._add(node, "condition")
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool | int):
            self._add(node, "constant")

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call):
            self._add(node, "call left out")
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)


def _end(node: ast.AST) -> tuple[int | None, int | None]:
    return getattr(node, "end_lineno", None), getattr(node, "end_col_offset", None)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.List | ast.Tuple) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


class _Change(ast.NodeTransformer):
    """The change of one mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.done = False

    def visit(self, node: ast.AST) -> ast.AST:
        place = (getattr(node, "lineno", 0), getattr(node, "col_offset", -1))
        if not self.done and (*place, _end(node)) == (self.mutant.line, self.mutant.column, self.mutant.end):
            changed = self._changed(node)
            if changed is not None:
                self.done = True
                return ast.copy_location(changed, node)
        return self.generic_visit(node)

    def _changed(self, node: ast.AST) -> ast.AST | None:
        match self.mutant.change, node:
            case "comparison", ast.Compare():
                return ast.Compare(node.left, [_SWAPPED[type(node.ops[0])](), *node.ops[1:]], node.comparators)
            case "and/or", ast.BoolOp():
                return ast.BoolOp(_SWAPPED[type(node.op)](), node.values)
            case "operator", ast.BinOp():
                return ast.BinOp(node.left, _SWAPPED[type(node.op)](), node.right)
            case "not", ast.UnaryOp():
                return node.operand
            case "condition", ast.If():
                return ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
            case "constant", ast.Constant():
                return ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1)
            case "call left out", ast.Expr():
                return ast.Pass()
        return None


def mutated(source: str, mutant: Mutant) -> str:
    """A module's source with the change made."""
    change = _Change(mutant)
    tree = change.visit(ast.parse(source))
    assert change.done, mutant
    return ast.unparse(ast.fix_missing_locations(tree))


@cache
def sites(room: str) -> tuple[Mutant, ...]:
    """All places of a room that can be changed, in the order of its files."""
    found: list[Mutant] = []
    for path in sorted((PACKAGE / room).rglob("*.py")):
        found += sites_in(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    return tuple(found)


def sites_in(file: Path, source: str) -> list[Mutant]:
    """All places of a module that can be changed."""
    visitor = _Sites(file)
    visitor.visit(ast.parse(source))
    return visitor.found


def drawn(count: int, seed: int, rooms: Sequence[str]) -> list[Mutant]:
    """`count` mutants, as many from each room as can be."""
    chance = random.Random(seed)
    shuffled = {room: chance.sample(all_of, len(all_of)) for room in rooms if (all_of := sites(room))}
    found: list[Mutant] = []
    while len(found) < count and any(shuffled.values()):
        found += [shuffled[room].pop() for room in shuffled if shuffled[room]]
    return found[:count]


def dies(mutant: Mutant, copy: Path) -> bool:
    """Whether the tests of the mutant's room notice it, in a copy of the repository."""
    file = copy / mutant.file
    source = file.read_text(encoding="utf-8")
    file.write_text(mutated(source, mutant), encoding="utf-8")
    room = mutant.file.parts[1]
    beside = sorted(f"tests/{room}/{path.name}" for path in (ROOT / "tests" / room).glob(f"test_{mutant.file.stem}*.py"))
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not office"]
    try:
        done = subprocess.run(
            [*command, *beside, f"tests/{room}"], cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(source, encoding="utf-8")
    return done.returncode != 0


def run(mutants: Sequence[Mutant], processes: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant and whether it died, in the order given."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(processes) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(processes):
            copy = Path(folder, str(number))
            left_out = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
            shutil.copytree(ROOT, copy, ignore=left_out)
            copies.put(copy)

        def tried(mutant: Mutant) -> bool:
            copy = copies.get()
            try:
                return dies(mutant, copy)
            finally:
                copies.put(copy)

        yield from zip(mutants, pool.map(tried, mutants), strict=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--room", choices=ROOMS, action="append")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    survived = []
    mutants = drawn(options.count, options.seed, options.room or ROOMS)
    for mutant, died in run(mutants, options.processes):
        print("died    " if died else "SURVIVED", mutant, flush=True)
        survived += [] if died else [mutant]
    print(f"{len(mutants) - len(survived)} of {len(mutants)} died in the tests of their room")


if __name__ == "__main__":
    main()
