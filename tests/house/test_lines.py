"""Lines say one thing: their length, the size and branching of functions, what is nested."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import PACKAGE, ROOT, modules, records

TABLES: set[str] = set()
"""Files that hold nothing but a table, whose rows may be longer."""
LONGEST_LINE, LONGEST_FUNCTION, BRANCHES, PARAMETERS, NESTED = 120, 40, 12, 6, 20
WIDE = {
    "forms/feedback.py": {"feedback_book"},
    "forms/layout.py": {"__init__", "put", "table"},
    "forms/unit.py": {"unit_form", "unit_book"},
    "master/decide.py": {"decide"},
    "problems.py": {"problem"},
    "rules/model.py": {"problem"},
    "telling/print.py": {"print_period"},
}
"""The functions with more than six parameters: no new one may come to them."""

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path, tree in modules().items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_no_line_is_over_120_characters() -> None:
    over = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name not in TABLES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert not over


def test_functions_have_at_most_forty_lines() -> None:
    """Nested ones count to the outer."""
    long = [f"{path}: {node.name}" for path, node in functions() if node.end_lineno - node.lineno >= LONGEST_FUNCTION]  # type: ignore[operator]
    assert not long


def test_no_function_branches_more_than_twelve_times() -> None:
    """Judged by ruff with no settings of the project's, and no exception by comment."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--select", "C901,PLR0912"]
    limits = [f"lint.mccabe.max-complexity={BRANCHES}", f"lint.pylint.max-branches={BRANCHES}"]
    done = subprocess.run(
        [*command, "--config", limits[0], "--config", limits[1], "--output-format", "concise", str(PACKAGE)],
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_new_function_has_more_than_six_parameters() -> None:
    wide: dict[str, set[str]] = {}
    for path, node in functions():
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        if len([name for name in names if name not in {"self", "cls"}]) > PARAMETERS:
            wide.setdefault(path.as_posix(), set()).add(node.name)
    assert wide == WIDE


def test_few_comprehensions_are_nested() -> None:
    nested = [
        node for tree in modules().values() for node in ast.walk(tree)
        if isinstance(node, Comprehension) and (len(node.generators) > 1 or _holds_another(node))
    ]
    assert len(nested) < NESTED


def _holds_another(node: ast.AST) -> bool:
    return any(isinstance(inner, Comprehension) for inner in ast.walk(node) if inner is not node)


def test_lambdas_are_passed_listed_or_returned() -> None:
    """One that is bound to a name, or stands as a default, has a name and is a function."""
    named = []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            values: list[ast.expr | None] = []
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
                values = [node.value]
            elif isinstance(node, ast.arguments):
                values = [*node.defaults, *node.kw_defaults]
            named += [f"{path}:{value.lineno}" for value in values if isinstance(value, ast.Lambda)]
    assert not named


def test_no_lambda_binds_a_variable_of_a_loop() -> None:
    """By a default of its own: what it needs is handed to a function instead."""
    assert not [
        f"{path}:{node.lineno}" for path, tree in modules().items() for node in ast.walk(tree)
        if isinstance(node, ast.Lambda) and (node.args.defaults or node.args.kw_defaults)
    ]


def test_records_of_more_than_six_fields_are_built_by_keyword() -> None:
    """Starred arguments and `_make` included."""
    wide = {name for name, fields in records().items() if len(fields) > PARAMETERS}
    positional = []
    for path in (*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                owner, _, name = called.rpartition(".")
                made = name == "_make" and owner in wide
                if made or (name in wide and node.args):
                    positional.append(f"{path.relative_to(ROOT)}:{node.lineno} {called}")
    assert not positional


def test_a_type_has_a_name_of_its_own() -> None:
    """No class or type alias of the package has the name of another."""
    homes: dict[str, list[Path]] = {}
    for path, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(path)
            elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
                homes.setdefault(ast.unparse(node.target), []).append(path)
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}
