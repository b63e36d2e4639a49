"""The words of the grammar, as data: measures, comparator words, what a number is by its neighbours.

Each line has an example in which it must be found; the examples are tests.
"""

import re
from typing import NamedTuple

from minsheng_xl.plan.model import Comparator
from minsheng_xl.published.sentence import Use


def words(text: str) -> tuple[str, ...]:
    """The words of a list, which blanks divide."""
    return tuple(text.split())


AT_LEAST, MORE_THAN, AT_MOST = Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.AT_MOST


class MeasureWord(NamedTuple):
    """A measure as it is written, the one a clerk enters in, which is as much, and the decimals allowed."""

    written: str
    entered: str
    decimals: int = 0


_MORE = (
    MeasureWord("人（次）", "人次"), MeasureWord("人(次)", "人次"), MeasureWord("千米", "公里", 3),
    MeasureWord("公里", "公里", 3), MeasureWord("km", "公里", 3), MeasureWord("KM", "公里", 3),
    MeasureWord("平方公里", "平方公里", 2), MeasureWord("平方米", "平方米"), MeasureWord("平米", "平方米"),
    MeasureWord("㎡", "平方米"), MeasureWord("m2", "平方米"), MeasureWord("m²", "平方米"),
    MeasureWord("平方", "平方米"), MeasureWord("立方米", "立方米"), MeasureWord("延米", "延米"),
    MeasureWord("亩", "亩"), MeasureWord("公顷", "公顷", 2),
    MeasureWord("吨", "吨", 2), MeasureWord("公斤", "公斤"), MeasureWord("斤", "斤"), MeasureWord("个次", "个次"),
    MeasureWord("千瓦时", "千瓦时"),
    MeasureWord("千瓦", "千瓦"), MeasureWord("兆瓦", "兆瓦", 2), MeasureWord("微克/立方米", "微克/立方米", 1),
    MeasureWord("毫克/升", "毫克/升", 2), MeasureWord("微克每立方米", "微克/立方米", 1),
    MeasureWord("个百分点", "个百分点", 2), MeasureWord("百分点", "个百分点", 2),
    MeasureWord("元/人·月", "元/人·月"), MeasureWord("元/月", "元/月"), MeasureWord("元", "元"),
    MeasureWord("个工作日", "个工作日", 1), MeasureWord("工作日", "个工作日", 1),
    MeasureWord("个小时", "小时", 1), MeasureWord("小时", "小时", 1), MeasureWord("分钟", "分钟", 1),
    MeasureWord("秒钟", "秒", 1), MeasureWord("秒", "秒", 1),
    MeasureWord("℃", "℃", 1), MeasureWord("摄氏度", "℃", 1), MeasureWord("分贝", "分贝", 1),
    MeasureWord("倍", "倍", 2), MeasureWord("学时", "学时"), MeasureWord("课时", "课时"), MeasureWord("米", "米", 1),
)
_PLAIN = words(
    "人次 人 名 户次 户 家 个 所 处 座 张 台次 台 辆次 辆 架 艘 套 件次 件 条 项 场次 场 次 期 批次 批 班次 班 站 部 盏 株 棵 份 册 本 间 栋 幢 床 位 对 组 片 块 孔 眼 口 "
    "只 头 羽 枚 支 篇 例 种 类 门 款 首 宗 笔 单 起 扇 樘 面 尊 丛 道 段 堂 节 轮 队 校 村 社区 街道 乡镇 镇 乡 县 园 网格 学位 床位 车位 泊位 岗位 天 蓬 顶 把 根 尾 箱 "
    "袋 桶 票 班组 单元 小区 点 车次 航次 趟 趟次 人户 幅 平台 册次 路 剂次 剂 标台 张次 摊位 铺位 点位 兆 人天 标准间 千伏安 兆伏安 罐 篓 档 场所 课 网点 窝 匹 峰 集 部次 公斤 升 "
    "环 座次 榜 员 度 杯 碗 餐 餐次 台套 台（套） 套（间） 处（座） 个（处） 处（个）"
)
MEASURES = tuple(sorted(
    (*_MORE, *(MeasureWord(word, word) for word in _PLAIN)), key=lambda one: len(one.written), reverse=True,
))
"""Every measure, longer ones first."""
TIMES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "千": 10**3, "百": 100}
"""Words between a number and its measure that multiply it."""

