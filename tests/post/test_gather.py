"""Returns are copied out of another program's folder, which is only read."""

import shutil
from pathlib import Path

import pytest

from minsheng_xl import Year
from minsheng_xl.post.gather import gather
from minsheng_xl.problems import MisuseError
from tests.letters import corpus
from tests.makers import figure, send
from tests.post.conftest import OCTOBER


def test_what_bears_our_identity_is_copied_once(addressed: Year, tmp_path: Path) -> None:
    path = send(addressed, "县残联", OCTOBER, {figure("8-1"): "106"})
    chat = tmp_path / "WeChat Files" / "2022-11"
    chat.mkdir(parents=True)
    form = path.read_bytes()
    (chat / "表(1).xlsx").write_bytes(form)
    (chat / "包.zip").write_bytes(corpus.zipped(("表.xlsx", form[:-1] + form[-1:])))
    (chat / "别的.xlsx").write_bytes(corpus.zipped(("[Content_Types].xml", b"<Types/>")))
    (chat / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(99))
    path.unlink()
    before = {one: (one.read_bytes(), one.stat().st_mtime_ns) for one in chat.iterdir()}
    result = gather(addressed, chat)
    assert sorted(one.name for one in result.copies) == ["包.zip", "表(1).xlsx"] and result.seen == 4
    assert {one: (one.read_bytes(), one.stat().st_mtime_ns) for one in chat.iterdir()} == before
    again = gather(addressed, chat)
    assert again.copies == result.copies, "the same bytes under the same names"
    assert len(list((addressed.inbox / "搜集").iterdir())) == 2


def test_another_of_the_same_name_is_put_beside(addressed: Year, tmp_path: Path) -> None:
    for number, value in enumerate(("106", "107")):
        path = send(addressed, "县残联", OCTOBER, {figure("8-1"): value})
        (tmp_path / str(number)).mkdir()
        shutil.move(path, tmp_path / str(number) / "表.xlsx")
    assert [one.name for one in gather(addressed, tmp_path / "0").copies] == ["表.xlsx"]
    assert [one.name for one in gather(addressed, tmp_path / "1").copies] == ["表_2.xlsx"]


def test_the_years_own_files_are_left_out(addressed: Year, tmp_path: Path) -> None:
    assert addressed.root.parent == tmp_path
    assert gather(addressed, tmp_path).copies == ()


def test_a_folder_that_cannot_be_meant_is_said(addressed: Year, tmp_path: Path) -> None:
    for folder in (tmp_path / "没有", addressed.root, addressed.inbox):
        with pytest.raises(MisuseError):
            gather(addressed, folder)
