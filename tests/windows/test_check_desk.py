"""A desk is looked over in a Windows Python: what Windows answers, and what programs register there."""

import json
from pathlib import Path

from minsheng_xl import Year, __version__
from minsheng_xl.desk.checking.probes import FOLDER, INSIDE, PROBES, ROOM, WRITE
from tests.windows.wine import needs_windows, run, windows

pytestmark = needs_windows
_TESTS = Path(__file__).parents[2]


def test_all_is_tried_and_nothing_stays(issued: Year) -> None:
    issued.close()
    before = sorted(issued.root.rglob("*"))
    found = json.loads(run("-m", "minsheng_xl", "check-desk", windows(issued.plan_path), "--json"))
    assert (found["ok"], found["folder"]) == (True, windows(issued.root).replace("/", "\\"))
    seen = {one["check"]: one for one in found["checks"]}
    assert set(seen) == {one.name for one in (FOLDER, WRITE, ROOM, *INSIDE, *PROBES)}
    assert [name for name, one in seen.items() if "没有查成" in one["seen"] or "没有结果" in one["seen"]] == []
    for name in ("folder", "write", "room", "lock", "paths", "console"):
        assert seen[name]["state"] == "fit", seen[name]
    assert seen["console"]["seen"].startswith("代码页：系统 936，批处理 936")
    assert seen["fonts"]["seen"].startswith("没有 ")
    assert "代替" in seen["fonts"]["seen"]
    assert sorted(issued.root.rglob("*")) == before


def test_what_is_registered_is_found(issued: Year) -> None:
    issued.close()
    start = f"import sys; sys.path.append({windows(_TESTS)!r}); from tests.windows.registered import main; main()"
    told = [json.loads(line) for line in run("-c", start, windows(issued.root)).splitlines()]
    none, found = told[:4], told[4:8]
    assert none[0] == {"button": [["LACKING", "还没有设"]]}
    assert none[1] == {"opens_workbooks": [["LACKING", "没有找到 Excel、WPS、LibreOffice，总台账在这台电脑上打不开"]]}
    assert "Foxmail" not in str(none[2])
    assert none[3] == {"guards": [["FIT", "写出、读回的工作簿完好，没有发现加密软件"]]}
    ((fitness, words),) = found[0]["button"]
    assert (fitness, words.partition("（")[0]) == ("FIT", f"设好了，启动的是 minsheng-xl {__version__}")
    programs = "Excel 16（C:\\Office16\\EXCEL.EXE）、WPS 表格（C:\\WPS Office\\et.exe）"
    assert found[1] == {"opens_workbooks": [["FIT", f"{programs}、双击总台账由 Excel.SheetMacroEnabled.12 打开"]]}
    assert found[2] == {"mails": [["FIT", "写邮件的是 C:\\Foxmail 7.2\\Foxmail.exe（只看了登记，没有运行）"]]}
    assert found[3] == {"guards": [["LACKING", "有加密软件：亿赛通、绿盾"]]}
    assert told[8] == {"may_be_deep": [["FIT", "长的文件名、深的文件夹都写得下"]]}
    assert told[9]["may_be_deep"][1:] == [["LACKING", "Excel 打不开路径超过 218 个字的文件"]]
