"""The pictures of README and handbook show what the program draws now."""

import json

from minsheng_xl import Year
from tests.pictures import FOLDER, contents


def test_the_pictures_are_of_today(demo_year: Year) -> None:
    drawn = json.loads((FOLDER / "内容.json").read_text(encoding="utf-8"))
    assert contents(demo_year) == drawn, "draw them again: python -m tests.pictures"
    for name in drawn:
        assert (FOLDER / f"{name}.png").read_bytes().startswith(b"\x89PNG")