PEOPLE_AND_EVENTS = frozenset(words(
    "人次 人 名 户次 件次 件 场次 场 次 期 批次 批 班次 份 例 台次 辆次 单 笔 趟 趟次 堂 节 课时 学时 车次 餐次 餐 袋 箱"
))
"""Measures of what is done day by day, which goes on evenly through the year."""
ONLY_COUNTED = frozenset(words(
    "人次 户次 件次 场次 场 次 期 批次 班次 台次 辆次 趟 趟次 车次 餐次 堂 例 件 起 剂次 册次 张次"
))
"""Measures that are counted up from the year's beginning, whatever verb stands there."""
PEOPLE = (
    r"(?:农村|城镇|贫困|脱贫|受益|常住|户籍|困难|留守|适龄|在校|失能|高龄|低收入|进城|返乡|青年|残疾)*(?:人口|群众|居民|村民|老人|老年人|妇女|儿童|学生|职工|劳动力|党员|农民工?|孕产妇|"
    r"新生儿|残疾人|患者|游客|毕业生|大学生|青少年)"
)
"""Who is counted in 人 where no measure stands: 3.2万农村人口."""
PER = r"/(?:每)?(?:[百千万亿]+)?(?:人|户|村|亩|次|个|月|年|天|日|处|小时|分钟|秒|平方米|平方公里|立方米|公里|升|床|千人|万元)(?:[·/](?:月|年|天))?"
"""What a measure may be divided by: 批次/千人."""
ZERO = r"(?<=清)零|零(?=增长|事故|死亡|伤亡|发生|新增|投诉|案件|发案|上访|感染|报告|违规)"
"""A target of none, as a word."""
NEAR = r"\s*(?:米|公里|千米|分钟|小时)(?:范围|半径|服务圈|生活圈|覆盖|健身圈|圈|通勤|步行|交通|就医|车程|养老|文化|阅读|便民|品质)"
"""How far or how long around something: part of its name."""
LIMITS = frozenset(words("个工作日 小时 分钟 秒 微克/立方米 毫克/升 元/人·月 元/月 ℃ 分贝 倍"))
"""Measures of how something stands, never of how much was done."""


class ComparatorWord(NamedTuple):
    """A word before or after a number, and what it says; `is_clear` where nobody has to be asked."""

    word: str
    comparator: Comparator
    example: str
    is_clear: bool = True


