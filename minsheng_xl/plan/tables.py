"""The tables of a plan, declared once: columns, kinds, choices, notes.

The same declaration serves the CSV folder, 计划.xlsx (its drop-downs, notes and widths) and the
checks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from minsheng_xl.plan.model import Comparator, Coverage, EventKind, Kind, PaceRule, TextDuty, Tier
from minsheng_xl.texts import cleaned

_DRESS = re.compile(r"\s+|[*＊:：]+\Z|\A[*＊]+")
"""What stands about a title and is no part of it."""


class ColumnContent(Enum):
    """What the cells of a column hold."""

    TEXT = "文字"
    CODE = "编码"
    INTEGER = "整数"
    NUMBER = "数字"
    DATE = "日期"
    CHOICE = "选择"
    UNIT = "单位"
    UNITS = "单位（、分开）"
    SHARE = "比例或数量"


class TableColumn(NamedTuple):
    """One column: title in the head, what it holds, whether it may be empty, a note to the office.

    `since` is the first version that has the column, "" for the first of all: a plan made before lacks it.
    `default` is what a blank of such a column stands for, whether the column is there or not.
    """

    title: str
    content: ColumnContent = ColumnContent.TEXT
    width: float = 12
    required: bool = False
    optional: bool = False
    choices: tuple[str, ...] = ()
    note: str = ""
    since: str = ""
    default: str = ""

    @property
    def may_be_absent(self) -> bool:
        """Whether a plan is whole without the column."""
        return self.optional or bool(self.since)

    @property
    def takes_anything(self) -> bool:
        """Whether no text in it is wrong by itself."""
        is_free = self.content not in (ColumnContent.INTEGER, ColumnContent.DATE)
        return is_free and not self.required and not self.choices


class Table(NamedTuple):
    """One table: its name is that of the CSV file and of the sheet.

    `since` is the first version that has the table, "" for the first of all: a plan made before lacks it, as if
    it were there without a row.
    """

    name: str
    columns: tuple[TableColumn, ...]
    since: str = ""

    @property
    def defaults(self) -> dict[str, str]:
        """What a blank stands for, in the columns that came later."""
        return {column.title: column.default for column in self.columns if column.since}

    def filled(self, rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
        """Every declared column of each row, a blank where it says nothing, or what that stands for."""
        blanks = dict.fromkeys(self.titles, "") | self.defaults
        return [filled_cells(cells, blanks) for cells in rows]

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)

    def title_in(self, head: str) -> str:
        """The title that a cell of the head means: 目 标, or 目标* of what must be filled in; else the cell as it is."""
        bare = _DRESS.sub("", cleaned(head))
        return bare if bare in self.titles else head.strip()


EXAMPLE = "示例"
"""The first cell of a row that only shows how one is written begins with it: the plan is without it."""


def is_example(table: Table, cells: Mapping[str, str]) -> bool:
    """Whether a row only shows how one is written."""
    return cells.get(table.titles[0], "").startswith(EXAMPLE)


def filled_cells(cells: Mapping[str, str], blanks: Mapping[str, str]) -> dict[str, str]:
    """What a row says in these columns, or what a blank of each stands for."""
    return {title: cells.get(title, "") or blank for title, blank in blanks.items()}


def _words(enum: type[Enum]) -> tuple[str, ...]:
    return tuple(member.value for member in enum if member.value)


TASKS = Table(
    "任务表",
    (
        TableColumn(title="序号", content=ColumnContent.INTEGER, width=6, required=True),
        TableColumn(title="项目", width=24, required=True),
        TableColumn(title="指标任务", width=60, required=True, note="照公布的原文，一字不改。"),
        TableColumn(
            title="牵头单位", content=ColumnContent.UNITS, width=22, required=True,
            note="几个单位用 、 分开；名称须在“单位”表或其别名中。",
        ),
        TableColumn(
            title="责任单位", content=ColumnContent.UNITS, width=50,
            note="几个单位用 、 分开；也可以写“组”表里的一个组，如 各街道。",
        ),
        TableColumn(title="认定单位", content=ColumnContent.UNITS, width=14),
        TableColumn(
            title="分管领导", width=12, since="0.2", note="照公布的写；“指标”表的分管领导空着的，用这里的。",
        ),
        TableColumn(
            title="完成时限", width=16, since="0.2",
            note="照公布的写，如 2022年9月底前；写的是一个日期的，“指标”表的完成时限空着时用它。",
        ),
        TableColumn(title="备注", width=24, since="0.2", note="照公布的写；程序不用它。"),
    ),
)

INDICATORS = Table(
    "指标",
    (
        TableColumn(title="编码", content=ColumnContent.CODE, width=8, required=True, note="唯一；已设为文本，以免变成日期。"),
        TableColumn(
            title="类别", content=ColumnContent.CHOICE, width=8, required=True, choices=_words(Tier),
            note="考核：计入完成率；约束：达标与否；定性：只报文字或参考数。",
        ),
        TableColumn(title="项目", content=ColumnContent.INTEGER, width=6, required=True, note="任务表的序号。"),
        TableColumn(title="指标", width=30, required=True),
        TableColumn(title="原文", width=40, note="指标任务中对应的一句。"),
        TableColumn(
            title="类型", content=ColumnContent.CHOICE, width=9, required=True, choices=_words(Kind),
            note="累计量：年初至今；时点量：期末数；比率：填分子、分母；里程碑：是/否；文字：只写进展；推导：由其他指标得出。",
        ),
        TableColumn(title="计量单位", width=9),
        TableColumn(title="小数位", content=ColumnContent.INTEGER, width=8, note="允许填几位小数，默认 0。"),
        TableColumn(
            title="比较", content=ColumnContent.CHOICE, width=7, choices=_words(Comparator),
            note="≥：以上、不少于、达到；＞：超、超过（严格大于）；≤：以内、不超过；是：全覆盖、建成。",
        ),
        TableColumn(title="目标", content=ColumnContent.NUMBER, width=10, note="按填报的计量单位；比率填百分数，里程碑填 是。"),
        TableColumn(
            title="序时规则", content=ColumnContent.CHOICE, width=10, choices=_words(PaceRule),
            note="均衡：按月平均；节点：按“序时”表；全年一致：每期都用全年目标；年末：年底一次。",
        ),
        TableColumn(title="权重", content=ColumnContent.NUMBER, width=7, note="默认 1；同一件事两个指标时各 0.5。"),
        TableColumn(title="完成时限", content=ColumnContent.DATE, width=12),
        TableColumn(title="分子", width=22),
        TableColumn(title="分母", width=22),
        TableColumn(
            title="分母来源", content=ColumnContent.CHOICE, width=10, choices=("单位填报", "办公室核定"),
            note="办公室核定的分母在“参数”表填一次，单位只填分子。",
        ),
        TableColumn(title="上级指标", content=ColumnContent.CODE, width=9, note="本指标含于哪个指标之内（其中：……），两者不相加。"),
        TableColumn(title="推导自", width=16, note="由哪些指标都达标推出，编码用 、 分开。"),
        TableColumn(title="牵头单位", content=ColumnContent.UNIT, width=20, note="项目只有一个牵头单位时可空。"),
        TableColumn(title="填数单位", content=ColumnContent.UNIT, width=20, optional=True, note="由谁填这个数，默认牵头单位。"),
        TableColumn(title="分管领导", width=12, optional=True),
        TableColumn(
            title="分解数", content=ColumnContent.UNITS, width=20, optional=True,
            note="哪些单位另报自己的一份，用 、 分开；也可以写组。",
        ),
        TableColumn(
            title="分子含于分母", content=ColumnContent.CHOICE, width=12, optional=True, choices=("是",),
            note="分子不可能大于分母的比率填 是。",
        ),
        TableColumn(title="暂停文号", width=16, optional=True),
        TableColumn(title="暂停起始期", content=ColumnContent.CODE, width=11, optional=True, note="从哪一期起不考核，如 2022-10。"),
        TableColumn(
            title="恢复起始期", content=ColumnContent.CODE, width=11, since="0.2", note="暂停的指标从哪一期起恢复考核，如 2022-11。",
        ),
        TableColumn(
            title="口径期间", content=ColumnContent.CHOICE, width=9, choices=_words(Coverage), since="0.2",
            note="填的数是年初至今的、当月的还是期末的；当月的数不能选“与上期相同”。默认按类型。",
        ),
        TableColumn(
            title="可不涉及", width=28, since="0.2",
            note="哪几期可以选“本期不涉及”及依据，如 2022-07、2022-08：学校放暑假（教体局7月5日函）。默认都要报。",
        ),
        TableColumn(title="口径", width=50, note="怎样算一个、由谁出数；会印在填报表的提示里。"),
        TableColumn(title="存疑", width=50, note="尚待办公室明确的问题，以及目前的处理。"),
    ),
)

UNITS = Table(
    "单位",
    (
        TableColumn(title="单位", width=26, required=True),
        TableColumn(title="别名", width=40, note="同一单位的其他写法，用 、 分开；只认这里登记的，从不猜。"),
        TableColumn(title="全称", width=36),
        TableColumn(title="类型", width=12),
        TableColumn(title="联系人", width=10),
        TableColumn(title="电话", content=ColumnContent.CODE, width=14),
        TableColumn(title="邮箱", width=24, note="发填报表、催报的邮箱；几个人的用 、 分开。"),
        TableColumn(title="抄送", width=24, since="0.2", note="同时抄送给谁，几个用 、 分开。"),
        TableColumn(
            title="文字报送", content=ColumnContent.CHOICE, width=10, optional=True, choices=_words(TextDuty),
            note="不填数的单位多久报一次配合情况，默认每期。",
        ),
        TableColumn(
            title="通报列名", content=ColumnContent.CHOICE, width=10, choices=("是", "否"), since="0.2", default="是",
            note="填 否 的（群团、垂管、企业等，由办公室定）不列入排名，通报、简报、滞后清单里不点它的名。",
        ),
        TableColumn(title="表名", width=20, optional=True, note="单位名超过31字时，工作表和文件用的短名。"),
    ),
)

GROUPS = Table(
    "组",
    (
        TableColumn(title="组", width=24, required=True, note="几个单位合起来的叫法，如 各街道；可以写在责任单位、分解数里。"),
        TableColumn(
            title="单位", content=ColumnContent.UNITS, width=80, required=True,
            note="组里的单位，用 、 分开；都要在“单位”表里。",
        ),
    ),
    since="0.2",
)

STEPS = Table(
    "序时",
    (
        TableColumn(title="指标编码", content=ColumnContent.CODE, width=10, required=True),
        TableColumn(title="月份", content=ColumnContent.INTEGER, width=7, required=True, note="1 到 12；到这个月底应完成的比例。"),
        TableColumn(
            title="应完成", content=ColumnContent.SHARE, width=9, required=True,
            note="占全年目标的百分数，如 50%；也可以写数量，如 6所、6/7。时点指标是全年增量的百分数。",
        ),
        TableColumn(title="依据", width=40, required=True, note="文件或会议，不能凭空写。"),
        TableColumn(title="确认单位", width=24, required=True),
    ),
)

SETTING_NAMES = (
    "地区", "标题", "年度", "频次", "报送日", "报送期限", "超序时", "滞后黄", "滞后红",
    "平均方式", "更正方式", "资金项目", "分母", "年初数", "新增界限", "规则试行",
    "增量下限", "参评下限", "简报校验码", "落款单位", "补报期限", "印发日期", "上年文件夹",
    "认定范围", "视同无异议", "时间戳服务", "简报期号", "允许的邮箱域名", "临近提醒", "督办单",
)

SETTINGS = Table(
    "参数",
    (
        TableColumn(title="参数", content=ColumnContent.CHOICE, width=12, required=True, choices=SETTING_NAMES),
        TableColumn(
            title="对象", content=ColumnContent.CODE, width=12,
            note="报送期限、补报期限、印发日期、简报期号写期次，认定范围也可以写；分母、年初数写指标编码；规则试行写规则编码；其余为空。",
        ),
        TableColumn(title="值", width=30, note="空着的就是尚未核定。"),
        TableColumn(title="说明", width=60),
    ),
)

EVENTS = Table(
    "变更",
    (
        TableColumn(
            title="事项", content=ColumnContent.CHOICE, width=9, required=True, choices=_words(EventKind),
            note="改名：单位改了名称；移交：指标换了填数单位；合并、拆分、改编码、新增、终止：指标（合并也可以是单位）。",
        ),
        TableColumn(
            title="对象", content=ColumnContent.CODE, width=22, required=True,
            note="原来的单位名称，或原来的指标编码；新增写新编码。几个合并成一个的，一个一行。",
        ),
        TableColumn(title="改为", content=ColumnContent.CODE, width=22, note="现在的名称、编码或填数单位；拆成几个的用 、 分开。"),
        TableColumn(
            title="起始期次", content=ColumnContent.CODE, width=10, note="从哪一期起，如 2022-11；空着的从还没有下发的第一期起。改名、改编码全年一致。",
        ),
        TableColumn(title="文号", width=24),
        TableColumn(title="说明", width=40),
    ),
    since="0.2",
)

CHANGES = Table(
    "变更记录",
    (
        TableColumn(title="编号", content=ColumnContent.CODE, width=12, note="由程序填写，请不要改动。"),
        TableColumn(title="表", width=8),
        TableColumn(title="对象", content=ColumnContent.CODE, width=12),
        TableColumn(title="栏", width=12),
        TableColumn(title="原为", content=ColumnContent.CODE, width=28),
        TableColumn(title="改为", content=ColumnContent.CODE, width=28),
        TableColumn(
            title="起始期次", content=ColumnContent.CODE, width=10, note="调整从哪一期起，如 2022-11，可以改；下次汇总时照它算。更正的空着。",
        ),
        TableColumn(
            title="更正", width=7, choices=("是", "否"), content=ColumnContent.CHOICE,
            note="原来写错了、要改正没有定稿的各期的，填 是；从起始期次起才变的，填 否。",
        ),
        TableColumn(title="文号", width=22, note="调整的文号，可以填。"),
        TableColumn(title="依据", width=30, note="更正使指标变容易的（目标变低、时限推后、不再考核），要填依据。"),
        TableColumn(title="记录时间", width=17),
        TableColumn(title="经办人", width=10),
    ),
    since="0.2",
)
"""The picture of what the journal keeps of the plan's changes: 起始期次, 更正, 文号 and 依据 are read as answers."""

