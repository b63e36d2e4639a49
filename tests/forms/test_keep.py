"""The layouts of today are written where those of earlier forms lie."""

import json
import runpy
from pathlib import Path

import pytest

from minsheng_xl.forms import declaration
from minsheng_xl.forms.declaration import KEPT
from minsheng_xl.forms.keep import KINDS, present


def test_they_are_kept_under_what_they_hold() -> None:
    assert {name for name, _ in present()} == {f"{kind.digest}.json" for kind in KINDS}
    for name, content in present():
        assert (KEPT / name).read_text(encoding="utf-8") == content
        assert content == json.dumps(json.loads(content), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_the_command_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaration, "KEPT", tmp_path)
    runpy.run_module("minsheng_xl.forms.keep", run_name="__main__")
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == dict(present())