BEFORE = (
    ComparatorWord("不少于", AT_LEAST, "救助不少于120人"),
    ComparatorWord("不低于", AT_LEAST, "普及率不低于65%"),
    ComparatorWord("不小于", AT_LEAST, "面积不小于200平方米"),
    ComparatorWord("不下于", AT_LEAST, "演出不下于20场"),
    ComparatorWord("至少达到", AT_LEAST, "入驻企业至少达到5家"),
    ComparatorWord("至少", AT_LEAST, "药店至少1家"),
    ComparatorWord("最少", AT_LEAST, "岗位最少5个"),
    *(ComparatorWord(word, AT_MOST, f"交通事故{word}12起") for word in words(
        "不得超过 不得高于 不得大于 不得多于 不得突破 不得超出 不得超 不能超过 不能高于 不能大于 不能多于 不能突破 不能超出 不能超 "
        "不再超过 不再高于 不再大于 不再多于 不再突破 不再超出 不再超 不超过 不高于 不大于 不多于 不突破 不超出 不超"
    )),
    *(ComparatorWord(word, AT_LEAST, f"交通事故{word}12起") for word in words(
        "不得低于 不得少于 不得小于 不能低于 不能少于 不能小于"
    )),
    ComparatorWord("≥", AT_LEAST, "普及率≥65%"),
    ComparatorWord("⩾", AT_LEAST, "普及率⩾65%"),
    ComparatorWord(">", MORE_THAN, "落实率>90%"),
    ComparatorWord("≤", AT_MOST, "差错率≤3%"),
    ComparatorWord("⩽", AT_MOST, "差错率⩽3%"),
    ComparatorWord("<", AT_MOST, "漏损率<9%", is_clear=False),
    ComparatorWord("至多", AT_MOST, "检查至多2次"),
    ComparatorWord("最多", AT_MOST, "检查最多2次"),
    ComparatorWord("超过", MORE_THAN, "场所超过32处"),
    ComparatorWord("突破", MORE_THAN, "游客突破10万人次"),
    ComparatorWord("高于", MORE_THAN, "满意率高于90%"),
    ComparatorWord("大于", MORE_THAN, "满意率大于90%"),
    ComparatorWord("多于", MORE_THAN, "入驻企业多于5家"),
    ComparatorWord("超", MORE_THAN, "入驻企业超4家"),
    ComparatorWord("低于", AT_MOST, "失业率低于4%", is_clear=False),
    ComparatorWord("少于", AT_MOST, "交通事故少于3起", is_clear=False),
    ComparatorWord("小于", AT_MOST, "失业率小于5%", is_clear=False),
    ComparatorWord("力争达到", AT_LEAST, "普及率力争达到60%", is_clear=False),
    ComparatorWord("力争", AT_LEAST, "入驻企业力争5家", is_clear=False),
    ComparatorWord("争取达到", AT_LEAST, "普及率争取达到60%", is_clear=False),
    ComparatorWord("争取", AT_LEAST, "入驻企业争取5家", is_clear=False),
    ComparatorWord("接近", AT_LEAST, "培训接近5万人", is_clear=False),
    ComparatorWord("将近", AT_LEAST, "培训将近5万人", is_clear=False),
    ComparatorWord("大约", AT_LEAST, "培训大约500人", is_clear=False),
    ComparatorWord("约", AT_LEAST, "培训约500人", is_clear=False),
    ComparatorWord("近", AT_LEAST, "培训近500人", is_clear=False),
)
AFTER = (
    ComparatorWord("及以上", AT_LEAST, "新修道路30公里及以上"),
    ComparatorWord("（含）以上", AT_LEAST, "新修道路30公里（含）以上"),
    ComparatorWord("以上", AT_LEAST, "新修道路30公里以上"),
    ComparatorWord("及以内", AT_MOST, "办理时限3天及以内"),
    ComparatorWord("以内", AT_MOST, "失业率控制在5%以内"),
    ComparatorWord("之内", AT_MOST, "办理时限3个工作日之内"),
    ComparatorWord("及以下", AT_MOST, "失业率5%及以下"),
    ComparatorWord("以下", AT_MOST, "失业率控制在5%以下"),
    ComparatorWord("左右", AT_LEAST, "培训500人左右", is_clear=False),
    ComparatorWord("上下", AT_LEAST, "培训500人上下", is_clear=False),
)


class Approach(NamedTuple):
    """A verb right before a number, that says how the figure comes there."""

    word: str
    how: str
    example: str


