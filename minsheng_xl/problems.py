"""What is wrong, said to a person: a problem is a value, its sentences stand in one catalogue."""

import errno
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from minsheng_xl.exact.keys import Key


class Severity(Enum):
    """How much a problem weighs. In the plan an ERROR stops; in a return it refuses."""

    NOTE = "提示"
    HOLD = "待核"
    ERROR = "退回"


class Problem(NamedTuple):
    """One finding: where it stands, what was seen, what was expected, what to do.

    `sheet` is the sheet or table, `cell` an address such as H7 or 第5行“目标”; both may be "".
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    seen: str
    expected: str
    message: str
    action: str
    file: str = ""
    key: Key | None = None
    """The cell of the form that is meant, wherever it stands on the sheet that was sent."""

    @property
    def sentence(self) -> str:
        """What is wrong, what was seen, what to do; without the place."""
        seen = f"（看到：{self.seen}）" if self.seen and self.seen not in self.message else ""
        return f"{self.message}{seen}。{self.action}。"

    def __str__(self) -> str:
        where = " ".join(part for part in (self.file, self.sheet, self.cell) if part)
        return f"{where + '：' if where else ''}{self.sentence}"


_WHY = {
    errno.ENOSPC: "磁盘已满", errno.EACCES: "没有权限，或文件正被打开", errno.EPERM: "没有权限", errno.EROFS: "所在磁盘是只读的",
    errno.ENOENT: "找不到", errno.ENOTDIR: "路径里有一段不是文件夹", errno.EISDIR: "那是文件夹，不是文件", errno.EEXIST: "已经有同名的文件",
    errno.ENAMETOOLONG: "名字或路径太长", errno.EBUSY: "正被占用", errno.EIO: "读写出错，磁盘可能坏了", errno.ENOTEMPTY: "文件夹不是空的",
    errno.EMFILE: "同时打开的文件太多", errno.ENOMEM: "内存不够", errno.ELOOP: "链接绕成了圈", errno.EINVAL: "名字里有不能用的字符",
}


def why(error: OSError) -> str:
    """What the system refused, in words; an error of our own says it itself."""
    said = error.strerror or str(error)
    return _WHY.get(error.errno or 0, said if not said.isascii() else f"系统不允许（错误 {error.errno}）")


_ERROR, _HOLD, _NOTE = Severity.ERROR, Severity.HOLD, Severity.NOTE

# code → severity, what is wrong, what to do. {name} is filled from the call.
CATALOGUE: dict[str, tuple[Severity, str, str]] = {
    "plan-file": (_ERROR, "计划文件打不开", "请确认它是本程序生成的 计划.xlsx 或同名的 CSV 文件夹"),
    "plan-size": (_ERROR, "计划文件大得不正常，没有打开", "请删去里面的图片和多余的行列再存，或把内容复制到 minsheng-xl init 生成的计划里"),
    "plan-sheet-size": (
        _ERROR, "这页大得不正常，没有打开：到这一格为止都设了格式",
        "请选中最后一个有内容的行以下的所有行，右键删除，再存；不行就把内容复制到 minsheng-xl init 生成的计划里",
    ),
    "plan-far": (_NOTE, "表里用到了离内容很远的一格，没有读它", "不影响使用；请删去多余的行和列再存"),
    "plan-table": (_ERROR, "缺少这张表", "请补上，或从 minsheng-xl init 生成的计划中复制"),
    "plan-table-renamed": (_ERROR, "这张表像是被改了名", "请把那一页的名称改回“{expected}”"),
    "plan-head-below": (_ERROR, "列名不在第1行，在第{expected}行", "请删去列名上面的行"),
    "plan-column-twice": (_ERROR, "这一列有两列，不知道用哪一列", "请只留一列"),
    "plan-column": (_ERROR, "缺少这一列", "请在第1行补上列名"),
    "plan-column-unknown": (_ERROR, "不认识的列", "请删去，或改成 {expected} 之一"),
    "plan-sum": (_ERROR, "这一行是合计，不是表里的内容", "请删去这一行，合计由程序算"),
    "plan-empty": (_ERROR, "不能为空", "请填写"),
    "plan-number": (_ERROR, "应是数字", "请填 {expected}"),
    "plan-date": (_ERROR, "应是日期", "请写成 2022-12-31 的样子"),
    "plan-became-date": (_ERROR, "编码被 Excel 变成了日期", "请把单元格设为“文本”后重填"),
    "plan-formula": (_ERROR, "不能是公式", "请改填公式的结果"),
    "plan-choice": (_ERROR, "不在可选范围内", "请从 {expected} 中选一个"),
    "plan-period": (_ERROR, "期次写法不对", "请写成 {expected}"),
    "plan-unit-unknown": (_ERROR, "单位表里没有这个名称", "请在“单位”表登记，或加到该单位的别名里{reason}"),
    "plan-group-here": (_ERROR, "这里要写单位，不能写组", "请写组里的哪一个单位；组可以写在责任单位、分解数里"),
    "plan-name-twice": (_ERROR, "同一名称登记了两次", "一个名称或别名只能属于一个单位（另见 {expected}）"),
    "plan-code-twice": (_ERROR, "编码重复", "每个编码只能用一次（另见 {expected}）"),
    "plan-scope": (_ERROR, "不是{expected}，也不是指标表里的编码", "请写 {expected}，或指标编码（几个的用 、 分开）"),
    "plan-project-unknown": (_ERROR, "任务表里没有这个项目", "请填任务表中的序号"),
    "plan-indicator-unknown": (_ERROR, "指标表里没有这个编码", "请填指标表中的编码"),
    "plan-lead-foreign": (_ERROR, "该单位不是本项目的牵头单位", "请从 {expected} 中选一个"),
    "plan-lead-open": (_ERROR, "本项目有几个牵头单位，未写明由谁牵头", "请从 {expected} 中选一个"),
    "plan-role-twice": (_ERROR, "同一单位在本项目有两个角色", "请只保留一个（另见 {expected}）"),
    "plan-target": (_ERROR, "目标不是可比较的数字", "请填 {expected}"),
    "plan-comparator": (_ERROR, "缺少比较方式", "请从 {expected} 中选一个"),
    "plan-pace": (_ERROR, "考核指标要有序时规则", "请从 {expected} 中选一个"),
    "plan-denominator-rule": (_ERROR, "比率没有写明分子、分母或分母由谁定", "请填分子、分母和分母来源（{expected}）"),
    "plan-denominator-unset": (_NOTE, "办公室尚未核定分母，该指标将列为待核", "请在“参数”表填 分母 {expected}"),
    "plan-opening-unset": (_NOTE, "时点指标没有年初数，将列为序时未定", "请在“参数”表填 年初数 {expected}"),
    "plan-title-year": (_NOTE, "标题里的年份不是参数“年度”的 {expected}", "请核对标题和年度，改正写错的一处"),
    "plan-due-year": (_NOTE, "日期像是别的年度的：它不在这一期之后的一年以内", "请核对，应在 {expected} 以后的一年以内"),
    "plan-deadline-year": (_NOTE, "完成时限不在本年度", "请核对，应在 {expected} 年以内"),
    "plan-deadline-words": (_NOTE, "完成时限不是一个日期，没有用作各指标的完成时限", "请在“指标”表的“完成时限”里填日期，没有时限的不用填"),
    "plan-question": (_ERROR, "计划里没有这张表或这一栏", "请改回原样，或删去这一行"),
    "plan-untouched": (
        _ERROR, "计划还没有填：任务表、指标、单位里只有示例，示例的行不算数",
        "请打开 计划.xlsx，照“说明”一页和示例填写，再检查一次",
    ),
    "plan-opening-year": (_NOTE, "年初数的说明写的是别的年度的数", "请核对，本年度的年初数应是 {expected} 年末的数"),
    "plan-weight": (_ERROR, "权重应大于 0", "请填正数，默认为 1"),
    "plan-steps-fall": (_ERROR, "节点计划不能下降", "应不小于上一节点的 {expected}"),
    "plan-steps-end": (_ERROR, "节点计划最后应到 100%", "请补上第12月 100%，或改正最后一行"),
    "plan-steps-range": (_ERROR, "节点超出范围", "请填 {expected}"),
    "plan-steps-amount": (_ERROR, "应完成的数量用不了：{reason}", "请写 {expected}"),
    "plan-steps-rule": (_ERROR, "该指标的序时规则不是节点，节点计划不会被使用", "请把序时规则改为 节点，或删去这一行"),
    "plan-address": (_NOTE, "不是邮箱地址，发不了邮件", "请写成 名字@域名，几个的用 、 分开，或清空"),
    "plan-address-domain": (_NOTE, "不在允许的邮箱域名（{expected}）之内，不会往那里发", "请改用那里的邮箱，或在“参数”的“允许的邮箱域名”里加上"),
    "plan-sheet-name": (_ERROR, "Excel 不接受这个工作表名", "请在“单位”表的“表名”列填一个不超过31字、不含 [ ] : * ? / \\ ' 的名称"),
    "plan-file-name": (
        _ERROR, "Windows 不接受这样的文件名",
        "请在“单位”表的“表名”列另取一个，不含 \" < > |，不以句点或空格结尾，也不是 CON、NUL、COM1 一类的设备名",
    ),
    "plan-sheet-name-twice": (_ERROR, "工作表重名", "请在“单位”表的“表名”列另取一个（另见 {expected}）"),
    "plan-setting": (_ERROR, "缺少参数", "请在“参数”表加上 {expected}"),
    "plan-setting-idle": (_NOTE, "这个指标用不到{expected}，填了不起作用", "请核对编码，或删去这一行"),
    "plan-setting-unknown": (_ERROR, "不认识的参数", "请从 {expected} 中选一个"),
    "plan-setting-twice": (_ERROR, "参数重复", "请只保留一行（另见 {expected}）"),
    "plan-bands": (_ERROR, "状态分档的顺序不对", "应满足 超序时 ≥ 0、滞后红 < 滞后黄 ≤ 0"),
    "plan-parent": (_ERROR, "上级指标不能是自己或与自己互为上级", "请改正或清空"),
    "plan-derived": (_ERROR, "推导指标要写明由哪些有目标的指标推出", "请在“推导自”填本项目有目标的指标编码，用 、 分开"),
    "plan-table-blank": (_ERROR, "这张表还是空的", "请填写：{expected}"),
    "plan-nothing": (_ERROR, "一个考核指标也没有", "请至少写一个考核指标"),
    "plan-kind": (_ERROR, "这个类型用在这里不合适", "请改成 {expected}"),
    "plan-name-long": (_ERROR, "单位名太长", "请缩到 {expected} 字以内，全称写在“全称”列"),
    "plan-exemption": (_ERROR, "可不涉及要写明哪几期和依据", "请写成 2022-07、2022-08：依据 的样子，或清空"),
    "plan-exemption-last": (_ERROR, "最后一期不能不涉及", "年终要报数，请删去这一期"),
    "plan-pause": (_ERROR, "暂停要同时写明文号和起始期次", "请补全，或两列都清空"),
    "plan-resume": (_ERROR, "恢复起始期要晚于暂停起始期", "请改成暂停以后的一期，或清空"),
    "plan-event-code": (_ERROR, "指标表里没有这个编码", "请写现在指标表里的编码"),
    "plan-event-still": (_ERROR, "它还在表里", "请写原来的名称或编码；没有变更的，删去这一行"),
    "plan-event-into": (_ERROR, "改为一栏要写表里现有的单位或编码", "改名、合并、移交、改编码写一个；拆分的写几个，用 、 分开"),
}


def problem(
    code: str,
    *,
    file: str = "",
    sheet: str = "",
    cell: str = "",
    seen: str = "",
    expected: str = "",
    reason: str = "",
) -> Problem:
    """Make the problem `code` of the catalogue, its sentences filled in."""
    severity, message, action = CATALOGUE[code]
    words = {"expected": expected, "seen": seen, "reason": reason}
    return Problem(
        code=code, severity=severity, sheet=sheet, cell=cell, seen=seen, expected=expected,
        message=message.format(**words), action=action.format(**words), file=file,
    )


class MinshengError(Exception):
    """Something could not be done. `str()` is a Chinese sentence for the user."""


class MisuseError(MinshengError):
    """An argument cannot be meant: exit code 2."""


class PlanError(MinshengError):
    """The plan cannot be used. `problems` holds every finding, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        errors = [p for p in self.problems if p.severity is Severity.ERROR]
        super().__init__(f"计划有 {len(errors)} 处问题，请改正后再运行。")
