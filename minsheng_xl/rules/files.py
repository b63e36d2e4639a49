"""Rules on a file as such: what it is, whether it can be opened, whether it is safe to read."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

_AGAIN = "请对方用发出的 .xlsx 表重填后再送"
_ERROR, _NOTE = Severity.ERROR, Severity.NOTE

LOCKED = Rule(
    code="file-locked",
    severity=_NOTE,
    sentence="打不开，这次没有读",
    action="请关掉正在打开它的程序、确认有读取权限，再汇总一次",
    source="文件被占用",
)
CHANGING = Rule(
    code="file-changing",
    severity=_NOTE,
    sentence="正在写入，这次没有读",
    action="等复制完，再汇总一次",
    source="复制到一半的文件不能判断",
)
HALF = Rule(
    code="file-half",
    severity=_NOTE,
    sentence="还没有下载完，这次没有读",
    action="等下载完，再汇总一次；已经下载完的，请把名字末尾改回 .xlsx",
    source="下载的程序写完才改成真正的名字",
)
FUTURE = Rule(
    code="file-future",
    severity=_NOTE,
    sentence="放进来的时间（{seen}）比这台电脑现在的时间还晚，收到日期先记为现在",
    action="请核对电脑的时间；收到日期不对的，用菜单“更正收到日期”改，内容指纹在总台账的“收件登记”里",
    source="收到日期说不准就不能判断是否逾期",
)
ORIGINAL_LOST = Rule(
    code="file-original-lost",
    severity=_NOTE,
    sentence="{reason}，没有它对不了，这次没有判断",
    action="请从备份恢复它，再汇总一次；没有备份的，把这一期重新下发一次，再汇总",
    source="来件要和当时发出的表对，对不了不是单位的错",
)
KIND = Rule(
    code="file-kind",
    severity=_ERROR,
    sentence="{reason}，不是填报表",
    action=f"是某单位的，请办公室在“待决事项”里写上单位；{_AGAIN}",
    source="按内容认，不按扩展名认",
)
BROKEN = Rule(
    code="file-broken",
    severity=_ERROR,
    sentence="文件打不开（{reason}）",
    action=_AGAIN,
    source="损坏的文件里的数不可信",
)
HOSTILE = Rule(
    code="file-unsafe",
    severity=_ERROR,
    sentence="文件的结构不正常（{reason}），没有读",
    action=_AGAIN,
    source="正常的程序不会写出这样的文件",
)
LIMITS = Rule(
    code="file-limits",
    severity=_ERROR,
    sentence="读这个文件超出了限制（{reason}），没有读完",
    action=f"请删去表下面多余的空行、表外的内容再送；还不行，{_AGAIN}",
    source="一个文件不能拖住全县的汇总",
)
BLANK_ROWS = Rule(
    code="file-blank-rows",
    severity=_ERROR,
    sentence="工作表大得读不了，多半是表下面有几十万行设了格式的空行",
    action="请对方选中表下面的空行，右键删除（不是清除内容），存盘后重送",
    source="整列设格式、拖到底的格式会存成几十万个空行",
)
ENCRYPTED = Rule(
    code="file-encrypted",
    severity=_ERROR,
    sentence="文件加了打开密码",
    action="请对方去掉密码后再送",
    source="没有密码读不了",
)
OLD_FORMAT = Rule(
    code="file-old-format",
    severity=_ERROR,
    sentence="是 {reason} 格式，看不全公式和数字格式，数字无法核实",
    action="请对方用发出的表，另存为 .xlsx 后重发",
    source="旧格式里看不出数字是填的还是算的、显示成什么",
)
OTHER_TABLE = Rule(
    code="file-other-table",
    severity=_ERROR,
    sentence="是 {reason} 格式，不是 .xlsx 工作簿，里面也没有填报表的标识",
    action="请对方用发出的表，另存为 .xlsx 后重发",
    source="另存成别的格式，标识、公式和数字格式都会丢",
)
PACKED = Rule(
    code="file-archive",
    severity=_ERROR,
    sentence="{reason}，里面的表读不到",
    action="请解压后放进来",
    source="压缩包打开一层；.rar、.7z 要电脑上有能打开它的程序",
)
PARCEL_LOCKED = Rule(
    code="file-archive-locked",
    severity=_ERROR,
    sentence="压缩包加了密码，里面的表读不到",
    action="请去掉密码后再送",
    source="没有密码读不了",
)
ENCLOSED = Rule(
    code="file-mail",
    severity=_ERROR,
    sentence="是{reason}，里面没有附件，或附件读不到",
    action="请把附件另存后放进来",
    source="填报表是邮件里的附件",
)
GUARDED = Rule(
    code="file-guarded",
    severity=_ERROR,
    sentence="{reason}，本程序读到的是密文",
    action="先查本机：请网管把 python.exe 加入受信进程，再汇总一次；Excel 也打不开的，请对方解密后重发",
    source="文件加密软件只给受信的程序看明文",
)
SENDER = Rule(
    code="mail-sender",
    severity=_NOTE,
    sentence="是从{reason}的邮箱寄来的，照表上写的单位收下",
    action="请核对是不是代为报送",
    source="发件人是旁证，表是谁的看表上的标识",
)
MACROS = Rule(
    code="file-macros",
    severity=_NOTE,
    sentence="文件里有宏，没有运行，也不保留",
    action="下次请用发出的 .xlsx 表",
    source="填报表不需要宏",
)
DEFAULT_PASSWORD = Rule(
    code="file-default-password",
    severity=_NOTE,
    sentence="文件用了 Excel 的默认密码，已打开",
    action="下次请用发出的 .xlsx 表",
    source="只设“修改权限”的文件会这样",
)

RULES = (
    LOCKED, CHANGING, HALF, FUTURE, ORIGINAL_LOST, KIND, BROKEN, HOSTILE, LIMITS, BLANK_ROWS, ENCRYPTED, OLD_FORMAT,
    OTHER_TABLE, PACKED, PARCEL_LOCKED, ENCLOSED, GUARDED, SENDER, MACROS, DEFAULT_PASSWORD,
)