REACH, RISE_TO, FALL_TO, RISE_BY, FALL_BY, CAP, HOLD = "达到", "升到", "降到", "增幅", "降幅", "控制", "保持"
APPROACHES = (
    *(Approach(word, RISE_TO, f"{word}95%") for word in (
        "提高到", "提高至", "提升到", "提升至", "增加到", "增加至", "增至", "升至", "扩大到", "扩大至", "上升到", "上升至", "提至", "提到",
        "扩展到", "拓展到", "增长到", "增长至", "延长到", "延长至",
    )),
    *(Approach(word, FALL_TO, f"{word}5%") for word in (
        "下降到", "下降至", "降低到", "降低至", "减少到", "减少至", "压缩到", "压缩至", "压减到", "压减至", "缩短到", "缩短至", "缩小到", "缩小至", "缩减到",
        "缩减至", "降到", "降至", "减至", "压降至", "压降到", "精简至", "精简到",
    )),
    *(Approach(word, CAP, f"{word}5%") for word in ("控制在", "稳定控制在", "限制在", "保证在", "压控在")),
    *(Approach(word, REACH, f"{word}60%") for word in (
        "均达到", "达到", "达", "实现", "不断达到", "覆盖到",
    )),
    *(Approach(word, HOLD, f"{word}60%") for word in ("稳定在", "保持在", "维持在", "保持", "巩固在")),
    *(Approach(word, RISE_BY, f"{word}5%") for word in ("同比增长", "增长", "提高", "提升", "同比提高", "同比提升", "上升", "递增", "增幅")),
    *(Approach(word, FALL_BY, f"{word}5%") for word in (
        "同比下降", "下降", "降低", "同比降低", "压减", "压降", "降幅", "缩短", "平均缩短", "减少", "同比减少",
    )),
)

STANDARD_IS_TARGET = (
    r"(?:增收|收入|增加)[^，。；、]{0,4}\Z|不低于[^，。；]*、[^，。；\d]{0,8}\Z|"
    r"(?:提高到|提高至|不低于|达到)[^。]*[，、；](?!代缴|缴费)[^，。；、\d]{2,24}(?:标准|费|金|津贴|"
    r"待遇|补助|补贴)(?:为|达|达到)?每[^，。；、\d]{0,4}\Z|(?:提高|提升|增加|调整|上调|提标|达)(?:到|至|为)?[^，。；、]{0,10}\Z|标准[^，。；、]{0,4}(?:不低于|"
    r"达到|提高)[^，。；、]{0,8}\Z|不低于[^，。；、]{0,6}\Z|每[^，。；、]{1,6}不低于\Z|(?:^|[，。；、\n：])(?![^，。；、\n]*(?:按|给予|发放|奖励|资助|"
    r"享受|每[人户生例]|户均|人均)[^，。；、\n]*标准)[^，。；、\n]{2,24}标准\Z"
)
"""What stands before an amount for each that is itself what is promised: 低保标准提高到每人每月720元."""
EACH = tuple((each, f"元/每{each}") for each in words(
    "人每月 人每年 人/月 户每月 户每年 生每年 生每天 人每天 月 年 人 户 亩"
))
"""For whom and how often an amount is, and what it is measured in until it is named after that."""


class UseWord(NamedTuple):
    """What a number is by its neighbours: patterns of what ends before it, of itself, of what begins after it."""

    use: Use
    before: str
    itself: str
    after: str
    example: str
    number: str


