"""What explains an unusual figure and what only fills the box, said alike by a sheet in LibreOffice and by the intake."""

import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Const, Value, if_
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.rules.reasons import FILLERS, SIGNS, STRIPS, explains, gives_reason, left, stripped
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.workbooks import sheet_of

NAMES = ["欧阳建国", "县交通运输局", "新建和改造农村公路"]
NOTHING = (
    "", " ", "　　", "//", "/", "-", "——", "……", "。。。。", "无", "无。", "无无无无", "无说明", "无变化", "没有", "暂无", "暂无说明", "见附件",
    "详见附件", "详见附件。", "具体见附表", "正常", "情况正常", "数据正常，无变化", "一切正常！", "同上", "同上月", "与上月相同", "与上期一致", "不涉及",
    "已完成", "已完成。", "全部完成", "均已完成", "按时完成", "按要求填报", "按规定上报", "如实填报", "已填报", "已上报，请领导审阅", "请审阅", "说明",
    "情况说明", "测试", "测试测试", "好的", "收到", "OK", "ok ok ok", "none", "N/A", "123456", "２０２２", "170", "17.5%", "(1)", "√", "√√√√", "×",
    "○○○○", "★★★★", "啊啊啊啊啊", "1、2、3、4", "进展顺利", "正在推进", "稳步推进中", "工作正常开展", "没有特殊情况", "无特殊情况说明", "不清楚", "欧阳建国",
    " 欧阳 建国 ", "县交通运输局", "新建和改造农村公路", "完成", "多了", "数字", "abc def ghi", "见说明", "无异常", "基本情况正常", "谢谢",
    "数据准确", "以上数据真实", "未发生变化", "任务完成", "圆满完成", "顺利推进", "按照计划有序推进中", "正在开展", "有序开展", "以实际为准", "如上所述",
    "填报完毕", "领导已阅", "3人", "120", "合计95", "新增12人", "上月96",
)
REASONS = (
    "属实", "属实。", "情况属实", "已核实", "经核实无误", "更正", "更正。", "已更正", "补报", "补录", "核减", "已核减", "漏报", "误报", "重报",
    "含去年结转35个", "上月多报20，已核减", "上月误将里程按米填报，本期更正", "系统升级，补录1至8月数据", "部分行政村撤并，重新核定", "集中培训一次完成3200人",
    "口径调整，按户籍统计", "养老机构合并，床位减少40张", "受疫情影响停工一个月", "去重后减少120人", "补报6月漏报的50人", "核减重复登记12人", "按审计意见核减",
    "老人去世和迁出，在网减少", "项目集中验收", "设备检修停用", "省里统一调整了分母", "只统计了一个乡镇", "平台数据清零后重新统计", "新设一个街道",
    "9月数有误，以本期为准核对过", "年初集中开工9个小区", "剔除外省户籍35人", "上级下达新任务，工程提前", "因学校放假，活动暂停", "按新口径重新统计，附件2",
    "已完成验收的两处退回整改", "没有纳入统计的企业本期补报", "正常波动，老人返乡", "床位改造，暂时停用20张", "灵活用工人员纳入统计", "说明：上月少报，现补",
    "数据由省平台导出", "县里统一组织集中签约", "原数含在建，现按竣工核减",
    "核减12", "核减12人", "更正为95", "多报1个。", "死亡3人", "迁出2户", "补录15条", "漏报：4件", "重复1人", "笔误", "填报错误", "口径变化",
)
PAIRS = [(said, False) for said in NOTHING] + [(said, True) for said in REASONS]


@pytest.mark.parametrize(("said", "explains_it"), PAIRS)
def test_what_is_a_reason(said: str, explains_it: bool) -> None:
    assert gives_reason(said, NAMES) is explains_it


def test_fillers_before_those_that_they_contain() -> None:
    assert not [one for n, one in enumerate(FILLERS) if any(shorter in one for shorter in FILLERS[:n])]
    assert len(FILLERS) <= 50


def _told() -> list[tuple[str, bool]]:
    """Each text as it is, and with a blank in it and a stop behind."""
    changed = [(f"{said[:1]} {said[1:]}。", yes) for said, yes in PAIRS if len(said) > 1]
    return [(said, yes) for said, yes in PAIRS if said] + changed


def sheet(said: list[str]) -> Sheet:
    """A row for each text: the text, what is left of it, whether it explains."""
    made = Sheet("reasons", "说明")
    for row, text in enumerate(said):
        cell, rest = Key("row", str(row), "said"), Key("row", str(row), "left")
        made.put(row, 0, text or None, look.BODY.having(number="@"), key=cell)
        made.put(row, 1, left(made.ref(cell)), look.BODY, key=rest)
        names = [Const(name) for name in NAMES]
        made.put(row, 2, if_(explains(made.ref(cell), made.ref(rest), names), 1, 0), look.BODY)
        before = rest
        for part in range(len(STRIPS)):
            after = Key("row", str(row), f"stripped{part}")
            made.put(row, 4 + part, stripped(made.ref(before), part), look.BODY, key=after)
            before = after
        made.put(row, 3, if_(explains(made.ref(cell), made.ref(rest), names, rest=made.ref(before)), 1, 0), look.BODY)
    return made


@needs_libreoffice
@pytest.mark.office
def test_a_sheet_says_the_same(tmp_path: Path) -> None:
    """Each text as it is, with a blank in it, and with a stop behind."""
    told = _told()
    assert len(told) >= 200
    path = tmp_path / "reasons.xlsx"
    path.write_bytes(write_book(Book([sheet([said for said, _ in told])], {})))
    again, = convert([path], "xlsx", tmp_path / "recalculated", recalculate=True)
    page = sheet_of(again, "说明", data_only=True)
    wrong: list[tuple[str, list[Value]]] = []
    for row, (said, yes) in enumerate(told, 1):
        assert gives_reason(said, NAMES) is yes, said
        shown = [page.cell(row, column).value for column in (3, 4)]
        if shown != [int(yes)] * 2:
            wrong.append((said, shown))
    assert not wrong


def test_the_signs_are_taken_out_in_parts_that_a_cell_can_nest() -> None:
    from minsheng_xl.exact.keys import STRIPPED

    assert tuple(sign for part in STRIPS for sign in part) == SIGNS
    assert len(STRIPS) == len(STRIPPED)
    assert max(map(len, STRIPS)) < 64


@pytest.mark.skipif(shutil.which("ssconvert") is None, reason="gnumeric is not installed")
def test_gnumeric_says_the_same(tmp_path: Path) -> None:
    """It reckons with no list inside of a function: only the cells in which signs are taken out say it there."""
    told = _told()
    path, again = tmp_path / "reasons.xlsx", tmp_path / "again.xlsx"
    path.write_bytes(write_book(Book([sheet([said for said, _ in told])], {})))
    subprocess.run(["ssconvert", "--recalc", str(path), str(again)], check=True, capture_output=True)
    with warnings.catch_warnings():  # gnumeric names no default style
        warnings.simplefilter("ignore")
        page = sheet_of(again, "说明", data_only=True)
    assert [said for row, (said, yes) in enumerate(told, 1) if page.cell(row, 4).value != int(yes)] == []
