"""Sentences made of words that leave no doubt, each with what a person would read in it."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import NamedTuple

Draw = Random


class Wanted(NamedTuple):
    """A target as it must be read."""

    value: Fraction
    measure: str
    comparator: str
    kind: str
    tier: str = "考核"
    weight: Fraction = Fraction(1)
    is_part: bool = False


class Promise(NamedTuple):
    """A piece of a sentence and its targets, in the order of its numbers."""

    words: str
    wanted: tuple[Wanted, ...]


WORKS = (
    ("新建", "公办幼儿园", "所"), ("改造", "老旧小区", "个"), ("安装", "路灯", "盏"), ("救助", "困难残疾人", "人"), ("培训", "养老护理员", "人次"),
    ("举办", "专场招聘会", "场"), ("硬化", "农村道路", "公里"), ("建成", "口袋公园", "处"), ("更换", "燃气软管", "户"), ("培育", "家庭农场", "家"),
    ("植树", "造林绿化", "亩"), ("资助", "困难学生", "人"), ("新增", "停车泊位", "个"), ("配备", "校车", "辆"), ("修复", "文物点", "处"),
    ("发放", "助学贷款", "万元"), ("铺设", "供水管网", "公里"), ("改造", "农村危房", "户"), ("采购", "图书", "册"), ("创建", "示范村", "个"),
)
BEFORE = (("", "≥"), ("不少于", "≥"), ("至少", "≥"), ("超过", "＞"), ("不低于", "≥"), ("不超过", "≤"))
STOCKS = (("护理型床位数", "张"), ("公交车保有量", "辆"), ("在册志愿者人数", "人"), ("公园绿地面积", "平方米"), ("养老服务场所总数", "处"))
RATES = ("家庭医生签约率", "农村自来水普及率", "群众满意率", "垃圾无害化处理率", "老年人体检率", "生活污水治理率", "社区服务设施覆盖率")
LOW_RATES = ("城镇登记失业率", "供水管网漏损率", "孕产妇死亡率")
WHOLES = ("行政村", "社区", "乡镇", "中小学校")
LEADS = ("", "全年", "年底前", "积极推进民生改善，", "年内")
TAILS = ("", "", "", "，不断提升群众获得感", "，切实改善人居环境")


def _number(draw: Draw) -> tuple[str, int]:
    """A number of things as papers write it, and what it is."""
    way = draw.choice(("digits", "digits", "thousands", "myriads", "chinese"))
    if way == "digits":
        value = draw.randint(2, 9999)
        return str(value), value
    if way == "thousands":
        value = draw.randint(1000, 99999)
        return f"{value:,}", value
    if way == "myriads":
        hundreds = draw.randint(11, 999)
        return f"{Fraction(hundreds, 100).__float__():g}万", hundreds * 100
    tens, ones = draw.randint(2, 9), draw.randint(1, 9)
    signs = "零一二三四五六七八九"
    return f"{signs[tens]}十{signs[ones]}", tens * 10 + ones


def _percent(draw: Draw) -> tuple[str, Fraction]:
    tenths = draw.choice((draw.randint(100, 989), 10 * draw.randint(10, 99)))
    text = f"{tenths / 10:g}"
    return draw.choice((f"{text}%", f"百分之{text}")), Fraction(tenths, 1000)


def counted(draw: Draw) -> Promise:
    verb, noun, measure = draw.choice(WORKS)
    number, value = ("800", 800) if measure == "万元" else _number(draw)
    word, comparator = draw.choice(BEFORE)
    after = draw.choice(("", "以上")) if not word else ""
    phrase = f"{word}{number}{measure}{after}"
    words = draw.choice((f"{verb}{noun}{phrase}", f"{verb}{phrase}{noun}"))
    return Promise(words, (Wanted(Fraction(value), measure, comparator, "累计量"),))


def standing(draw: Draw) -> Promise:
    name, measure = draw.choice(STOCKS)
    number, value = _number(draw)
    way, comparator = draw.choice((("达到{}", "≥"), ("达到{}以上", "≥"), ("增加到{}", "≥"), ("不少于{}", "≥"), ("稳定在{}以上", "≥")))
    return Promise(f"{name}{way.format(number + measure)}", (Wanted(Fraction(value), measure, comparator, "时点量"),))


def rate(draw: Draw) -> Promise:
    percent, value = _percent(draw)
    way, comparator = draw.choice((("达到{}", "≥"), ("不低于{}", "≥"), ("达到{}以上", "≥"), ("超过{}", "＞"), ("提高到{}", "≥")))
    return Promise(f"{draw.choice(RATES)}{way.format(percent)}", (Wanted(value, "%", comparator, "比率"),))


def low_rate(draw: Draw) -> Promise:
    percent, value = _percent(draw)
    way = draw.choice(("控制在{}以内", "不超过{}", "不高于{}", "降到{}以下"))
    return Promise(f"{draw.choice(LOW_RATES)}{way.format(percent)}", (Wanted(value, "%", "≤", "比率"),))


def share(draw: Draw) -> Promise:
    percent, value = _percent(draw)
    after, comparator = draw.choice((("", "≥"), ("以上", "≥")))
    words = f"{percent}{after}的{draw.choice(WHOLES)}{draw.choice(('建成文化广场', '设立便民服务点', '配备专职管理员'))}"
    return Promise(words, (Wanted(value, "%", comparator, "比率"),))


def with_part(draw: Draw) -> Promise:
    number, value = draw.randint(100, 9999), draw.randint(2, 99)
    words = f"新增学位{number}个，其中公办学位{value}个"
    inside = f"新增学位{number}个（含公办学位{value}个）"
    whole, part = Wanted(Fraction(number), "个", "≥", "累计量"), Wanted(Fraction(value), "个", "≥", "累计量", is_part=True)
    return Promise(draw.choice((words, inside)), (whole, part))


def in_two_measures(draw: Draw) -> Promise:
    """One work counted twice weighs once."""
    one, other, half = draw.randint(2, 99), draw.randint(100, 9999), Fraction(1, 2)
    joint = draw.choice(("共", "，惠及居民", "，涉及居民"))
    return Promise(f"改造老旧小区{one}个{joint}{other}户", (
        Wanted(Fraction(one), "个", "≥", "累计量", weight=half), Wanted(Fraction(other), "户", "≥", "累计量", weight=half),
    ))


def for_each(draw: Draw) -> Promise:
    value = draw.randint(100, 20000)
    one = Wanted(Fraction(value), "人", "≥", "累计量")
    return Promise(f"宫颈癌、乳腺癌筛查各完成{value}人", (one, one))


def all_of_them(draw: Draw) -> Promise:
    percent, value = _percent(draw)
    one = Wanted(value, "%", "≥", "比率")
    return Promise(f"按时办结率、群众满意率均不低于{percent}", (one, one))


def gate(draw: Draw) -> Promise:
    whole, thing, measure = draw.choice((("乡镇", "文化站", "个"), ("社区", "养老服务场所", "处"), ("街道", "便民书房", "处")))
    words = f"每个{whole}{draw.choice(('有', '建成', '至少有'))}{draw.randint(1, 3)}{measure}{thing}"
    return Promise(words, (Wanted(Fraction(1), "%", "≥", "比率", tier="约束"),))


def growth(draw: Draw) -> Promise:
    percent, value = _percent(draw)
    name, verb = draw.choice((("社会消费品零售总额", "增长"), ("旅游综合收入", "同比增长"), ("群众投诉量", "下降")))
    return Promise(f"{name}{verb}{percent}{draw.choice(('', '以上'))}", (Wanted(value, "%", "≥", "比率"),))


def time_limit(draw: Draw) -> Promise:
    days = draw.randint(2, 30)
    words = draw.choice((f"平均办理时限压缩至{days}个工作日以内", f"平均办理时限不超过{days}个工作日"))
    return Promise(words, (Wanted(Fraction(days), "个工作日", "≤", "时点量"),))


def with_a_number_in_its_name(draw: Draw) -> Promise:
    number, value = draw.randint(2, 99), draw.randint(2, 99)
    words, measure = draw.choice((
        (f"新建“{number}分钟便民生活圈”{{}}个", "个"), ("新建5G基站{}座", "座"), ("改造110千伏变电站{}座", "座"), ("扩建国道311线{}公里", "公里"),
        ("推广12345热线进社区{}场次", "场次"), ("完成二期工程管网铺设{}公里", "公里"), ("建设AAA级旅游厕所{}座", "座"), ("建成3A级景区{}家", "家"),
        ("为65岁以上老年人免费体检{}人次", "人次"), ("开展35—64岁妇女“两癌”筛查{}人", "人"), ("救助0—6岁残疾儿童{}人", "人"), ("新建九年一贯制学校{}所", "所"),
        ("为20户以上自然村通硬化路{}公里", "公里"), ("改造2000年底前建成的老旧小区{}个", "个"),
    ))
    return Promise(words.format(value), (Wanted(Fraction(value), measure, "≥", "累计量"),))


def money(draw: Draw) -> Promise:
    """Money that is said in 万 or more is entered in 万元."""
    tenths, verb = draw.randint(1, 99), draw.choice(("完成投资", "投入资金", "发放创业担保贷款", "减免困难群众医药费"))
    ten_thousands = draw.randint(2, 9999)
    text, value = draw.choice(((f"{tenths / 10:g}亿元", Fraction(tenths * 1000)), (f"{ten_thousands}万元", Fraction(ten_thousands))))
    return Promise(f"{verb}{text}", (Wanted(value, "万元", "≥", "累计量"),))


def in_a_list(draw: Draw) -> Promise:
    """One verb for two things."""
    one, other = draw.randint(2, 99), draw.randint(2, 9999)
    words = draw.choice(("新建公园{}个、停车场{}处", "新建公园{}个和停车场{}处", "新建公园{}个，停车场{}处"))
    return Promise(words.format(one, other), (
        Wanted(Fraction(one), "个", "≥", "累计量"), Wanted(Fraction(other), "处", "≥", "累计量"),
    ))


def with_steps(draw: Draw) -> Promise:
    """What is to be done by a month is no target of its own."""
    value = draw.randint(2, 99)
    steps = draw.choice(("6月底前完成50%，年底前全部完成", "6月底前开工，11月底前完工", "一季度启动，三季度完成60%", "9月底前完成工程量的80%"))
    return Promise(f"改造农贸市场{value}个，{steps}", (Wanted(Fraction(value), "个", "≥", "累计量"),))


def one_for_each(draw: Draw) -> Promise:
    value = draw.randint(2, 99)
    words = draw.choice(("为{}所农村学校各配备1套录播设备", "为{}所卫生院各配备2台除颤仪"))
    return Promise(words.format(value), (Wanted(Fraction(value), "所", "≥", "累计量"),))


def fewer(draw: Draw) -> Promise:
    value = draw.randint(2, 99)
    words, measure = draw.choice((("道路交通事故死亡人数不超过{}人", "人"), ("较大火灾控制在{}起以内", "起"), ("安全生产事故不超过{}起", "起")))
    return Promise(words.format(value), (Wanted(Fraction(value), measure, "≤", "累计量"),))


def by_words(draw: Draw) -> Promise:
    """A part said in words."""
    words, value = draw.choice((("一半", Fraction(1, 2)), ("三分之二", Fraction(2, 3)), ("八成", Fraction(4, 5)), ("四分之三", Fraction(3, 4))))
    return Promise(f"{words}以上的{draw.choice(WHOLES)}建成文化广场", (Wanted(value, "%", "≥", "比率"),))


MAKERS: tuple[Callable[[Draw], Promise], ...] = (
    counted, counted, counted, counted, standing, rate, rate, low_rate, share, with_part, in_two_measures, for_each,
    all_of_them, gate, growth, time_limit, with_a_number_in_its_name, money, in_a_list, with_steps, one_for_each,
    fewer, by_words,
)


class Composed(NamedTuple):
    """A sentence, and its targets in the order of its numbers."""

    text: str
    wanted: tuple[Wanted, ...]


def composed(draw: Draw) -> Composed:
    """One to three promises, each a part of the sentence of its own."""
    promises: Sequence[Promise] = [draw.choice(MAKERS)(draw) for _ in range(draw.randint(1, 3))]
    text = draw.choice(LEADS) + "；".join(f"{one.words}{draw.choice(TAILS)}" for one in promises) + "。"
    return Composed(text, tuple(wanted for one in promises for wanted in one.wanted))
