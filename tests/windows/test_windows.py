"""The program under Windows' own code paths: installed from its wheel, in a Windows Python under Wine.

Wine keeps neither the memory nor the processor time of a job object: that these end a child is not shown here.
"""

import json
import shutil
import zipfile

from minsheng_xl import Period, Year
from minsheng_xl.telling.status import status
from tests.makers import figure, send
from tests.windows.scenes import MISBEHAVING, SECONDS
from tests.windows.unruly import DIES_UNREAD, HANGS, HANGS_SILENT, HANGS_UNREAD, PANICS, SWELLS
from tests.windows.wine import needs_windows, run, run_scenes, windows

OCTOBER = Period.parse("2022-10")
pytestmark = needs_windows


def test_the_installed_program_says_what_it_does() -> None:
    said = run("-m", "minsheng_xl", "--help")
    assert "minsheng-xl" in said
    assert "consolidate" in said


def test_forms_and_a_parcel_are_taken_in(issued: Year) -> None:
    form = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "一.xlsx")
    with zipfile.ZipFile(issued.inbox / "打包.zip", "w") as parcel:
        parcel.write(form, "又一份.xlsx")
        parcel.writestr("读不了.xlsx", "不是表格")
    issued.close()
    run("-m", "minsheng_xl", "consolidate", windows(issued.root), "--period", "2022-10")
    found = status(Year(issued.root), OCTOBER)
    assert (found["accepted"], found["duplicate"], found["unrecognised"]) == (1, 1, 1)
    assert (issued.root / "总台账.xlsm").stat().st_size > 0
    frame = "from minsheng_xl import Period, Year, figures_frame; import sys; year = Year(sys.argv[1]); "
    told = run("-c", frame + "print(*figures_frame(year, year.period('2022-10')).value)", windows(issued.root))
    assert told.split() == ["106.0"]


def test_a_child_that_misbehaves_is_one_files_outcome(issued: Year) -> None:
    sent = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    form = issued.root / "form.xlsx"
    shutil.move(sent, form)
    issued.close()
    told = [json.loads(line) for line in run_scenes(windows(issued.root), windows(form)).splitlines()]
    assert told[0] == {"orphan_is_running": False}
    files = told[1:-1]
    reasons = {
        HANGS: f"超过 {SECONDS} 秒没有读完", HANGS_UNREAD: f"超过 {SECONDS} 秒没有读完", HANGS_SILENT: "读取程序崩溃",
        SWELLS: "内存超过限制", DIES_UNREAD: "读取程序崩溃", PANICS: "读取程序崩溃",
    }
    order = ["first"]
    for name in MISBEHAVING:
        order += [name, f"after: {name}"]
    assert [one["file"] for one in files] == order
    for one in files:
        if reason := reasons.get(one["file"]):
            assert (one["outcome"], one["unit"]) == ("unrecognised", None)
            assert f"读这个文件超出了限制（{reason}），没有读完" in one["said"]
        else:
            assert (one["outcome"], one["unit"]) == ("accepted", "县残联"), one
        if one["file"] in (HANGS, HANGS_UNREAD, HANGS_SILENT, DIES_UNREAD):
            assert one["seconds"] < SECONDS + 5, one
    assert "OSError(22, 'Invalid argument')" in told[-1]["errors"], "what is written to nobody is no broken pipe there"
