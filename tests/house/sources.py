"""The package's own sources, parsed once: what the tests of the house look at."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "minsheng_xl"


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the package, by its path inside the package."""
    return {path.relative_to(PACKAGE): parsed(path) for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of the package that a module imports, lazily or for typing only too, from its root on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.removeprefix("minsheng_xl.") for name in names if name.startswith("minsheng_xl."))


def records() -> dict[str, list[str]]:
    """The fields of each NamedTuple of the package, by its name."""
    found: dict[str, list[str]] = {}
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "NamedTuple" for base in node.bases):
                fields = [ast.unparse(line.target) for line in node.body if isinstance(line, ast.AnnAssign)]
                found.setdefault(node.name, []).extend(fields)
    return found
