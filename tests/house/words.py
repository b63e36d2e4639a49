"""Words that an office's reader stumbles over, with those of the trade that stand for them: data for test_words."""

import re
from typing import NamedTuple


class Word(NamedTuple):
    """A wrong word as a pattern, what is right, and why. `planted` is a text that holds it, `fine` are texts near it
    that are right; `besides` are pieces of our texts where it stands rightly, each with its reason beside it."""

    wrong: str
    right: str
    why: str
    planted: str
    fine: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        for piece in self.besides:
            text = text.replace(piece, "")
        return re.search(self.wrong, text) is not None


WORDS = (
    Word(
        r"发表(?!意见|讲话|文章)", "下发", "发表 is to publish; a form is issued, 下发",
        "发表：给各单位生成填报表", ("下发：给各单位生成填报表", "发表意见"),
    ),
    Word(r"寄(?:给|回|送|出|到)|邮寄", "下发、报送", "nothing goes by post", "把表寄给各单位", ("把填报表下发给各单位",)),
    Word(r"[收发寄]邮件|[收寄]信(?!息|任)", "发送邮件、收取邮件", "as mail programs and offices say", "还没有：收邮件", ("发送、收取邮件",)),
    Word(r"压线", "临界，或 仅差1家", "压线 is just made it; here it is just missed", "压线：未达标，差1家", ("临界：未达标，差1家",)),
    Word(
        r"[\d}项个][绿黄红](?![灯色])|^[绿黄红]$", "2项按序时、1项滞后", "a circular counts in words, not in lights",
        "{}绿{}黄", ("2项按序时、1项滞后", "滞后（黄灯）", "{}红色"),
    ),
    Word(
        r"(?<=.)滞后[黄红]|滞后[黄红](?=.)", "滞后（黄灯）、严重滞后（红灯）",
        "滞后黄 is a value of a table; a sentence says 滞后（黄灯）", "第1项滞后红", ("滞后红", "严重滞后（红灯）"),
        (
            "应满足 超序时 ≥ 0、滞后红 < 滞后黄 ≤ 0",  # the names of three settings
            "超序时、滞后黄、滞后红",  # the same, as the place of a fault
        ),
    ),
    Word(
        r"核实表|疑点单|存疑单|退回单|要退给|退给单位|退还", "核实单；不能采用的才说退回",
        "a form with doubtful cells is to be checked, not refused", "要退给单位的 3 个文件", ("要发回单位的 3 个文件", "核实单"),
    ),
    Word(r"打回|驳回", "退回", "what is refused is 退回", "来表已打回", ("来表已退回",)),
    Word(r"溯源单|追溯表|来历|血缘|历史表", "数据溯源表", "the history of a figure", "这个数的来历", ("数据溯源表",)),
    Word(r"可信(?:度|单|表)|置信|信任", "数据核验单：有据、无法核实、不符", "a sheet of evidence, no measure of trust", "可信度：高",
         ("数据核验单", "损坏的文件里的数不可信"),
         ("此文件的来源不受信任", "受信任位置")),  # Excel's own words
    Word(r"报数台账|单位台账|来件台账|报送账", "单位报送台账", "the ledger of what the units sent", "来件台账", ("单位报送台账",)),
    Word(r"数字(?:核对|比对)表|对数表|对账[单表]", "数字对照表", "paper and file beside each other", "数字核对表", ("数字对照表",)),
    Word(r"上报表|上级表|[省市]里?的?表(?!彰|示|明|现|达|态)", "上级报表", "the form of the level above", "填上报表", ("上级报表", "上报，表里")),
    Word(
        r"(?<![填级])报表", "填报表", "the form has one name", "请交报表", ("填报表", "上级报表"),
        (
            "民政局报表-副本.xlsx", "10月报表.xlsx",  # file names as units give them, in the demo
        ),
    ),
    Word(
        r"填表", "填报", "the form is 填报表, its filler 填报人", "单位填表人", ("单位填报人",),
        ("填表说明",),  # what a page that goes out with forms is called everywhere
    ),
    Word(r"填报单(?!位)|填写表|申报表", "填报表", "the form has one name", "填写表一份", ("填报单位",)),
    Word(r"[填交发报]写?表格|单位的?表格", "填报表", "表格 is any table", "请填写表格", ("填报表", "网页（HTML）表格")),
    Word(r"指标数字", "指标数据", "figures as a body are 数据, one of them 数字", "指标数字、文字", ("指标数据、文字",)),
    Word(r"没报|谁报|谁没", "未报；哪些单位未报", "spoken", "看谁没报", ("看哪些单位未报",)),
    Word(r"搞|弄[好错]|咋|啥", "办理、改正", "spoken", "弄错了的", ("填错了的",)),
    Word(r"认定是(?:谁|哪|这)", "确认", "认定 is the certifying unit's word", "没有认定是哪个单位的", ("没有确认是哪个单位的", "认定数")),
    Word(r"您|你们?|咱|我们(?!的承诺)", "请…、贵单位、本程序", "an office addresses nobody so", "请您填好", ("请填好", "贵单位")),
    Word(r"贵单位(?:至今)?(?:没有|未|尚未)收到", "至今未收到贵单位来表", "the unit would be the one that received nothing",
         "贵单位至今没有收到", ("至今未收到贵单位来表",)),
    Word(r"个工作日内|列入通报|问责|追责|按0计算", "不写", "no deadline and no penalty that the plan does not hold",
         "于一个工作日内报来", ("尽快报送", "未报按0")),
    Word(r"截止(?:到|至|\s?[\d{]|目前|本期|本月)", "截至", "截止 ends; figures are 截至 a day", "截止{}的数", ("截至{}", "截止前")),
    Word(r"(?:提高|下降|滞后|相差)\s?(?:[\d.]+|\{\})%", "个百分点", "the difference of two per cents", "滞后{}%", ("滞后{}个百分点",)),
    Word(r"其它|登陆|做为|按排|帐", "其他、登录、作为、安排、账", "slips of the pen", "其它单位", ("其他单位", "总台账")),
    Word(r"「[一-鿿]|[一-鿿]」", "“”", "quotation marks of print in the mainland", "「单位」表", ("“单位”表",)),
    Word(r"[一-鿿][,;!?][一-鿿]", "，；！？", "half-width signs between Chinese words", "请核对,再报", ("请核对，再报",),
         ("--what 简报,总表",)),  # a command as it is typed
)

OF_OTHERS = {
    "forms/former.py": "words of earlier versions, to be known again",
    "intake/corrections.py": "patterns of what units write",
    "intake/elsewhere.py": "patterns of what units write",
    "intake/beside.py": "patterns of what units write",
    "rules/reasons.py": "what units write as a reason",
    **{f"published/{name}.py": "patterns of what counties publish" for name in (
        "dates", "grammar", "lexicon", "numbers", "numerals", "pieces", "shapes", "units", "wording",
    )},
}
"""Modules whose texts are read in what others wrote, and not said by us."""
