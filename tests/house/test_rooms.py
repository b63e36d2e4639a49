"""The folders are the picture in the README, and arrows between them point down."""

import re
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, ROOT, imported, modules

DOORS = {"__init__", "__main__", "cli", "bundle"}
INSIDE = {
    "forms": ("master", "paper", ""),
    "books": ("live", "libreoffice", "pdf", "edit", "write", "package"),
}
"""Rooms that have rooms of their own, top to bottom; "" is what lies in the room itself."""


def picture() -> list[str]:
    """The rooms of README's picture, top to bottom."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"箭头只朝下.*?\n```\n(.*?)```", text, re.DOTALL)
    assert block, "README has no picture of the rooms"
    return re.findall(r"^([a-z]+)(?:/|\.py)", block[1], re.MULTILINE)


def room_of(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


def test_the_picture_shows_every_room() -> None:
    there = {room_of(path) for path in modules()} - DOORS
    assert sorted(picture()) == sorted(there)


def test_arrows_point_down() -> None:
    order = picture()
    upward = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        if room_of(path) not in DOORS
        for name in imported(tree)
        if name.split(".")[0] in order and order.index(name.split(".")[0]) < order.index(room_of(path))
    ]
    assert not upward


def test_nobody_imports_the_desk_or_a_door() -> None:
    for path, tree in modules().items():
        if room_of(path) not in {*DOORS, "desk"}:
            assert not [name for name in imported(tree) if name.split(".")[0] in {"desk", "cli", "bundle"}], path


@pytest.mark.parametrize("room", INSIDE)
def test_arrows_inside_a_room_point_down(room: str) -> None:
    order = INSIDE[room]

    def floor(parts: tuple[str, ...]) -> int:
        inner = parts[1].removesuffix(".py") if len(parts) > 1 else ""
        return order.index(inner if inner in order else "") if inner in order or "" in order else len(order)

    upward = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        if path.parts[0] == room and path.name != "__init__.py"
        for name in imported(tree)
        if name.split(".")[0] == room and floor(tuple(name.split("."))) < floor(path.parts)
    ]
    assert not upward


def test_at_most_four_modules_lie_loose() -> None:
    loose = {path.stem for path in modules() if len(path.parts) == 1}
    assert len(loose - {"__init__", "__main__"}) <= 4


def test_the_doors_are_three_lines() -> None:
    for door in ("cli", "bundle", "__main__"):
        lines = (PACKAGE / f"{door}.py").read_text(encoding="utf-8").splitlines()
        statements = [line for line in lines if line.strip() and not line.startswith('"""')]
        assert len(statements) <= 3, door


def test_every_room_says_what_lives_there_and_how_to_add_to_it() -> None:
    for path, tree in modules().items():
        if path.name == "__init__.py" and len(path.parts) == 2:
            said = (tree.body[0].value.value if tree.body else "")  # type: ignore[attr-defined]
            assert "to add" in said.lower(), path
            assert "tests that hold it" in said, path
