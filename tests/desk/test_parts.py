"""The parts of a program folder: pinned by version and digest, unpacked as an installation has them."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from minsheng_xl.desk import parts
from minsheng_xl.desk.bundle import NEEDED
from minsheng_xl.desk.parts import PINNED, Wheels, fetch_wheels, is_left_out, joined, unpacked
from minsheng_xl.problems import MinshengError

ROOT = Path(__file__).parents[2]
LISTS = sorted(path.stem for path in PINNED.glob("*.txt"))


def pinned(name: str) -> dict[str, tuple[str, list[str]]]:
    """The version and the digests of each part of a list."""
    lines = parts._listed(Wheels(name, (), "")).splitlines()
    found = [re.fullmatch(r"([a-z0-9-]+)==(\S+)((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*", line) for line in lines]
    assert lines and all(found), lines
    return {one[1]: (one[2], one[3].split()) for one in found if one}


def wheel(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return stream.getvalue()


def made(name: str = "one", licence: str = "LICENSE", **files: str) -> parts.Unpacked:
    about = f"{name}-1.0.dist-info"
    said = {f"{about}/METADATA": "Name: one\nLicense-Expression: MIT\n\nLicense: of no account", f"{about}/{licence}": "text"}
    return unpacked(f"{name}-1.0-py3-none-any.whl", wheel(**said, **files))


@pytest.mark.parametrize("name", LISTS)
def test_each_part_has_its_version_and_digest(name: str) -> None:
    assert pinned(name)


def test_a_list_for_several_machines_has_a_digest_for_each() -> None:
    """Two processors; cffi for each of four Pythons besides."""
    found = {name: len(set(digests)) for name, (_, digests) in pinned("linux").items()}
    assert found == {"cffi": 8, "cryptography": 2, "xlwings": 2}
    assert all(len(digests) == 1 for name in LISTS if name != "linux" for _, digests in pinned(name).values())


def test_what_is_pinned_is_what_the_package_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    everywhere = pinned("program") | pinned("passwords") | pinned("pandas")
    for system in ("windows", "linux"):
        there = everywhere | pinned(system)
        for one in map(Requirement, asked):
            assert one.specifier.contains(there[one.name.lower()][0]), (system, one)
    assert {name.replace("-", "_") for name in pinned("program")} == set(NEEDED)


def test_what_is_the_same_on_two_systems_is_of_one_version() -> None:
    windows, linux = pinned("windows"), pinned("linux")
    assert {name: windows[name][0] for name in linux} == {name: version for name, (version, _) in linux.items()}


def test_a_wheel_is_unpacked_as_it_is_installed() -> None:
    part = made(**{
        "one/__init__.py": "1", "one-1.0.data/platlib/fast.pyd": "2", "one-1.0.data/scripts/one.exe": "3",
        "one-1.0.data/data/one.dll": "4", "one/tests/test_one.py": "5", "one-1.0.dist-info/RECORD": "6",
    })
    about = "one-1.0.dist-info"
    assert set(part.files) == {"one/__init__.py", "fast.pyd", f"{about}/METADATA", f"{about}/LICENSE"}
    assert (part.name, part.version, part.licence) == ("one", "1.0", "MIT")


@pytest.mark.parametrize(
    ("path", "is_out"),
    [
        ("xlwings/pro/_xlremote.py", True), ("xlwings/xlwingslib.cp311-win_amd64.pyd", True),
        ("xlwings-0.37.8.dist-info/LICENSE_PRO.txt", True), ("xlwings-0.37.8.dist-info/LICENSE.txt", False),
        ("xlwings/_xlwindows.py", False), ("win32/win32api.pyd", False), ("win32/pythonservice.exe", True),
        ("win32com/client/gencache.py", False), ("pywin32_system32/pywintypes311.dll", False), ("pythonwin/win32ui.pyd", True),
        ("pandas/tests/test_frame.py", True), ("numpy/testing/__init__.py", False),
    ],
)
def test_what_nobody_starts_is_left_out(path: str, is_out: bool) -> None:
    assert is_left_out(path) is is_out


@pytest.mark.parametrize("name", ["LICENSE", "LICENCE.rst", "licenses/COPYING.txt", "NOTICE", "licenses/sub/License.txt"])
def test_the_licences_of_a_part_are_found(name: str) -> None:
    assert made(licence=name).licences == {f"one-1.0/{name.removeprefix('licenses/')}": b"text"}


def test_a_source_that_speaks_of_licences_is_none() -> None:
    assert list(made(**{"one/license.py": "x", "other/LICENSE": "x"}).licences) == ["one-1.0/LICENSE"]


def test_two_parts_that_differ_in_one_place_are_not_put_together() -> None:
    one, other = made("one", **{"same.py": "1"}), made("other", **{"same.py": "2"})
    with pytest.raises(MinshengError, match=r"same\.py"):
        joined([one, other])
    assert joined([one, made("other", **{"same.py": "1"})])["same.py"] == b"1"


def test_a_part_of_another_digest_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """pip itself looks: here into a folder, with no network."""
    monkeypatch.setattr(parts, "PINNED", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    about = "one-1.0.dist-info"
    content = wheel(**{f"{about}/METADATA": "Metadata-Version: 2.1\nName: one\nVersion: 1.0\n", f"{about}/WHEEL": "Wheel-Version: 1.0\n"})
    (tmp_path / "one-1.0-py3-none-any.whl").write_bytes(content)
    (tmp_path / "some.txt").write_text(f"one==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    with pytest.raises(MinshengError, match="没有拼成"):
        fetch_wheels(Wheels("some", ("win_amd64",), "3.11"), tmp_path / "store")
    assert "Expected sha256" in capfd.readouterr().err