_SPAN = r"\s*(?:[-—–~～至到、]+\s*\d+(?:\.\d+)?\s*)?"
_TIME = r"(?:个)?(?:小时|分钟|秒)|天(?!然)|周(?!岁|边|围|转)|个月|年(?!级|龄)|个?学年|个学期|年以[上内]|刻钟"
USES = (
    UseWord(Use.NAME, r"", r"\d.*", NEAR, "15分钟便民生活圈", "15"),
    UseWord(Use.NAME, r"[A-Za-z][-.]?", r"\d.*", r"", "PM2.5浓度", "2.5"),
    UseWord(
        Use.NAME, r"", r"\d.*",
        r"(?:G|K(?!M)|A级|A景区|A旅游|[kK][vV]|千伏(?!安)|D(?!N)|S[店站]|号(?:线|楼|院|公路|工程|项目|桥|泵站|井|厂|地块|路|街|区|院|变电站)|路公交)",
        "5G基站", "5",
    ),
    UseWord(Use.NAME, r"(?<![发拨热打])(?:国道|省道|县道|热线|平台|专线|邮编|代码)", r"\d{3,}", r"", "国道311", "311"),
    UseWord(Use.NAME, r"", r"\d{3,}", r"(?:[”\"]?(?:政务服务|便民|市民)?(?:服务)?(?:热线|平台|系统|网格))", "12345热线", "12345"),
    UseWord(Use.NAME, r"", r"\d+", r"[×xX*+＋]\s*\d+", "7×24小时", "7"),
    UseWord(Use.NAME, r"\d\s*[×xX*+＋]\s*", r"\d+", r"", "7×24小时", "24"),
    UseWord(Use.ORDER, r"(?:^|[。；;：:\n\s）)])", r"\d{1,2}", r"\s*(?:[.．](?!\d)|、|[)）])", "1.新建学校", "1"),
    UseWord(Use.ORDER, r"[（(]", r"\d{1,2}|[一二三四五六七八九十]{1,2}", r"[)）](?!以上)", "（一）就业", "一"),
    UseWord(Use.ORDER, r"(?:^|[。；;：:\n\s])", r"[一二三四五六七八九十]{1,2}", r"、|是", "一是新建学校", "一"),
    UseWord(Use.NAME, r"", r"[百千万]", r"(?:名|个)?(?:人口|老年人|常住|户籍|人(?=拥有|口|均)|门急诊)", "千人口托位数", "千"),
    UseWord(Use.NAME, r"每", r"\d+", r"(?:百|千|万)?(?:名|个|户)?(?:人|户|常住|老年|居民)", "每10万人配置数", "10"),
    UseWord(Use.NAME, r"", r"\d{3}", r"(?:国道|省道|县道|乡道)", "320国道北侧", "320"),
    UseWord(Use.NAME, r"(?:公交[^，。；]{0,12}|路、)", r"\d{1,3}", r"路(?!视频|监控|摄像)", "优化公交线路101路", "101"),
    UseWord(
        Use.STANDARD, r"(?:户均|人均|每[^，。；\d]{1,4})(?:补助|补贴|奖补|资助|救助)[^，。；\d]{0,4}", r"\d.*", r"\s*(?:万)?元",
        "户均补助不超过3000元", "3000",
    ),
    UseWord(Use.NAME, r"", r"\d.*", r"版", "2.0版辅导站", "2.0"),
    UseWord(Use.NAME, r"(?:^|[，。；、\n：])", r"[百千万]", r"[人户]", "万人公交车拥有量", "万"),
    UseWord(Use.NAME, r"[\d两三四五六七八九十]个[“\"]?", r"100%|百分之百", r"", "三个100%", "100%"),
    UseWord(Use.NAME, r"", r"[\d两三四五六七八九十]", r"个[“\"]?(?:100%|百分之百)", "三个100%", "三"),
    UseWord(Use.NAME, r"每", r"[百千万]", r"", "每千人口托位数", "千"),
    UseWord(Use.STANDARD, r"(?:开展|进行|提供|享受|接受|免费|组织)", r"一", r"次(?!性)", "免费开展一次宫颈癌筛查", "一"),
    UseWord(Use.ORDER, r"第", r".+", r"", "第3批", "3"),
    UseWord(Use.ORDER, r"[（(]", r".+", r"期[）)]", "（一期）", "一"),
    UseWord(Use.ORDER, r"(?<![各每举办新])", r"[一二三四五六]", r"期(?:[^，。；、]{0,2}(?:工程|项目|建设|改造))", "二期工程", "二"),
    UseWord(
        Use.DATE, r"", r"(?:19|20)\d\d|二[〇零]\S\S", r"\s*(?:[-—–~～至到]\s*(?:19|20)\d\d)?\s*(?:年|[-./]\d)",
        "2022年", "2022",
    ),
    UseWord(Use.DATE, r"(?:19|20)\d\d\s*(?:[-—–~～至到年])\s*", r"(?:19|20)\d\d", r"", "2021—2025年", "2025"),
    UseWord(
        Use.DATE, r"", r"\d{1,2}|[一二三四五六七八九十]{1,2}", r"\s*(?:[-—–~～至到]\s*\d{1,2}\s*)?月(?!均|度|活|使|办|租|度)(?:份)?",
        "6月底前", "6",
    ),
    UseWord(Use.DATE, r"\d\s*月\s*(?:\d+\s*[-—至到]\s*)?", r"\d{1,2}", r"\s*[日号]", "12月31日", "31"),
    UseWord(Use.DATE, r"", r"\d{1,2}|[一二三四]", r"\s*季度(?!末?均)", "三季度", "三"),
    UseWord(Use.AGE, r"", r".+", rf"{_SPAN}(?:周)?岁", "60周岁以上", "60"),
    UseWord(Use.AGE, r"\d\s*[-—–~～至到]\s*", r"\d+", r"\s*(?:周)?岁", "35—64岁", "64"),
    UseWord(
        Use.STANDARD, r"(?:每[^\d，。；、]{1,4}|人均|户均|亩均|村均|按照?|标准(?:为|是)?)(?:每?[月年天日次])?(?:[^\d，。；、达不提升到至]{0,6})",
        r"\d.*", r"\s*(?:万)?元", "每人每月100元", "100",
    ),
    UseWord(
        Use.STANDARD, r"", r"\d.*", r"\s*(?:万)?元\s*(?:/|每)?(?:人|户|月|年|亩|次|份|餐)?(?:[·/每][月年])?的?标准", "按100元/人的标准", "100",
    ),
    UseWord(Use.NAME, r"[（(、]", r"\d{1,3}", r"路(?=[、）)])", "公交线路（101路、103路）", "101"),
    UseWord(Use.NAME, r"”", r"[两二三四五六七八九十]+", r"(?:项|个|大|类)[^，。；、]{0,4}(?:工程|行动|计划|活动|政策|制度)", "“广东技工”“南粤家政”三项工程", "三"),
    UseWord(
        Use.STANDARD, r"(?:低于|不足|未达到?|未满|不满|少于)", r"\d.*", r"[^\d，。；、]{1,5}的(?!目标|要求|标准)",
        "人均住房面积低于15平方米的家庭", "15",
    ),
    UseWord(
        Use.STANDARD, r"(?:补助|补贴|奖补|奖励|资助|补偿)[^，。；、\d]{0,4}(?:不超过|不高于|最高|最多|至多)", r"\d.*", r"\s*万?元",
        "户均补助不超过3000元", "3000",
    ),
    UseWord(Use.NAME, r"", r"[一二三四五]", r"(?:级(?!以)|类(?!$)|甲|乙|等甲|产|孩|胎|线|本)", "三级医院", "三"),
)
"""What a number is, the first that fits; a number that none fits, with a measure, is a quantity."""

