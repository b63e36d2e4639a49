"""What the command line takes: the commands, their arguments and their Chinese help."""

import argparse
import re
import sys
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn, TypeAlias

MISUSED = 2
"""The exit code of a command that is written wrongly."""

NO_PAPER = "无"
"""What stands for the day of a paper that did not come."""
SIGNED = (
    "build", "issue", "send", "fetch", "remind", "supervise", "consolidate", "print", "close", "reopen", "decide",
    "report-up",
)
"""The commands of which the journal keeps who ran them."""
_WHO = "经办人，记在日志里，旁边记电脑用户；不写的照环境变量 MINSHENG_WHO，再照菜单里上次写的"
_DESCRIPTION = "重点民生实事：建总台账、下发填报表、收来件、汇总。"
_EPILOG = """一个月的做法：
  minsheng-xl issue DIR --period 2022-10        下发：每个单位一个填报表，在 DIR/发出/2022-10/
  （把收到的文件放进 DIR/收件/，文件名、子文件夹随意）
  minsheng-xl consolidate DIR --period 2022-10  汇总：总台账 更新到这一期
  minsheng-xl print DIR --period 2022-10        打印：打印稿.xlsx 和 PDF，在 DIR/打印/2022-10/
不带参数运行就是数字菜单；一年的文件夹里的“打开菜单”双击也是。
退出码：0 完成；1 没有完成（计划有错，或 --strict 时有待核、退回、无法识别）；2 写法不对。"""

_INSPECT = """逐个检查文件：是谁的、哪一期的、有什么问题。不登记，不改动任何东西。
结果：accepted 已采用，held 待核，refused 退回，duplicate 重复，empty 空表，words 未填数，unrecognised 无法识别。
--json 每行一个文件：file、sha256、outcome、unit、period、values（指标编码 → reported、numerator、denominator、share、certified，
选了词的另有 confirmed、not_applicable）、texts、problems（code、severity、sheet、cell、seen、expected、message、action）。"""


_REPORT_UP = """上报：一期的考核、约束指标（比率带分子、分母合计）、各项目平均、应报已报、指标调整写成一份 上级报表，在 上报/期次/ 里，有 LibreOffice
时还有 PDF。定稿了的是正式的；没有定稿的标“未定稿”。不写人名、决定和存疑的原文。上报的那一份留在归档里，以后用 verify --upward 对。"""

_SEND = """发送：每个单位一封，附件是它自己的表，地址在计划“单位”表的“邮箱”“抄送”。先列出来，答“是”才发。已经发过的不再发；中途断了、被
关掉的，再运行一次接着发没有发的。交给服务器时断了的不知道发出没有，列为“不确定”，问清楚了用 --settled 或 --again。
邮件里的话在一年的文件夹的 邮件/ 里，可以改。授权码不写进任何文件、命令和日志。退出码：都发出了是 0，有没有发出的是 1。"""

_FETCH = """收取：读邮箱（IMAP），新邮件原样存进 收件/邮件/，再汇总。邮箱里的信不删、不动、不标已读。每封有一个结果：来表、附件、没有附件的答复、
退信、自动回复、与填报无关，加起来等于读的封数。发件人只作旁证：表是谁的看表上的标识。期次不写的照现在的一期。"""

_REMIND = """催报：截止前几天（参数“临近提醒”，默认 3 天）是临近，当天是到期，过后是逾期，各有各的话，只催没有报的、退回后没有重报的，已采用的不催。
先列出来，答“是”才催；逾期的先问哪些已从其他途径收到。按种类记次数。"""

_SUPERVISE = """督办单：计划“参数”的“督办单”填 用 的才出。一个单位一张，一件一行，写着编号、应当、现状、灯：蓝是截止前的提示；逾期没有报的、收到时间
已确认的迟报是黄，过了补报期限是红；滞后只看“序时”有确认单位的节点计划，黄灯黄、红灯红；单子的颜色是最重的一件。黄、红的在写上批准人、文号以前是“拟办”。
一件事的编号到销号为止不变：报了、赶上了，下次自动销号。单位在填报表自己的“说明”“存在问题”里答复。"""

