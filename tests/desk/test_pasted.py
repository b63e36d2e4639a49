"""A path that is dragged, pasted or typed into a question is that path, whatever stands around it."""

from pathlib import Path

import pytest

from minsheng_xl.desk.pasted import pasted_path, year_at

posix = pytest.mark.posix(reason="a backslash is no escape there")
QUOTED = (
    "{}", '"{}"', "'{}'", "“{}”", "‘{}’", "”{}“", "「{}」", "『{}』", "《{}》", "＂{}＂", "`{}`", "«{}»", '"\'{}\'"', '“"{}"”',
    " {} ", '"{}"  ', "'{}' \r\n", "{}\n", "\t{}\r\n", "& '{}'", '& "{}"', '{}"', '"{}', "“{}", "{}’", "\ufeff{}", "\u202a{}",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "一年 2022 (副本) 50%"
    found.mkdir()
    return found


@pytest.mark.parametrize("written", QUOTED)
def test_quotes_and_blanks_around_it_are_taken_off(folder: Path, written: str) -> None:
    assert Path(pasted_path(written.format(folder))) == folder


@pytest.mark.parametrize("written", [one for one in QUOTED if one not in ("{}’", "“{}", '"{}')])
def test_of_what_is_not_there_yet_too(tmp_path: Path, written: str) -> None:
    assert pasted_path(written.format(tmp_path / "新 年")) == str(tmp_path / "新 年")


@posix
@pytest.mark.parametrize("written", ["{}", "'{}'", "{}\n", "“{}”"])
@pytest.mark.parametrize("host", ["file://", "FILE://", "file://localhost", "file:"])
def test_a_link_is_the_path_that_it_points_to(folder: Path, written: str, host: str) -> None:
    uri = folder.as_uri()
    assert "%20" in uri and "%25" in uri and "年" not in uri
    assert Path(pasted_path(written.format(uri.replace("file://", host)))) == folder
    new = folder.with_name("新#年?")  # not there; and two signs are not coded, as some programs leave them
    assert Path(pasted_path(f"{host}{new}")) == new


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("file:///C:/%E5%B9%B4%202022", "C:/年 2022"), ("file:///C:\\年\\2022", "C:\\年\\2022"),
        ("file://server/%E5%85%B1%E4%BA%AB/2022", "//server/共享/2022"), ("file://///server/a", "/" * 3 + "server/a"),
    ],
)  # fmt: skip
def test_links_of_windows(link: str, path: str) -> None:
    from minsheng_xl.desk.pasted import _of_link

    assert _of_link(link) == path


@posix
def test_a_path_as_a_terminal_escapes_it(tmp_path: Path, folder: Path) -> None:
    escaped = str(folder).replace(" ", r"\ ").replace("(", r"\(").replace(")", r"\)")
    assert pasted_path(escaped) == str(folder)
    assert pasted_path(str(tmp_path / r"新\ 年")) == str(tmp_path / "新 年")
    odd = tmp_path / "it's 2022"
    odd.mkdir()
    assert pasted_path(f"'{tmp_path}/it'\\''s 2022'") == str(odd)


@posix
def test_what_is_really_called_so_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (r"a\b", "“年”", "'a'", "50%20", "年 "):
        (tmp_path / name).mkdir()
        assert pasted_path(str(tmp_path / name)) == str(tmp_path / name).strip()
    monkeypatch.chdir(tmp_path)
    for name in ("“年”", "'a'"):
        assert pasted_path(name) == name


def test_the_home_of_a_person(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERPROFILE", str(home))
    assert Path(pasted_path("~/年")) == home / "年"


@pytest.mark.parametrize("nothing", ["", "  ", "\r\n", '""', "''", "“”"])
def test_nothing_is_no_path(nothing: str) -> None:
    assert pasted_path(nothing) == ""


@pytest.mark.parametrize("long", ["年" * 5000, "a\0b"])
def test_what_can_be_no_path_is_said_back(long: str) -> None:
    assert pasted_path(long) in (long, "ab")
    assert year_at(Path(long)) is None


def test_a_file_of_a_year_is_the_year(tmp_path: Path) -> None:
    root = tmp_path / "年"
    for name in ("计划.xlsx", "总台账.xlsm", "打开菜单.bat", "发出/2022-10/县残联.xlsx", "归档/日志.jsonl"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"")
        if (root / "计划.xlsx").exists():
            assert year_at(root / name) == root
    assert year_at(root) == root
    assert year_at(root / "发出" / "2022-10") == root
    for other in (tmp_path, tmp_path / "别处", root / "没有的.xlsx"):
        assert year_at(other) is None