TIME_AFTER = rf"\s*(?:{_TIME})"
"""What comes after a number that says how long."""
WITHIN = "(?:以|之)?内(?=[\u4e00-\u9fff])"
"""Within how long something is done, of which a rate is promised: 3个工作日内办结率."""
LISTED_TIME = r"(?:时限|时间|时长)[^，。；]{0,16}\d\s*(?:天|小时|分钟)、\Z"
"""Where another length of time stands before, of which the same is said."""
TIME_HEAD = r"(?:时限|时间|时长|周期|时效|等待|候时|工期|开放|天数|日数|用时|耗时|响应)[^，。；、]{0,8}\Z"
"""What stands before a length of time that is a target of its own."""

WORDS_WITH_NUMERALS = (
    "一体|统一|进一步|一批|一定|一律|一致|唯一|同一|逐一|单一|之一|一系列|一线|一站|一网|一般|一些|一并|一次性|一旦|一直|一起|十分(?![钟之])|"
    "万一|一流|一经|一侧|一方面|第一时间|一件事|千家万户|百姓|千方百计|两侧|两岸|两端|两旁|三农|百年|百货|万家|千里|亿万|一带|一路|一刻钟|"
    "一揽子|一对一|一码|一键|一门|一窗|一卡|一本通|一张网|一张图|一户多|百日|三甲|两委|一二三产|一线通|四季|八方|四面|万无一失|始终如一|一大批|"
    "一站式|划一|合一|归一|专一|九年(?=一贯)|一贯|一手|一盘棋|一代|一家人|百强|万象|两手|三通|一切|一度|一身|一面|四害|五保|一步到位|零就业|零工|零售|零食|零散|零距离|零容忍|零跑腿|零碳|"
    "零星|二次(?=供水|装修|加压|污染|创业)|百分点|千伏|千瓦|千克|千米|亿级"
)
"""Words that hold a numeral and no number."""
_SIGN = "[^零〇一二两三四五六七八九十百千万亿\\W\\da-zA-Z]"
PAIRED = rf"[一千百]{_SIGN}{{1,2}}[一万千百]{_SIGN}"
"""一村一品, 千村万户: no number either."""