_GATHER = """搜集：看一个文件夹（连同里面的文件夹）里的文件，有填报表标识的抄进 收件/搜集/，以前收过的不抄；那个文件夹只读不改。抄好后再汇总。"""

_MAIL = """setup：设这台电脑的邮箱，试着登录，行了才记下（记在自己的设置里，不在一年的文件夹里）。163、126、QQ 等要在网页邮箱里开启
SMTP、IMAP，用它给的授权码。授权码存进电脑的密码库（装了 keyring 的），没有的每次问，或用环境变量 MINSHENG_MAIL_SECRET。
连接都加密，证书不对的不登录。check：试一试现在能不能登录。邮件不得传输涉密和工作秘密。"""

_VERIFY = """核验：只读不改，另在 打印/ 里写一份 数据核验单（--json 不写）。日志一行接一行对指纹，登记库和日志对，日志提到的文件在归档里一个个对，
每个数所据的来件从归档里重新读、重新判断。每个数有一个结论：
有据（归档里的原件上就是这个数，写明文件和单元格）；无法核实（办公室填的、定的，或原件没有了，写明谁、什么时候）；不符（原件上不是这个数）。
有不符、日志断开、登记库不是这份日志的、归档缺了或换了文件，退出码为 1。
没有采用的来件也重新判断：日志和原件不一样的算不符，只是规则变了的说明一声。
--json：sound、lines、torn、head、faults、notes（照现在的规则可以采用的）、periods、figures（period、code、unit、value、
verdict、file、cell、why、rules_changed）。"""


_STAMP = """盖时间戳：把日志现在的链首的指纹（没有别的内容）送到时间戳服务（RFC 3161），答复存在 归档/时间戳/ 里，记入日志。请另存一份在别处：
以后日志、登记库、总台账一起退回到以前，拿这一份 verify --stamp 就看得出来。没有网、服务不应答，什么也不动。
计划“参数”填了“时间戳服务”的，每次定稿自动盖一次；盖不上，定稿照样。
答复上的签名本程序不核对，可用 openssl ts -verify 和服务的证书核对。"""

_HISTORY = """数据溯源：一个指标、一个单位、一期的数，由哪个单位哪天报，在哪个文件的哪一格，由谁更正、谁定、谁认定，定稿时是哪个数，计划哪天改过。
单位写以前的名称、指标写以前的编码也行；都不写的是全部。带 √ 的一步是现在用的数的来处。每一步是日志里的一条，写着它的号和链首。
--sheet 写成 数据溯源表（xlsx，有 LibreOffice 时还有 PDF），在 DIR/打印/。"""

_EXPORT = """导出数据：一年里的数、进展、项目、文字、报送、计划变更、待决事项、来件问题、收件、邮件，一行一件事，供别的程序分析。
不写 --what 的全部导出；--what 写表名，用逗号分开。放在 DIR/导出/，每次重新写：xlsx 一个文件，一张表一页，最后一页说明每一列；
csv 一张表一个文件（UTF-8，Excel 直接能开；以 = + - @ 开头的文字前面加了 '）；parquet 要有 pyarrow。
数在填报表的计量单位里，比率、完成率是小数（1 = 100%）。任务表照公布的样子写成文件，用 plan export。"""

_PROOFREAD = """校对通报：改过的通报（.docx，也可以是 .txt、.html、.pdf）里的每一个数，和这一期的账对一遍。数算谁的，看那一句（那一行）写的是哪个指标、
项目、单位；都没有写的，看同一段前面写的，或全县的。四舍五入、用“万”的不算错。对不上的列出那一句、那个数、现在应是什么，退出码为 1；
日期、文号、编码、电话不是数，另计。只看不改。"""

