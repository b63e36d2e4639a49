"""The program is named by its version and its sources, however it is installed."""

import re
import subprocess
import sys
from pathlib import Path

import minsheng_xl
from minsheng_xl.desk.bundle import make_pyz
from minsheng_xl.year import program as module
from minsheng_xl.year.program import program


def test_it_says_the_version_and_eight_signs_of_the_sources() -> None:
    assert re.fullmatch(re.escape(minsheng_xl.__version__) + r"\+[0-9a-f]{8}", program())


def test_any_source_that_changes_changes_it(tmp_path: Path) -> None:
    package = tmp_path / "minsheng_xl"
    for path in Path(str(minsheng_xl.__file__)).parent.rglob("*.py"):
        target = package / path.relative_to(Path(str(minsheng_xl.__file__)).parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())

    def said() -> str:
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from {module.__name__} import program; print(program())"
        return subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    assert said() == program()
    (package / "rules" / "numbers.py").write_bytes((package / "rules" / "numbers.py").read_bytes() + b"\n")
    changed = said()
    assert changed != program()
    (package / "rules" / "numbers.py").rename(package / "rules" / "figures.py")
    assert said() not in (changed, program())


def test_one_file_says_the_same(tmp_path: Path) -> None:
    make_pyz(tmp_path / "minsheng-xl.pyz")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'minsheng-xl.pyz')!r}); from {module.__name__} import program; print(program())"
    found = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == program()