DONE = words(
    "新增 新建 改建 扩建 改扩建 新改建 新（改、扩）建 新改扩建 改造 改造提升 提升改造 建成 建设 完成 实施 开展 举办 组织 培训 培育 发放 救助 资助 帮扶 筛查 安装 更换 配备 购置 投放 修复 "
    "治理 整治 创建 打造 引进 招聘 安置 转移 提供 服务 解决 维修 维护 加装 增设 增加 种植 造林 绿化 铺设 硬化 疏浚 清理 检测 抽检 巡演 放映 慰问 受理 办理 办结 化解 拆除 收购 筹集 分配 "
    "交付 回迁 竣工 开工 启动 推广 设立 设置 评选 认定 选派 招募 发展 盘活 流转 复垦 建立 布设 争取 投入 落实 新开 新设 新改 投用 送 巡诊 义诊 补贴 补助 开发 创业 就业 体检 改厕 植树 "
    "演出 展览 宣讲 普法 调解 配建 续建 升级 养护 修建 修缮 加固 搬迁 迁建 新植 补植 新装 添置 更新 采购 扶持 孵化 签约 接种 检查 监测 兑现 减免 贷款 授信 供应 收治 康复 入户 走访 援助 "
    "咨询 生产 收储 储备 出栏 播种 建档 制定 出台 编制 举行 落地 引入 选聘 招录 录用 认证 取证 评价 新创建 新培育 改善 惠及 点亮 贯通 打通 畅通 消除 治理 销号 整改 配送 捐赠 挂牌 办 "
    "带动 吸纳 整合 盘活 启用"
)
"""Verbs (and nouns of doing) of what is done in the year: their figure is counted up."""
WORKS = words(
    "新建 改建 扩建 改扩建 新改建 新改扩建 改造 改造提升 提升改造 建成 建设 开工 竣工 修建 修缮 加固 迁建 续建 配建 创建 打造 设立 设置 铺设 硬化 整治 治理 加装 增设 新增 新开 新设 完工 "
    "投用 建立 升级 建 贯通 实施"
)
"""Verbs of works, whose steps the office sets: no pace is invented."""
STANDS = r"(?:数|总数|总量|保有量|拥有量|存量|规模|人数|户数|总人数|里程|总里程|面积|总面积|容量|藏量|数量|位数|总规模|浓度|天数|标准|水平|总额|余额|收入|产值|产量|能力|时限|时间|时长|周期)"
"""How the name of something that stands ends: with 达到 its figure is how it stands at the period's end."""
FLAT_RATES = (
    r"(?:筛查|使用|可用|合格|办结|满意|及时|达标|优良|准确|完好|按时|巩固|入学|失业|签约兑现|接种|检测|抽检|处置|响应|回访|化解|调解成功|失业|发生|差错|投诉|死亡|利用|保障|正常|在线|"
    r"评价)(?:率|度)"
)
"""Rates that hold every month, beside those that grow through the year (普及率, 覆盖率)."""
FALLING = r"(?:失业|发生|差错|投诉|死亡|漏损|辍学|空置|超标|返贫|事故|排放|退信|逾期|违约|不良|病死|发病|复发|漏损|损耗|负担|能耗|浓度|PM|时限|时长|用时|等待|发案|警情|案件|火灾)"
"""What is good when it is little."""
EVENTS = r"死亡|伤亡|事故|火灾|案件|起数|发案|投诉|警情|信访|违法"
"""What happens, and is counted up where it is to be little."""
KNOWN_TO_OFFICE = r"(?:普及|覆盖|占比|参保|参合|比例|入园|毛入|通达|城镇化|绿化|绿地|集中供|建成|占|比重|渗透|设立|开通)"
"""Rates whose whole is one number for the county, which the office knows."""
OUTCOMES = r"(?:合格|达标|满意|优良|完好|办结|整改|可用|覆盖|普及|通达|参与|网办|签约|落实|竣工|治理|处理|健康管理|规范管理)"
"""What of a whole has come to pass: without it the name of a rate names the whole."""
WHOLE_PROPER = r"(?:占比|覆盖|普及|使用率|可用率|优良|合格|办结|达标|满意|完好|通达|占)"
"""Rates whose part can never be more than the whole."""