_ROLLOVER = """转入下一年：单位、别名、联系人、参数照搬；报送期限、完成时限移一年；目标、分母、节点沿用；年初数取认定数，没有认定的取
最后一次采用的报送数。要看的都标上“待核对”，也列在屏幕上。指标一项一项地问：全部转入，逐行选（可以改目标），或不转入。
变更、待确认、暂停、可不涉及、规则试行、印发日期、简报期号属于当年，不转入（待确认的照答复或默认的转入）。这一年的文件夹只读不改；没有定稿的也可以转。
新的计划“参数”里的“上年文件夹”指着这一年，status --json 每个指标的 last_year 和总表的“上年同期”从那里取。"""

_IMPORT = """导入：读公布的任务表（.docx、.xlsx、.html、.txt、有文字的 .pdf；.doc、.wps、.rtf、.et 要有 LibreOffice；- 是粘贴的文字），建立一年的
文件夹：任务表照原文，句子读成指标，每个数有去处（数字对照表），定不了的在“待确认”里问。文件夹里已有计划的，先列出要改哪些，答“是”才改。

只写文件夹的，是看待确认：列出 计划.xlsx 的“待确认”里没有答复的，每处写着能选的和默认的。--answer 答复一处，--defaults 其余的照默认的，都写进
计划.xlsx 的“答复”一栏，别的一个字节也不动；答复不在选项内、不是数的，说一句，什么也不写。计划.xlsx 正开着的，先关上。"""

_CHECK_DESK = """检查这台电脑：一样一样地试，说出哪些能用、缺什么、怎么办——写文件、磁盘空间、两个程序同时使用、长路径、加密软件、时间、Python、
中文显示、字体、LibreOffice、Excel、WPS、按钮的设置、邮件。试的文件用完就删，别的什么也不改。有“不行”的，这台电脑做不了汇总，退出码为 1；
“提醒”的不影响汇总。--json：ok、folder、checks（check、title、state（fit、lacking、unfit）、seen、action）。"""

_DEMO = """演示：用 2022 年鲁山县的计划走完 9、10 两个月。
--from：用另一份计划走完两期（按月的 9、10 月，按季的二、三季度）：下发、填报、迟报、存疑、认定、汇总、打印都走一遍。数和文字是编的，
计划里没有的分母、年初数、节点也是编的，都标着“示例”，标题也是；原来的计划不动。"""

_PLAN = """check：计划有什么问题；与上次汇总或下发时相比改了什么，每一处从哪一期起算；哪些已采用的数会不在账上。不改动任何东西。
export：把任务表照公布的样子写成 FILE：.docx 或 .xlsx，A4 横向，表头每页重复，一字不改。已经有的文件不覆盖。"""

_HELP = """查手册：显示手册里讲到一个词的段落，如 help 核实单、help 解除锁定、help consolidate；不写词的列出手册的目录。
手册里没有的词，说出相近的，退出码为 1。"""

_CLOSE = """定稿：先列出还没有办完的事（待核、退回、未报、待决事项、按说明采用的数、没有定稿的以前各期），问过以后冻结这一期的数。
在终端里，每处待核还可以写“属实”或应填的数；不写的作逾期未核实，按未报计。不在终端里又没有 --yes 的，只列出来，不定稿，退出码为 1。"""


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, "add_help": False, **options})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(MISUSED, f"写法不对：{_in_chinese(message)}。加 --help 看说明。\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


_SENTENCES = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"argument (\S+): invalid choice: '?([^']*)'? \(choose from (.*)\)", r"没有“\2”，可用的有 \3"),
    (r"one of the arguments (.*) is required", r"缺少 \1 中的一个"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 和 \2 只能写一个"),
    (r"argument (\S+): expected one argument", r"\1 后面要写内容"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"ambiguous option: (\S+) .*", r"\1 不够明确"),
    (r"argument (\S+): ignored explicit argument '?([^']*)'?", r"\1 后面不带内容（“\2”）"),
    (r"argument (\S+): invalid \S+ value: '?([^']*)'?", r"\1 要写整数，不是“\2”"),
    (r"argument (\S+): .*", r"\1 写得不对"),
)