QUESTIONS = Table(
    "待确认",
    (
        TableColumn(title="编号", content=ColumnContent.CODE, width=7, required=True, note="由程序填写，请不要改动。"),
        TableColumn(title="表", width=8, required=True),
        TableColumn(title="对象", content=ColumnContent.CODE, width=12, note="那一行的编码、序号或单位；整张表的空着。"),
        TableColumn(title="栏", width=11, required=True),
        TableColumn(title="问题", width=44, required=True),
        TableColumn(title="原句", width=50),
        TableColumn(title="选项", width=28, note="能选的，用 、 分开；有“其他”的，也可以在答复里直接写上应填的。"),
        TableColumn(title="默认", content=ColumnContent.CODE, width=16, note="不答复时用的，表里现在填的就是它。"),
        TableColumn(
            title="答复", content=ColumnContent.CODE, width=20,
            note="从下拉里选一个，存盘就照办；直接在那张表里改了的，这里不用再选。“空着”就是那一格不填。",
        ),
        TableColumn(title="影响", width=36, note="答复不同，什么会变。"),
    ),
    since="0.2",
)
"""What the words of a published table leave open, each with a default that stands in the plan already."""

NUMBERS = Table(
    "数字对照表",
    (
        TableColumn(title="项目", content=ColumnContent.CODE, width=8),
        TableColumn(title="数", content=ColumnContent.CODE, width=14),
        TableColumn(title="原句", width=70),
        TableColumn(title="归属", width=40),
    ),
    since="0.2",
)
"""The picture of what became of each number of a published table: it is not read back."""

