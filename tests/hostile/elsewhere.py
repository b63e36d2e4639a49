"""Corrections in places that are not read: columns beside, rows below, other pages, locked cells; and what is none."""

import re
from collections.abc import Mapping, Sequence

from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    HEALTH,
    HELD,
    MAIN,
    Change,
    Make,
    Variant,
    all_of,
    at,
    in_sheet,
    number,
    row_of,
    sound,
    text,
)
from tests.hostile.structure import FOOT, own, with_sheet
from tests.hostile.surgery import column_letters, insert_columns, insert_rows, with_row

Grid = Sequence[Sequence[str]]
ROW, FIRST = row_of("6-2"), row_of("6-1")
HEAD = FIRST - 1
CODES = ("6-1", "6-2", "6-3", "6-4", "6-6")
FIGURES = {"6-1": "3", "6-2": "165", "6-3": "32", "6-4": "77200", "6-6": "52"}
NAMES = {
    "6-1": "综合养老服务设施建成数", "6-2": "嵌入式养老床位数", "6-3": "社区养老服务场所总数", "6-4": "智慧养老平台老年人入网人数", "6-6": "各处中最少的一处床位数",
}
ALL = "6-1 6-2 6-3 6-4 6-5 6-6 6-7"


def cell_of(address: str, content: str) -> str:
    """A cell of a number, or of a text where it is none (or marked as one by ')."""
    if re.fullmatch(r"-?\d+(\.\d+)?", content):
        return f'<c r="{address}"><v>{content}</v></c>'
    return f'<c r="{address}" t="inlineStr"><is><t>{content.removeprefix(chr(39))}</t></is></c>'


def beside(address: str, content: str) -> Change:
    """A cell behind all others of its row."""
    row = re.sub(r"\D", "", address)
    return lambda sheet: re.sub(rf'(<row r="{row}"[^>]*>.*?)(</row>)', lambda m: m[1] + cell_of(address, content) + m[2], sheet, count=1, flags=re.S)


def put_in(address: str, content: str) -> Change:
    """A cell of an inserted column, in its order."""
    row, letters = re.sub(r"\D", "", address), re.sub(r"\d", "", address)
    behind = chr(ord(letters) + 1)
    return lambda sheet: re.sub(
        rf'(<row r="{row}"[^>]*>.*?)(<c r="{behind}{row}")', lambda m: m[1] + cell_of(address, content) + m[2], sheet, count=1, flags=re.S
    )


def column(title: str, figures: Mapping[str, str], letter: str = "AK", head: int = HEAD) -> Make:
    """A column to the right of the form."""
    return in_sheet(beside(f"{letter}{head}", title), *(beside(f"{letter}{row_of(code)}", figure) for code, figure in figures.items()))


def inserted(title: str, figures: Mapping[str, str]) -> Make:
    """A column put in behind that of the figures."""
    return in_sheet(insert_columns("H"), put_in(f"H{HEAD}", title), *(put_in(f"H{row_of(code)}", figure) for code, figure in figures.items()))


def below(*lines: Sequence[str], gap: int = 3) -> Make:
    """Lines below the form."""
    changes = []
    for n, line in enumerate(lines):
        row = FOOT + gap + n + 20
        changes.append(with_row(row, "".join(cell_of(f"{column_letters(c)}{row}", content) for c, content in enumerate(line, 1) if content)))
    return in_sheet(*changes)