def _in_chinese(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        match = re.fullmatch(pattern, message)
        if match:
            return match.expand(sentence).replace("COMMAND", "命令")
    return "命令的写法"


_Add: TypeAlias = Callable[[argparse.ArgumentParser], object]


class _Command(NamedTuple):
    help: str
    add: _Add
    description: str = ""


def parser_of(asked: str = "") -> argparse.ArgumentParser:
    """The parser of the whole command line; with the name of a command, of that one alone: to make
    all of them takes as long as to read three files."""
    parser = _Parser(prog="minsheng-xl", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="store_true", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", parser_class=_Parser, prog=parser.prog)
    for name in [asked] if asked in _COMMANDS else _COMMANDS:
        command = _COMMANDS[name]
        mine = commands.add_parser(name, help=command.help, description=command.description or command.help)
        command.add(mine)
        if name in SIGNED:
            mine.add_argument("--who", metavar="姓名", help=_WHO)
    return parser


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", metavar="DIR", help="一年的文件夹")


def _period(parser: Any, *, required: bool = False) -> None:
    parser.add_argument("--period", metavar="P", required=required, help="期次，如 2022-10 或 2022-Q3")


def _menu(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", metavar="DIR", nargs="?", default=".", help="一年的文件夹，默认现在的文件夹")


def _check_desk(parser: argparse.ArgumentParser) -> None:
    _menu(parser)
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def _demo(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    told = "用这份计划：计划.xlsx、放着计划的文件夹，或公布的任务表；数是编的，都标着“示例”"
    parser.add_argument("--from", metavar="FILE", dest="plan", help=told)


def _init(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--blank", action="store_true", help="空白的计划：只有列名、说明和示例")
    how.add_argument("--like", metavar="OTHER", help="单位、别名、联系人、参数照这个文件夹的计划，任务表和指标空着")
    parser.add_argument("--year", metavar="Y", type=int, help="和 --like 一起用：换成这一年，默认与那个文件夹同年")


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="FILE DIR", nargs="+", help="公布的任务表和一年的文件夹；只写文件夹的，看、答待确认的")
    parser.add_argument("--year", metavar="Y", type=int, help="哪一年；文件或文件夹名里写着的不用写")
    parser.add_argument("--region", metavar="地区", default="", help="地区，如 大竹县；默认从标题里认")
    parser.add_argument("--table", metavar="N", default="", help="文件里有几张任务表的，用哪一张：1、2……，或 全部")
    told = "答复待确认的一处，编号在“待确认”的第一栏；可以写几次"
    parser.add_argument("--answer", metavar="编号=答复", action="append", default=[], help=told)
    parser.add_argument("--defaults", action="store_true", help="没有答复的都照默认的（默认空着、又不妨碍下发的除外）")


def _rollover(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("new", metavar="NEW", help="新一年的文件夹，还没有的")
    parser.add_argument("--year", metavar="Y", type=int, help="哪一年，默认后一年")
    parser.add_argument("--yes", action="store_true", help="不问，指标全部转入，标上待核对")


def _build(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser)
    parser.add_argument("--no-macros", action="store_true", help="不带宏和按钮的 .xlsx（已有总台账时不改它的样子）")
    parser.add_argument("--fresh", action="store_true", help="另写一份全新的，放在原来的旁边")


def _issue(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    _period(which)
    which.add_argument("--certify", metavar="P", help="认定：把这一期汇总的数发给认定单位，在 DIR/发出/P-认定/")
    which.add_argument("--confirm", metavar="P", help="核对：定稿以前把这一期采用的数发给牵头单位核对，在 DIR/发出/P-核对/")


def _send(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    _period(which)
    which.add_argument("--certify", metavar="P", help="发认定表")
    which.add_argument("--confirm", metavar="P", help="发核对单")
    which.add_argument("--answers", metavar="P", help="发 退回/P/ 里的核实单、退回的表")
    parser.add_argument("--units", metavar="单位,…", default="", help="只发给这些单位，用逗号分开")
    parser.add_argument("--again", metavar="单位,…", default="", help="已经发过的也再发一次：这些单位")
    parser.add_argument("--settled", metavar="单位,…", default="", help="上次不确定的，问过了，已经收到：这些单位")
    parser.add_argument("--dry-run", action="store_true", help="只看要发给谁、写什么，不发")
    parser.add_argument("--eml", metavar="DIR2", help="不发，写成草稿（.eml）放进这个文件夹")
    parser.add_argument("--group", action="store_true", help="不发，打成一个压缩包和一段话，给群或 OA")
    parser.add_argument("--yes", action="store_true", help="不问，直接发")


def _fetch(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser)
    parser.add_argument("--json", action="store_true", help="汇总的结果只输出 JSON")
    parser.add_argument("--strict", action="store_true", help="有待核、退回、无法识别时退出码为 1")


def _remind(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser, required=True)
    ways, told = ["mail", "text", "paper"], "发送邮件（默认）、写成文字、打印催报单"
    parser.add_argument("--by", metavar="|".join(ways), choices=ways, default=ways[0], help=told)
    parser.add_argument("--otherwise", metavar="单位,…", default="", help="已从其他途径收到，这一期不再催：这些单位")
    parser.add_argument("--yes", action="store_true", help="不问，直接催")


def _supervise(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser, required=True)
    parser.add_argument("--approve", metavar="批准人", default="", help="批准黄、红的：谁批准的；和 --document 一起用")
    parser.add_argument("--document", metavar="文号", default="", help="批准的文号，如 督办〔2022〕3号")
    parser.add_argument("--units", metavar="单位,…", default="", help="只批准这些单位的，用逗号分开")


def _gather(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("folder", metavar="FOLDER", help="微信、钉钉、OA 存文件的文件夹，只读")


def _mail(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="ACTION", choices=["setup", "check"], help="setup：设这台电脑的邮箱；check：试一试能不能登录")
    parser.add_argument("--user", metavar="U", help="登录用的名字，多为邮箱地址")
    parser.add_argument("--sender", metavar="A", help="发件人的地址，默认同 --user")
    parser.add_argument("--name", metavar="名字", help="发件人显示的名字")
    parser.add_argument("--smtp", metavar="HOST:PORT", help="发件服务器，如 smtp.163.com:465；常用的邮箱不用写")
    parser.add_argument("--imap", metavar="HOST:PORT", help="收件服务器，如 imap.163.com:993；只写 --smtp 的只能发送")
    parser.add_argument("--provider", metavar="域名", help="企业邮箱写它的服务商，如 exmail.qq.com、qiye.163.com")
    told = "收哪个文件夹，默认收件箱；可以写几次，如 --folder INBOX --folder 垃圾邮件"
    parser.add_argument("--folder", metavar="文件夹", action="append", default=[], help=told)
    parser.add_argument("--pause", metavar="秒", type=float, help="两封之间停几秒，默认照邮箱的限制")


def _executor(parser: argparse.ArgumentParser) -> None:
    told = "来件由几台机器读：dask://主机:端口，是 dask scheduler 的地址；记录还在这台电脑上"
    parser.add_argument("--executor", metavar="URL", default="", help=told)


def _inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="文件或文件夹")
    parser.add_argument("--plan", metavar="DIR", dest="dir", required=True, help="一年的文件夹")
    parser.add_argument("--json", action="store_true", help="每个文件一行 JSON")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="用几个进程，默认 1，最多与处理器的核数相同")
    _executor(parser)
    parser.add_argument("--strict", action="store_true", help="有不能直接采用的文件时退出码为 1")


def _print(parser: argparse.ArgumentParser) -> None:
    from minsheng_xl.plan.tabs import PRINTED, REMINDER

    _folder(parser)
    _period(parser, required=True)
    words = [tab.word for tab in PRINTED]
    told = f"只打印这几样，用逗号分开：{'、'.join(words)}；写“{REMINDER.word}”记一次催报"
    parser.add_argument("--what", metavar=f"{','.join(words[:2])},…", default="", help=told)
    parser.add_argument("--out", metavar="DIR2", help="放到这个文件夹，默认 DIR/打印/P/")
    parser.add_argument("--leader", action="store_true", help="另给每位分管领导一份简报")


def _close(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser, required=True)
    parser.add_argument("--yes", action="store_true", help="不问：待核的作逾期未核实，按未报计（给脚本用）")
    parser.add_argument("--document", metavar="文号", default="", help="印发的文号，如 政办〔2022〕5号")
    parser.add_argument("--signed-by", metavar="人", default="", help="签发人")
    parser.add_argument("--dated", metavar="DATE", default="", help="印发日期，如 2022-11-10")


def _reopen(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser, required=True)
    parser.add_argument("--why", metavar="原因", required=True, help="为什么撤销")


def _live(parser: argparse.ArgumentParser) -> None:
    tasks = ["consolidate", "print", "inspect", "inbox"]
    parser.add_argument("task", metavar="TASK", choices=tasks, help="、".join(tasks))
    parser.add_argument("workbook", metavar="WORKBOOK", help="打开着的总台账")


def _register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="ACTION", choices=["rebuild"], help="rebuild：重建并与原来比较")
    _folder(parser)


def _plan(parser: argparse.ArgumentParser) -> None:
    told = "check：只看，不改动任何东西；export：把任务表写成 Word 或 Excel 文件"
    parser.add_argument("action", metavar="ACTION", choices=["check", "export"], help=told)
    _folder(parser)
    parser.add_argument("file", metavar="FILE", nargs="?", help="写成的文件，如 任务表.docx、任务表.xlsx；还没有的（只用于 export）")


def _decide(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("id", metavar="ID", help="待决事项的编号；更正收到日期、登记纸质件时写收件登记的内容指纹")
    parser.add_argument("word", metavar="WORD", nargs="?", help="属实、不计入、用新数、用原数……，应填的数，或单位名")
    parser.add_argument("--received", metavar="DATE", help="更正收到日期，如 2022-11-05")
    parser.add_argument("--paper", metavar="DATE", help=f"登记纸质件的收到日期，如 2022-11-08；写“{NO_PAPER}”取消登记")
    parser.add_argument("--agrees", metavar="是|否", choices=["是", "否"], help="和 --paper 一起用：纸质件上的核对数是否相符")
    parser.add_argument("--why", default="", help="为什么")
    _period(parser)


def _consolidate(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser, required=True)
    parser.add_argument("--json", action="store_true", help="只输出 JSON")
    parser.add_argument("--strict", action="store_true", help="有待核、退回、无法识别时退出码为 1")
    _executor(parser)


def _status(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser)
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def _history(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("--unit", metavar="U", default="", help="单位")
    parser.add_argument("--indicator", metavar="C", default="", help="指标编码，如 3-1")
    _period(parser)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="只输出 JSON")
    shape.add_argument("--sheet", action="store_true", help="另写成 数据溯源表")


def _export(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("--what", metavar="表,…", default="", help="只导出这几张表，如 数、进展")
    parser.add_argument(
        "--format", choices=("xlsx", "csv", "parquet"), default="xlsx", help="xlsx（默认）、csv 或 parquet"
    )
    parser.add_argument("--out", metavar="DIR2", help="放到这个文件夹，默认 DIR/导出/")


def _proofread(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("file", metavar="FILE", help="改过的通报")
    _period(parser, required=True)
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def _stamp(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("--url", metavar="URL", default="", help="时间戳服务（RFC 3161）的网址，默认是计划“参数”里的“时间戳服务”")


def _report_up(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _period(parser, required=True)


def _verify(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    told = "只把手里的一份上级报表和上报过的对：是不是那一份、改过哪几格、还算不算数"
    parser.add_argument("--upward", metavar="FILE", default="", help=told)
    parser.add_argument("--stamp", metavar="FILE", action="append", default=[], help="另外出示的时间戳（.tsr），可以写几次")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="词", nargs="*", help="要查的词；写几个的，都要有")


_COMMANDS = {
    "menu": _Command("数字菜单：不用记命令", _menu, "数字菜单：下发、汇总、催报、打印、定稿、检查来件、核验。"),
    "demo": _Command("演示：用 2022 年鲁山县的计划，或自己的计划，走完两个月", _demo, _DEMO),
    "init": _Command("建立一年的文件夹，放入可修改的 计划.xlsx", _init),
    "import": _Command("导入公布的任务表，成为可以下发的计划；看、答待确认的", _import, _IMPORT),
    "rollover": _Command("转入下一年：由这一年的计划建立下一年的文件夹", _rollover, _ROLLOVER),
    "build": _Command("生成或更新总台账", _build),
    "issue": _Command("下发：给每个单位生成填报表；或给认定单位生成认定表", _issue),
    "send": _Command("发送：把填报表（认定表、核对单、退回的表）用邮件发给各单位", _send, _SEND),
    "fetch": _Command("收取：把邮箱里的新邮件取进 收件/，再汇总", _fetch, _FETCH),
    "remind": _Command("催报：按日子提醒没有报的单位", _remind, _REMIND),
    "supervise": _Command("督办单：逾期没有报的、按已确认的节点滞后的，一个单位一张", _supervise, _SUPERVISE),
    "gather": _Command("搜集：从聊天、OA 的下载文件夹里把填报表抄进 收件/", _gather, _GATHER),
    "mail": _Command("邮箱：setup 设这台电脑的邮箱，check 试一试", _mail, _MAIL),
    "inspect": _Command("检查文件，不登记", _inspect, _INSPECT),
    "print": _Command("打印：打印稿.xlsx，有 LibreOffice 时还有 PDF，以及通报初稿、催报文字", _print),
    "close": _Command("定稿：冻结一期的数，以后来的作更正，计入下期的上期累计", _close, _CLOSE),
    "reopen": _Command(
        "撤销定稿：写明原因，从最后一期起", _reopen,
        "撤销定稿：写明原因，记入日志；后面的一期也定稿了的，先撤销后面的。原来印的留着，重新定稿以后印的标“更正稿”。",
    ),
    "check-desk": _Command("检查这台电脑：哪些能用，缺什么，怎么办", _check_desk, _CHECK_DESK),
    "setup": _Command(
        "让总台账里的按钮找到程序（每台电脑、每个人一次）", lambda parser: None,
        "写下程序在哪里，总台账里的按钮从这里找到它；LibreOffice 用户另设好连接。",
    ),
    "live": _Command(
        "总台账开着时做一件事；按钮用的就是它", _live,
        "对打开着的总台账做一件事：consolidate 汇总、print 打印、inspect 检查来件、inbox 打开收件夹。",
    ),
    "plan": _Command(
        "计划：check 看它有什么问题、改了什么；export 把任务表写成 Word、Excel 文件", _plan, _PLAN,
    ),
    "register": _Command("登记库：rebuild 由归档重建", _register, "登记库只是归档的索引，随时可以由归档重建。"),
    "decide": _Command("办公室定一件待决事项，或更正收到日期、登记纸质件", _decide),
    "consolidate": _Command("汇总：读 收件/ 里的新文件，更新总台账", _consolidate),
    "status": _Command("看一期的情况", _status),
    "history": _Command("数据溯源：一个数由哪个单位报、由谁改，在哪个文件的哪一格", _history, _HISTORY),
    "export": _Command("导出数据：一行一件事的表，供别的程序分析", _export, _EXPORT),
    "proofread": _Command("校对通报：改过的通报里的每个数和账对一遍", _proofread, _PROOFREAD),
    "stamp": _Command("盖时间戳：请时间戳服务证明现在的日志", _stamp, _STAMP),
    "report-up": _Command("上报：一期的数写成给上级的一份表，签字盖章", _report_up, _REPORT_UP),
    "verify": _Command("核验：日志有没有动过，每个数有没有原件为据", _verify, _VERIFY),
    "help": _Command("查手册：一个词在手册里怎么说", _help, _HELP),
}
