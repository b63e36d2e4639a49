"""The words that users see are those of the trade, in every text of ours; `words.py` says which are not."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT, modules
from tests.house.words import OF_OTHERS, WORDS, Word

CHINESE = re.compile("[一-鿿]")


def said(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The Chinese texts of a module with their lines; what is put into one stands as {}. Docstrings say nothing to users."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            silent |= {id(part) for part in node.values}
            yield from _chinese(node.lineno, "".join(map(_piece, node.values)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield from _chinese(node.lineno, node.value)


def _piece(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def _chinese(line: int, text: str) -> Iterator[tuple[int, str]]:
    if CHINESE.search(text):
        yield line, text


def newest(changes: str) -> str:
    """The newest section of a list of changes; older ones are history."""
    return "## ".join(changes.split("\n## ")[:2])


def texts() -> Iterator[tuple[str, str]]:
    """Every text of ours with its place."""
    for path, tree in modules().items():
        if path.as_posix() not in OF_OTHERS:
            yield from ((f"{path}:{line}", text) for line, text in said(tree))
    for path in (ROOT / "README.md", *sorted((ROOT / "macros").iterdir()), *sorted((ROOT / "workbook").rglob("*.*"))):
        if path.suffix in (".md", ".csv", ".bas", ".xml"):
            yield from _lines(path, path.read_text(encoding="utf-8-sig"))
    yield from _lines(ROOT / "CHANGELOG.md", newest((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))


def _lines(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """The lines of a file, of a table its cells."""
    lines = text.splitlines()
    rows = csv.reader(lines) if path.suffix == ".csv" else ([line] for line in lines)
    for number, row in enumerate(rows, 1):
        yield from ((f"{path.relative_to(ROOT)}:{number}", cell) for cell in row)


@pytest.mark.parametrize("word", WORDS, ids=[word.wrong for word in WORDS])
def test_a_planted_word_is_found_and_the_right_one_is_not(word: Word) -> None:
    assert word.is_in(word.planted)
    assert not any(map(word.is_in, word.fine))
    assert not any(other.is_in(text) for other in WORDS for text in word.fine)


@pytest.mark.parametrize("word", [word for word in WORDS if word.besides], ids=lambda word: word.wrong)
def test_an_exception_excuses_its_own_piece_alone(word: Word) -> None:
    for piece in word.besides:
        assert word._replace(besides=()).is_in(piece)
        assert word.is_in(f"{piece}；{word.planted}")
        assert not word.is_in(piece)


def test_the_texts_of_a_module_are_its_strings_but_not_its_docstrings() -> None:
    module = ast.parse('"""发表 a docstring."""\nA = "发表"\nB = f"截止{now}的" "数"\nC = "none"\ndef f():\n    "压线"\n')
    assert list(said(module)) == [(2, "发表"), (3, "截止{}的数")]


def test_history_is_left_as_it_is() -> None:
    assert newest("# 更新记录\n\n## 未发布\n\n* 新的\n\n## 0.1.0\n\n* 发表\n") == "# 更新记录\n## 未发布\n\n* 新的\n"


def test_every_kind_of_text_is_looked_at() -> None:
    places = {place.partition(":")[0] for place, _ in texts()}
    assert {"README.md", "CHANGELOG.md", "workbook/来件规则.md", "workbook/指标.csv", "macros/ribbon.xml", "beginning/doors.py"} <= places
    assert not places & set(OF_OTHERS)
    assert {path.as_posix() for path in modules()} >= set(OF_OTHERS)


def test_every_text_uses_the_words_of_the_trade() -> None:
    found = [
        f"{place}: “{text.strip()[:60]}” — {word.right}（{word.why}）"
        for place, text in texts() for word in WORDS if word.is_in(text)
    ]
    assert not found, "\n".join(found)