def page(name: str, *lines: Sequence[str], state: str = "", first: bool = False) -> Make:
    """Another page with these lines."""
    rows = "".join(
        f'<row r="{n}">' + "".join(cell_of(f"{column_letters(c)}{n}", content) for c, content in enumerate(line, 1) if content) + "</row>" for n, line in enumerate(lines, 1)
    )
    return with_sheet(name, f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>', state=state, first=first)


def table(title: str, figures: Mapping[str, str]) -> Grid:
    """A table of the form's codes and names, with one column of numbers."""
    return [["指标编码", "指标", title], *([f"'{code}", NAMES[code], figures[code]] for code in CODES)]


def copy(name: str, *changes: Change) -> Make:
    """The form's own page again, with one title changed, so that it is no form any more."""

    def changed(sheet: str) -> str:
        for change in changes:
            sheet = change(sheet)
        return text(f"B{HEAD}", "编码")(sheet)

    return with_sheet(name, own(changed))


def held(name: str, make: Make, doubtful: str = "6-2", *, unit: str = CIVIL) -> Variant:
    return Variant(f"elsewhere: {name}", "two numbers for one figure", make, HELD, sound(unit, doubtful), "figure-corrected", unit=unit)


def taken(name: str, make: Make, *, unit: str = CIVIL) -> Variant:
    return Variant(f"elsewhere, honest: {name}", "no other number for a figure", make, ACCEPTED, sound(unit), unit=unit, honest=True)


OTHER = FIGURES | {"6-2": "170"}
COLUMNS = [
    held("本期累计（核实后） put in", inserted("本期累计（核实后）", {"6-2": "170"})),
    *(held(f"{title} to the right", column(title, {"6-2": "170"})) for title in ("本期累计（核实后）", "更正数", "核实数", "正确的数", "本期累计（改）", "10月累计", "应为", "最新数", "实际数", "修正后")),
    held("a whole column, one number other", column("本期累计（更正）", OTHER)),
    held("numbers as text", column("更正为", {"6-2": "'170张"})),
    held("numbers in words", column("更正为", {"6-2": "一百七十"})),
    held("a title two rows above", column("更正数", {"6-2": "170"}, head=HEAD - 2)),
    held("a word before the number", in_sheet(beside(f"AK{ROW}", "核实后"), beside(f"AL{ROW}", "170"))),
    held("a sentence beside", in_sheet(beside(f"AK{ROW}", "应为170张"))),
    held("the last figure as the corrected one", column("本期累计（核实后）", {"6-2": "150"})),
    held("a 分子 corrected", column("分子（更正）", {"6-7": "30"}), "6-7"),
    held("a 分子 that is called corrected and is the 分母", column("更正后分子", {"6-5": "4"}), "6-5"),
    *(held(f"{title} to the right", column(title, {"6-2": "170"})) for title in ("本期累计2", "累计数", "核对数", "审核后", "复核结果", "10月", "本期累计（含增补）", "更改为", "实有数", "截至10月底", "2022年10月")),
    taken("a 分子 that is the same", column("更正后分子", {"6-5": "3", "6-7": "31"})),
    *(taken(f"{title}, another number", column(title, {"6-2": figure})) for title, figure in (
        ("涉及街道数", "4"), ("市级下达任务", "210"), ("统计局数", "160"), ("累计惠及户数", "900"), ("11月预计", "190"), ("完成时间", "20221231"), ("核对", "170"), ("责任人电话", "13812345678"),
    )),
    *(taken(f"{title} to the right", column(title, {"6-2": "120", "6-4": "60000"})) for title in ("上年同期", "去年累计", "上月累计", "9月累计", "年度目标分解", "全年预计", "排名", "同比增加", "其中：新建", "联系电话", "核实人", "投资（万元）", "截至9月底", "2021年10月", "实有户数")),
    taken("a column corrected and the same", column("本期累计（核实后）", FIGURES)),
    taken("a column put in and the same", inserted("本期累计（核实后）", {"6-2": "165"})),
    taken("numbers without a title", in_sheet(beside(f"AK{ROW}", "170"))),
    taken("notes beside", column("备注", {"6-2": "已核对", "6-3": "台账齐全"})),
    taken("names beside", column("核实人", {"6-2": "张三", "6-3": "李四"})),
    taken("the increase beside", column("本月", {"6-2": "15"})),
]

ROWS = [
    held("a code and a number below", below(["'6-2", "170"])),
    held("a code, a name and a number below", below(["", "'6-2", NAMES["6-2"], "170"])),
    held("a name and a number below", below([NAMES["6-2"], "170"])),
    held("a table below", below(*table("更正数", OTHER))),
    held("a sentence below, with a code", below(["更正：6-2应为170张"])),
    held("a sentence below, with a name", below([f"{NAMES['6-2']}更正为170张"])),
    held("a sentence below, of something", below(["以上数字有误，应为170"]), ALL),
    held("a row put in below the figure", in_sheet(insert_rows(ROW + 1), with_row(ROW + 1, cell_of(f"B{ROW + 1}", "'6-2") + cell_of(f"G{ROW + 1}", "170")))),
    held("a line put in below the figure, called a correction", in_sheet(insert_rows(ROW + 1), with_row(ROW + 1, cell_of(f"C{ROW + 1}", "更正后") + cell_of(f"G{ROW + 1}", "170")))),
    held("a code and a sentence below", below(["'6-2", "应为170张"])),
    taken("a line put in below the figure, of a part", in_sheet(insert_rows(ROW + 1), with_row(ROW + 1, cell_of(f"C{ROW + 1}", "其中汇源街道") + cell_of(f"G{ROW + 1}", "50")))),
    taken("a line put in below the figure, called a correction and the same", in_sheet(insert_rows(ROW + 1), with_row(ROW + 1, cell_of(f"C{ROW + 1}", "核实后") + cell_of(f"G{ROW + 1}", "165")))),
    taken("a code and its figure below", below(["'6-2", "165"])),
    taken("sums below", below(["合计", "77452"], ["6-1至6-4合计", "77400"])),
    taken("a list by township, with codes", below(["编码", "乡镇", "数"], ["'6-2", "汇源街道", "50"], ["'6-2", "露峰街道", "115"])),
    taken("a list by township", below(["汇源街道", "50"], ["露峰街道", "115"])),
    taken("whom to call", below(["编码", "联系人", "电话"], ["'6-2", "张三", "13812345678"], ["'6-3", "李四", "5052345"])),
    taken("a remark below", below(["以上数字已经局长审核"])),
    taken("a remark with a day below", below(["以上为2022年10月31日数据，以系统为准"])),
    taken("what is planned next, below", below(["编码", "下月计划"], ["'6-2", "190"])),
]

PAGES = [
    held("the form again, one title and one figure other", copy("填报表（更正）", number(at("6-2"), "170"))),
    held("the form again under the name of a sheet", copy("Sheet1", number(at("6-2"), "170"))),
    held("a table of other numbers", page("更正", *table("本期累计", OTHER))),
    held("a table of other numbers, as text", page("更正", *table("本期累计", OTHER | {"6-2": "'170"}))),
    held("a table of what was and is", page("更正表", ["编码", "原报数", "更正数"], ["'6-2", "165", "170"])),
    held("names only", page("Sheet2", ["指标", "本期累计"], [NAMES["6-2"], "170"])),
    held("codes and numbers only, others alike", page("Sheet2", *([f"'{code}", OTHER[code]] for code in CODES))),
    held("a code and a number on a page of corrections", page("更正", ["'6-2", "170"])),
    held("a sentence", page("说明", ["关于数据的说明"], ["6-2应为170张，请以此为准"])),
    held("a code and a sentence beside it", page("说明", ["编码", "说明"], ["'6-2", "应为170张"])),
    held("a figure by an arrow", page("说明", ["'6-2", "165→170"])),
    taken("a last figure by an arrow", page("说明", ["'6-2", "150→165"])),
    held("a page in front", page("更正", *table("本期累计", OTHER), first=True)),
    held("two figures", page("更正", *table("累计完成", OTHER | {"6-4": "77300"})), "6-2 6-4"),
    held("a ratio", page("更正", ["编码", "分子", "分母"], ["'7-4", "3250", "3282"]), "7-4", unit=HEALTH),
    held("what was checked differs", page("审核表", ["指标", "上报数", "审核数"], [NAMES["6-2"], "165", "160"])),
    held("a letter", page("情况说明", ["情况说明"], ["鲁山县民政局10月嵌入式养老床位数由165张更正为170张，特此说明。"])),
    taken("a letter of no correction", page("情况说明", ["情况说明"], ["鲁山县民政局10月嵌入式养老床位数165张，较9月增加15张，其中新建12张。"])),
    taken("a letter on the last month", page("情况说明", ["情况说明"], ["9月嵌入式养老床位数误报为148张，应为150张，已更正。"])),
    taken("townships in columns", page("分解", ["编码", "指标", "汇源", "露峰", "琴台", "合计"], ["'6-2", NAMES["6-2"], "50", "60", "55", "165"])),
    taken("last year beside this", page("对比", ["指标", "去年同期", "本期累计", "增幅"], [NAMES["6-2"], "120", "165", "37.5%"])),
    taken("what was checked is the same", page("审核表", ["指标", "上报数", "审核数"], [NAMES["6-2"], "165", "165"])),
    taken("a forecast", page("测算", ["指标", "12月预计", "单价"], [NAMES["6-2"], "200", "500"])),
    taken("the form again, the same figures", copy("填报表（备份）")),
    taken("a table of the same numbers", page("核对", *table("本期累计", FIGURES))),
    taken("a ratio that is the same", page("核对", ["编码", "分子", "分母"], ["'7-4", "3240", "3282"]), unit=HEALTH),
    taken("whom to call", page("联系人", ["编码", "联系人", "电话"], ["'6-2", "张三", "13812345678"], ["'6-3", "李四", "5052345"])),
    taken("the targets", page("任务", ["编码", "指标", "年度目标"], ["'6-2", NAMES["6-2"], "200"], ["'6-3", NAMES["6-3"], "40"])),
    taken("a list by township", page("明细", ["编码", "乡镇", "本期累计"], ["'6-2", "汇源街道", "50"], ["'6-2", "露峰街道", "115"])),
    taken("a list of what is built", page("台账", ["编码", "名称", "面积", "床位"], ["'6-2", "汇源街道中心", "1200", "50"])),
    taken("a photo register", page("照片登记", ["序号", "照片", "日期"], ["1", "IMG_0001.jpg", "2022-10-12"], ["2", "IMG_0002.jpg", "2022-10-13"])),
    taken("the last month", page("9月", *table("本期累计", FIGURES | {"6-2": "150", "6-4": "76300"}))),
    taken("the last month, by its head", page("Sheet2", ["期次", "2022年9月"], *table("本期累计", FIGURES | {"6-2": "140"}))),
    taken("the last year", page("去年", *table("本期累计", FIGURES | {"6-2": "90"}))),
    taken("a hidden page", page("旧", *table("本期累计", OTHER), state="hidden")),
    taken("other contents", page("测算", ["项目", "单价", "数量", "金额"], ["床位补助", "3000", "165", "495000"])),
    taken("a sentence of no correction", page("说明", ["6-2含去年结转35张"], ["6-4以2022年10月底数据为准"])),
    held("a table that is turned", page("更正", ["编码", *(f"'{code}" for code in CODES)], ["本期累计", *OTHER.values()])),
    held("codes with their names", page("更正", ["指标", "本期累计"], [f"6-2 {NAMES['6-2']}", "170"])),
    held("codes in full width", page("更正", ["编码", "本期累计"], ["６－２", "170"])),
    taken("pages of two townships, which add up", all_of(page("汇源", ["编码", "本期累计"], ["'6-2", "50"]), below(["编码", "本期累计"], ["'6-2", "115"]))),
    taken("a table by month", page("走势", ["编码", "8月", "9月", "10月"], ["'6-2", "140", "150", "165"])),
    taken("other totals", page("测算", ["编码", "累计用工", "累计投资"], ["'6-2", "500", "1200"])),
    taken("a turned table of townships", page("明细", ["乡镇", "'6-2", "'6-3"], ["汇源街道", "50", "10"], ["露峰街道", "115", "22"])),
    taken("serial numbers", page("清单", ["序号", "编码", "责任科室"], ["1", "'6-1", "养老科"], ["2", "'6-2", "养老科"])),
]

LOCKED = [
    held("a gray 分子", in_sheet(number(at("6-2:n"), "170"))),
    held("a gray 分子, as text", in_sheet(text(at("6-2:n"), "170张"))),
    held("本期新增 typed", in_sheet(number(at("6-2:increase"), "20"))),
    held("完成率 typed", in_sheet(number(at("6-2:rate"), "0.85"))),
    held("校验 typed over", in_sheet(text(at("6-2:check"), "应为170"))),
    held("状态 typed over with a number", in_sheet(text(at("6-2:status"), "170"))),
    held("the title of the form says it", in_sheet(text("A2", "6-2更正为170张"))),
    taken("a gray 分子 with the figure", in_sheet(number(at("6-2:n"), "165"))),
    taken("a gray 分母 with the target", in_sheet(number(at("6-2:d"), "200"))),
    taken("本期新增 as it is", in_sheet(number(at("6-2:increase"), "15"))),
    taken("完成率 as it is", in_sheet(number(at("6-2:rate"), "0.825"))),
    taken("完成率 rounded", in_sheet(text(at("6-2:rate"), "82.5%"))),
    taken("校验 typed over", in_sheet(text(at("6-2:check"), "已核对"))),
    taken("a gray 分子 with a dash", in_sheet(text(at("6-2:n"), "—"))),
    taken("序号 another", in_sheet(number(at("6-2:number"), "20"))),
    taken("序时 another", in_sheet(number(at("6-2:pace"), "0.9"))),
]

VARIANTS = COLUMNS + ROWS + PAGES + LOCKED