TABLES = (TASKS, INDICATORS, UNITS, GROUPS, STEPS, SETTINGS, EVENTS, CHANGES, QUESTIONS, NUMBERS)
PICTURES = (CHANGES, NUMBERS)
"""What the plan is not known by: it is told of, and says nothing."""
OWN_COLUMNS = ("备注",)
"""Columns that the office may add for itself: nobody reads them, and the plan is not known by them."""
PERIOD_COLUMNS = ("起始期次", "暂停起始期", "恢复起始期")
"""Columns that hold a period, which Excel makes the first day of a month where they are not text."""


class RawRow(NamedTuple):
    """A row as text: `number` is that of the sheet or of the CSV record (the head is 1)."""

    number: int
    cells: dict[str, str]


class Misread(NamedTuple):
    """A cell of a workbook that cannot be read as text: its place, the code of the problem, what is seen."""

    table: str
    row: int
    column: str
    code: str
    seen: str


class RawTables(NamedTuple):
    """A plan as text, before any check: rows of each table, heads as found, cells that misread."""

    rows: dict[str, list[RawRow]]
    heads: dict[str, tuple[str, ...]]
    misread: tuple[Misread, ...] = ()
    far: tuple[tuple[str, str], ...] = ()
    """Table and address of cells far outside it that say nothing."""
    strangers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Sheets that are no table, with their heads."""
    examples: int = 0
    """How many rows were left out that only show how a row is written."""

    def plain(self) -> dict[str, list[dict[str, str]]]:
        """The rows without their numbers, every declared column present."""
        return {table.name: table.filled(self._cells(table.name)) for table in TABLES}

    def _cells(self, table: str) -> Iterator[dict[str, str]]:
        return (row.cells for row in self.rows.get(table, []))


def as_read(tables: Mapping[str, Iterable[Mapping[str, str]]]) -> RawTables:
    """Tables as if read from a file, those that are not given without a row."""
    rows: dict[str, list[RawRow]] = {}
    for table in TABLES:
        rows[table.name] = [RawRow(number, dict(cells)) for number, cells in enumerate(tables.get(table.name, ()), 2)]
    return RawTables(rows, {table.name: table.titles for table in TABLES})


_BETWEEN_NAMES = re.compile(r"[、，,；;\r\n]")


def names_in(text: str) -> Iterator[str]:
    """The names in a list such as 县财政局、县妇联, whatever stands between them."""
    for name in _BETWEEN_NAMES.split(text):
        if name.strip():
            yield name.strip()
