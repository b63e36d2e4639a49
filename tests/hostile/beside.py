"""What is said beside the figures: in 说明, in comments of both kinds, in text boxes."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    HEALTH,
    HELD,
    SHEET,
    TRAFFIC,
    Make,
    Variant,
    adding,
    all_of,
    at,
    in_sheet,
    linking,
    sound,
    text,
    untouched,
)
from tests.hostile.overlaid import comments, drawn, from_cell, shape

MEASURE = at("6-2")
ALL = "6-1 6-2 6-3 6-4 6-5 6-6 6-7"


def threaded(said: Mapping[str, str]) -> Make:
    """Comments as Excel 365 keeps them, with the old kind beside them for older programs."""
    listed = "".join(
        f'<threadedComment ref="{cell}" dT="2022-11-03T08:00:00.00" personId="{{1}}" id="{{{number}}}"><text>{escape(text)}</text></threadedComment>'
        for number, (cell, text) in enumerate(said.items())
    )
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    old = "[线程批注]\n\n你的 Excel 版本可读取此线程批注; 但如果在更新版本的 Excel 中打开文件，则对批注所作的任何改动都将被删除。了解详细信息: https://go.microsoft.com/fwlink/?linkid=870924\n\n注释:\n    "
    return all_of(
        comments({cell: old + text for cell, text in said.items()}), adding("xl/threadedComments/threadedComment1.xml", f'<ThreadedComments xmlns="{space}">{listed}</ThreadedComments>'),
        linking(SHEET, "../../../../2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml", "rIdT"),
    )


def held(name: str, make: Make, doubtful: str = "6-2", *, unit: str = CIVIL, figures: Mapping[str, str] | None = None) -> Variant:
    return Variant(name, "two numbers for one cell", make, HELD, sound(unit, doubtful, figures), "figure-corrected", unit=unit, figures=figures or {})


def taken(name: str, make: Make, *, unit: str = CIVIL, figures: Mapping[str, str] | None = None) -> Variant:
    return Variant(name, "no other number for the cell", make, ACCEPTED, sound(unit, having=figures), unit=unit, figures=figures or {}, honest=True)


REASONS = [
    *(
        held(f"说明 corrects: {words}", untouched, figures={"6-2:why": words})
        for words in (
            "本期累计有误，实际为170张，以170为准", "应为170", "更正为一百七十张", "实为１７０张", "应该是1,700张", "改为170", "不是165，是170", "以上报纸质表的170张为准",
            "此数有误，应是170张", "上月报错，本期累计应为170", "实际为3.2万张", "应为0.1700千张", "正确数为170张", "完成率应为85%", "实际是贰佰张整差30张，应为170", "6-2应为170", "10月份数据应为170",
            "应报170", "误填165，应170", "实有170张", "实际170张", "请按170张统计",
        )
    ),
    held("说明 corrects: another row", untouched, "6-4", figures={"6-2:why": "6-4应为77300"}),
    held("说明 corrects: beside another row", untouched, figures={"6-2:why": "与6-1合并统计，应为170张"}),
    held("说明 corrects: a rate", untouched, "7-4", unit=HEALTH, figures={"7-4:why": "分子有误，应为3250"}),
    held("说明 corrects: in words", untouched, "6-4", figures={"6-4:why": "实际为七万七千三百人"}),
    *(
        taken(f"说明 tells: {words}", untouched, figures={"6-2:why": words})
        for words in (
            "已核对", "数据来自系统", "含去年结转35个", "上月多报20，已核减", "其中新建12个", "目标应为年底完成210张", "以2022年10月底数据为准", "以鲁政〔2022〕5号为准", "电话应为0375-5052345",
            "实际为165张", "更正为165张，比上期增加15张", "不是漏报，是12个项目合并统计", "改为2号楼", "实际为3个标段同时施工", "以第3次上报为准", "上期累计应为148张", "9月份数据应为148", "应为10月底前完成",
            "完成率实际为82.5%", "应为一致", "其中：新建12张，改造20张",
            "应12月底前完成", "对应12个点位", "改按80%计提", "实际15张为新建", "请以3号文件为准", "实有床位165张", "应2家验收方签字", "含乡镇实报12家", "应有12家，实际11家已挂牌", "下月应为180张",
        )
    ),
    taken("说明 tells: in myriads", untouched, figures={"6-4:why": "实际为7.72万人"}),
    taken("说明 tells: in metres", untouched, unit=TRAFFIC, figures={"4-1:why": "实际为23460米"}),
    held("说明 corrects: in metres", untouched, "4-1", unit=TRAFFIC, figures={"4-1:why": "实际为23640米"}),
    taken("说明 tells: a rate", untouched, unit=HEALTH, figures={"7-4:why": "实际为98.7%，应为3240/3282"}),
]

COMMENTS = [
    *(
        held(f"a comment corrects: {words}", comments({MEASURE: words}))
        for words in ("此数有误，更正为170，请以170为准", "170", "170张", "张三:\n170", "一百七十", "１７０", "应为170", "不是165，是170", "实际为170张", "以170为准", "→170", "王科长：应是一百七十张", "170?", "应170", "实有170")
    ),
    held("a comment corrects: on the name of the row", comments({at("6-2:name"): "本期应为170"})),
    held("a comment corrects: on 说明", comments({at("6-2:why"): "应为170"})),
    held("a comment corrects: on the title of the form, by a code", comments({"A1": "6-2应为170张"})),
    held("a comment corrects: on a 分子", comments({at("6-5:n"): "2"}), "6-5"),
    held("a thread corrects", threaded({MEASURE: "此数有误，更正为170"})),
    held("a thread is a number", threaded({MEASURE: "170"})),
    held("a thread of an answer corrects", threaded({MEASURE: "已核对，应为170"})),
    *(
        taken(f"a comment tells: {words}", comments({MEASURE: words}))
        for words in (
            "已核对", "165", "165张", "张三:\n已核", "数据来自系统", "10月31日", "2022年10月", "含去年结转35个", "上月多报20，已核减", "其中新建12个", "目标应为年底完成200张", "0375-5052345", "13812345678",
            "以鲁政〔2022〕5号为准", "第2次报", "√",
        )
    ),
    taken("a comment tells: a number on the title", comments({"A1": "170"})),
    taken("a comment tells: a number on the words", comments({at("6-2:name"): "3"})),
    taken("a comment tells: whom to call", comments({at("6-2:name"): "联系电话应为5052345", "K5": "应为5052345"})),
    taken("a comment tells: of the words", comments({"C17": "应为12处"})),
    taken("words on the project tell of other codes", in_sheet(text("C17", "参照1-2号楼标准，应为170套"))),
    held("words on the project correct a row", in_sheet(text("C17", "10月按计划推进。6-2应为170张"))),
    taken("a thread tells", threaded({MEASURE: "已核对"})),
    taken("a thread is the figure", threaded({MEASURE: "165"})),
    taken(
        "a comment of ours that came back, and theirs of the last time",
        comments({MEASURE: "批注里写着“更正为170”，与填的数不符。请把要报的数填在格里，别处不要另写一个数。\n更正为165"}),
    ),
    held(
        "a comment of ours that came back, and theirs which still says otherwise",
        comments({MEASURE: "批注里写着“更正为170”，与填的数不符。请把要报的数填在格里，别处不要另写一个数。\n更正为170"}),
    ),
]

BOXES = [
    held("a text box beside corrects, by a code", drawn(from_cell((16, 8), 4, 2, shape("更正：6-2应为170张")))),
    held("a text box beside the row is a number", drawn(from_cell((7, 8), 2, 0.8, shape("170", preset="wedgeRectCallout")))),
    held("a text box beside the row corrects it", drawn(from_cell((16, 8), 4, 0.8, shape("应为170张")))),
    taken("a text box beside the row is its figure", drawn(from_cell((7, 8), 2, 0.8, shape("165张", preset="wedgeRectCallout")))),
    taken("a text box beside the row says it was checked", drawn(from_cell((7, 8), 2, 0.8, shape("已核", preset="wedgeRectCallout")))),
    taken("a number drawn elsewhere", drawn(from_cell((2, 18), 2, 0.8, shape("12")))),
    held("a text box beside corrects something", drawn(from_cell((16, 8), 4, 2, shape("此数有误，应为170"))), ALL),
    taken("a text box beside tells", drawn(from_cell((16, 8), 4, 2, shape("截至10月31日，应为11月5日前报送")))),
    taken("a text box beside tells the figure", drawn(from_cell((16, 8), 4, 2, shape("6-2实际为165张")))),
]

VARIANTS = REASONS + COMMENTS + BOXES
