"""A plan to be filled in by hand: heads, examples that show how a row is written, and what to do in plain words."""

from typing import NamedTuple

from minsheng_xl.plan.options import OPTIONS
from minsheng_xl.plan.tables import EXAMPLE, INDICATORS, SETTINGS, TASKS, UNITS, RawTables, as_read

_SENTENCES = {
    "1": "年内改造农村饮水管网 120 公里，新增供水 2 万人。", "2": "改造老旧小区 7 个，居民满意度不低于 90%。",
}
_TASKS = (
    {
        "序号": f"{EXAMPLE}1", "项目": "改造农村饮水管网", "指标任务": _SENTENCES["1"], "牵头单位": "县水利局",
        "责任单位": "县财政局、各乡镇", "认定单位": "县统计局", "完成时限": "11月底前",
    },
    {
        "序号": f"{EXAMPLE}2", "项目": "改造老旧小区", "指标任务": _SENTENCES["2"], "牵头单位": "县住房和城乡建设局",
        "责任单位": "县财政局", "认定单位": "县统计局",
    },
)
_INDICATORS = (
    {
        "编码": f"{EXAMPLE}1-1", "类别": "考核", "项目": "1", "指标": "改造农村饮水管网", "原文": "改造农村饮水管网 120 公里",
        "类型": "累计量", "计量单位": "公里", "小数位": "1", "比较": "≥", "目标": "120", "序时规则": "节点",
    },
    {
        "编码": f"{EXAMPLE}2-2", "类别": "考核", "项目": "2", "指标": "居民满意度", "原文": "居民满意度不低于 90%", "类型": "比率",
        "计量单位": "%", "小数位": "1", "比较": "≥", "目标": "90%", "序时规则": "全年一致", "分子": "满意户数", "分母": "受访户数",
        "分母来源": "单位填报",
    },
)
_UNITS = (
    {"单位": f"{EXAMPLE}：县水利局", "别名": "水利局", "全称": "某县水利局", "联系人": "张三", "电话": "0000-0000000"},
    {"单位": f"{EXAMPLE}：县住房和城乡建设局", "别名": "县住建局、住建局", "全称": "某县住房和城乡建设局"},
)


class Instructions(NamedTuple):
    """A sheet of words: its name, its lines, the first of which is its title, its width."""

    sheet: str
    lines: tuple[str, ...]
    width: float


INSTRUCTIONS = Instructions("说明", (
    "怎样填这份计划",
    "1. 任务表：照公布的任务表抄，一个项目一行，指标任务一字不改。几个单位用 、 分开。",
    "2. 单位：任务表里写到的每个单位一行；同一单位的别的写法（如 县住建局）写在“别名”里。程序只认这里登记的，从不按相似猜。",
    "3. 指标：指标任务里每一个要考核的数一行。编码自己定（如 1-1：第1项的第一个），“项目”写任务表的序号；超、超过用 ＞，不少于、达到用 ≥，"
    "以内、不超过用 ≤。比率的目标写百分数，建成一类的类型选里程碑，比较、目标都写 是。",
    "4. 参数：地区、标题、年度一定要填；报送日是次月几日前报送，遇节假日的在“报送期限”里按期写。分母、年初数核定了再填，空着也能下发。",
    "5. 组（可以不填）：各乡镇、各街道这样的合称写一次是哪几个单位，以后在责任单位里写 各乡镇 就行。",
    "6. 序时（可以不填）：工程类指标的节点，写到几月底应完成百分之几，或多少（如 6所、6/7），要有依据和确认单位；没有节点的不亮灯。",
    "7. 灰色的、第一格写着“示例”的行是样子，不算数，留着、删去都可以。照着写时，第一格不要带“示例”两个字。",
    "8. 填好存盘，运行 minsheng-xl plan check，或在菜单里选“检查计划”：哪张表、第几行、哪一列不对，一次说全。没有问题了再下发。",
    "表头上的小三角是每一列的填写说明，蓝色的列一定要填，该选的有下拉。变更、变更记录开始时空着。这一页可以删去。",
), 74)


def blank_tables() -> RawTables:
    """The tables of a plan without anything in it but examples, and the settings as they are by default."""
    rows = {TASKS.name: _TASKS, INDICATORS.name: _INDICATORS, UNITS.name: _UNITS, SETTINGS.name: tuple(_settings())}
    return as_read(rows)


def _settings() -> list[dict[str, str]]:
    """The settings of which there is one, blank where they have no default."""
    words = {"地区": "如 某县", "标题": "印在总台账、填报表上，如 某县2023年重点民生实事", "年度": "四位年份，如 2023"}
    return [
        {"参数": one.name, "对象": "", "值": one.default, "说明": words.get(one.name, "")}
        for one in OPTIONS if not one.since
    ]
