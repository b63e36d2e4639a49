"""The shapes of what is promised, as data: one a line, each with its examples, which are its tests.

In a clause as these read it every quantity (with its comparator words and measure) is one sign, `Q` in the patterns.
The first shape that fits says how the clause is read. Of an example the last clause is meant, where the shape only
goes on with what stands before.
"""

import re
from typing import NamedTuple

FIRST, LAST = 0xE000, 0xF7FF
_SIGNS = f"{chr(FIRST)}-{chr(LAST)}"
Q = f"[{_SIGNS}]"
_Q_OR_CLASS = re.compile(r"\[\^?[^\]]*\]|Q")


class Shape(NamedTuple):
    """What a clause may look like, what it is then read as, and clauses that look so (with numbers in their place)."""

    reads: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


def _shape(reads: str, pattern: str, *examples: str) -> Shape:
    marked = _Q_OR_CLASS.sub(lambda found: Q if found[0] == "Q" else found[0].replace("Q", _SIGNS), pattern)
    return Shape(reads, re.compile(marked), examples)


_LIST = r"[^，。；Q]*?[、和及与][^，。；Q]*?"
_UNIT = (
    r"乡镇卫生院|社区卫生服务中心|"
    r"街道|乡镇（街道）|镇（街道）|乡镇（办事处）|镇（街）|镇街|乡镇|镇|乡|社区|行政村|村（社区）|村|县区|县（区）|区县|县|区|学校|中小学校?|幼儿园|医院|卫生院|村卫生室|园区|小区|"
    r"养老机构|机构|站点|单位|部门|企业|网格|服务站|服务中心|中心|处|所|家|场馆|图书馆|文化馆|公园|学区|班级|年级|管理区|办事处"
)
_HAVE = (
    r"有|建有|设有|拥有|配有|配备|配置|配齐|建成|建好|建设|建立|建|设立|设置|设|打造|培育|至少有|具有|创建|开设|开展|举办|组织|安排|改造|新建|完成|安装|选派|落实|培养|聘请|选聘|"
    r"组建|成立"
)
SHAPES = (
    _shape("gate", rf"(?P<lead>[^Q]*?)(?:每|各)(?:一)?(?:个|所|处|家|座)?(?P<scope>{_UNIT})(?P<rest>[^Q，]{{0,12}}?)(?:都|均|要|"
           rf"须|应)*"
           rf"(?P<has>{_HAVE})(?:至少|不少于)?(?P<q>Q)(?P<object>[^Q]*)\Z",
           "每个街道有1处综合养老服务设施", "每个乡镇建成不少于1个文化站", "各社区至少建成1个书房", "每个村配备2名保洁员"),
    _shape("least", rf"(?P<lead>[^Q]*?)(?:每|各)(?:一)?(?:个|所|处|家|座)?(?P<scope>{_UNIT})(?P<rest>[^Q，]{{1,14}})"
           rf"(?P<q>Q)(?P<object>[^Q]*)\Z",
           "每个养老机构床位不少于50张", "每处面积不少于200平方米"),
    _shape("often", r"(?P<lead>[^Q]*?)每(?:个|学)?(?P<scope>年度?|季度|季|月|周|星期|天|日|半年|学期|学年|人|名|户|"
           r"公里|千米|亩|平方米|次)(?P<rest>[^Q，]*)(?P<q>Q)(?P<object>[^Q]*)\Z",
           "每月开展活动不少于2场", "每人培训不少于40学时", "每公里不少于30盏"),
    _shape("covered", r"(?:实现|推动|确保|完成)(?P<first>[^，Q]+?)[和及与](?P<list>[^，Q]*?)等(?P<q>Q)(?P<object>[^Q]*?)全覆盖\Z",
           "实现普通门诊费用和高血压、糖尿病等5种门诊慢特病直接结算全覆盖"),
    _shape("each_of", r"(?P<head>[^Q]*?)(?P<q>Q)(?P<object>[^Q，]+?)(?:各|分别|每[所个村校家户人])(?P<verb>[^Q，]{1,6})"
           r"(?P<s>Q)(?P<tail>[^Q]*)\Z",
           "为23所农村学校各配备1套录播设备"),
    _shape("respectively", r"(?P<list>[^Q，]*?)分别(?P<verb>[^Q，]*)Q(?:[、，和及与]*Q)+\Z",
           "签约率、接种率分别达到60%、95%", "新建、改建学校分别为3所和5所"),
    _shape("each", r"(?P<list>[^Q]*?)各(?P<verb>[^Q，]{0,8})(?P<q>Q)(?P<tail>[^Q]*)\Z",
           "宫颈癌、乳腺癌筛查各完成15000人", "宫颈癌、乳腺癌筛查，各完成筛查15000人", "建设公园、广场各2个"),
    _shape("all", rf"(?P<list>{_LIST})(?:均|都)[^Q]{{0,3}}(?P<q>Q)(?P<tail>[^Q]*)\Z",
           "月使用率、可用率均不低于90%", "按时办结率和满意率都达到95%以上"),
    _shape("part", r"(?:其中|内含|包括|包含|含)[：:，]?(?P<head>[^Q]*?)(?P<q>Q)(?P<tail>[^Q]*)\Z",
           "新增技能人才2.55万人，含高技能人才1.04万人", "新增学位1200个，其中公办学位800个"),
    _shape("same", r"(?:，|、|，)?(?P<word>总?共计?|合计|总计|计|共有|涉及|惠及|受益|覆盖|可?容纳|总面积约?|面积|全长|共涉及|共惠及|建筑面积|总?建筑面积|总?里程|总?长度?)"
           r"(?P<what>居民|群众|村民|住户|人口|农户|家庭|户数|学生|老年人|职工|人数|面积)*(?:约|达|为|到)*(?P<q>Q)(?P<tail>[^Q]{0,8})\Z",
           "改造老旧小区9个，共639户", "改造老旧小区9个，惠及居民8600户", "新建学校1所，总建筑面积2万平方米"),
    _shape("bare", r"(?P<q>Q)\Z", "改造老旧小区9个，1.2万户"),
    _shape("step", r"(?P<head>[^Q]*?)(?:完成|达到|实现|过|建成|改造)?(?:总?工程量|投资|任务|总?进度|年度任务|全年任务|总?任务量|目标任务|建设任务|形象进度|"
           r"工程进度)?的?(?P<q>Q)(?:工程量|任务|进度|的?投资|的?年度任务|的?建设任务|的?任务量)?\Z",
           "改造老旧小区9个，6月底前完成50%", "改造老旧小区9个，9月底前完成工程量的80%"),
    _shape("growth", r"(?P<head>[^Q]*?)(?P<q>Q)(?P<tail>[^Q]*)\Z", "社会消费品零售总额增长5%", "投诉量下降10%以上", "同比增长8%"),
    _shape("rate", r"(?P<head>[^Q]*(?:率|比例|占比|比重|满意度|覆盖面|知晓度|程度|比|指数|合格|优良|达标|全覆盖|浓度|强度|水平|系数|"
           r"密度))(?:的?目标)?[^Q]{0,4}?(?P<q>Q)(?P<tail>[^Q]*)\Z",
           "新生儿听力筛查率达到98%", "办结率100%"),
    _shape("share", r"(?P<head>[^Q]*?)(?P<q>Q)(?:的)?(?P<of>[^Q，]{1,14}?)(?P<done>实现|设立|建成|建有|完成|达到|开展|通过|配备|设有|开通|通|"
           r"用上|有|纳入|享受|得到|具备|接入|参加|能够|当日|按时|即时|网上|“|\Z)(?P<tail>[^Q]*)\Z",
           "60%行政村设立村级寄递物流综合服务站", "一半以上的乡镇建成示范站"),
    _shape("plain", r"(?P<head>[^Q]*?)(?P<q>Q)(?P<tail>.*)\Z",
           "新建公办幼儿园1所", "新增15个行政村农村客运班线实现公交化运行"),
)
"""`step`, `growth`, `share` and `rate` are asked only of shares, `growth` of those that rise or fall by something,
`step` where a month stands and a work before it."""

BY_NAME = {one.reads: one for one in SHAPES}