AND = r"以及|(?<![普涉惠遍波触以])及(?![时格其早])|(?<![温谐暖祥缓平共饱])和(?![谐平睦])|(?<![参])与(?![会否])"
"""Words that join names, where they are no part of one."""
TOTAL_COST = r"(?:总投资|概算总?投资|估算总?投资|概算|投资估算|计划总投资|投资总额|总造价)(?:额|约|为)*\Z"
"""How much a project costs in all: not promised for the year."""
STEP_ALONE = re.compile(
    r"(?:全部|全面|项目|主体|工程|陆续|基本|并|确保|均)*(?:开工|动工|启动|进场|完工|完成|竣工|建成|投用|投入使用|交付|通车|通水|通气|通电|验收|开园|开学|封顶|运营|见效)"
    r"(?:建设|施工|投用|使用|投入使用|主体工程|主体施工|交付|任务|并|验收|运行|通过|工作|选址|方案设计|前期工作|主体|目标|年度任务|招标|设计|招投标|审批)*\Z"
    r"|(?:主体工程|主体|前期工作|前期手续|方案设计|选址|招标|招投标|施工图|设计|审批|立项|土建|装修|设备安装|调试|验收|收尾工作|扫尾工作|全部任务|"
    r"年度任务|[、和及])+\Z"
)
"""A clause that only says that the work is begun or done."""
LEADING = re.compile(
    r"(?:[一二三四五六七八九十]+是|\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[）)]|"
    r"(?:比|较)(?:上年度?|去年|上年同期|去年同期|年初|上年末|20\d\d年(?:底|末)?)|全年|今年|本年度?|年度|年内|当年|(?:到|至|截至|在|于)?(?:20\d\d年|今年|"
    r"本年)?年?底(?:之?前)?|(?:到|至)?年末(?:前)?|"
    r"(?:到|至|截至|在|于)?(?:20\d\d年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|份|中旬|上旬|下旬)?(?:之?前|底前)?|(?:到|至|截至)?20\d\d年(?:底|末)?(?:前)?|"
    r"(?:第?[一二三四]季度|上半年|下半年)(?:末|底)?(?:前)?|"
    r"(?:春|秋)季(?:学期)?开学(?:之?前)|汛期(?:之?前)|(?:供暖|采暖)[季期](?:之?前)|"
    r"全[县市区镇乡省州旗]|我[县市区省州]|本[县市区]|力争|争取|确保|保证|推动|推进|积极|大力|计划|拟|将|要|进一步|免费|继续|累计|共计|共|总共|实现(?!率)|并|同时|且|和|及|以及|与|"
    r"加快|持续|稳步|高质量|高标准(?!农田)|高水平|全面|全力|深入|完成(?!率)|至少|安排|使|让|力促|促进|引导|支持|"
    r"努力|逐步|其中|另外|再(?!生|就业|造|利用|次)|还|：|:|，|、|\s|的|“四化”|分类|统筹|"
    r"扎实|按(?:期|时)|按照?(?:要求|规定|标准))"
)
"""What may stand before the name of an indicator and is no part of it."""
