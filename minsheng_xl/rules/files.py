"""Rules on a file as such: what it is, whether it can be opened, whether it is safe to read."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

_AGAIN = "请对方用发出的 .xlsx 表重填后再送"
_ERROR, _NOTE = Severity.ERROR, Severity.NOTE

LOCKED = Rule("file-locked", _NOTE, "打不开，这次没有读", "请关掉正在打开它的程序、确认有读取权限，再汇总一次", "文件被占用")
CHANGING = Rule("file-changing", _NOTE, "正在写入，这次没有读", "等复制完，再汇总一次", "复制到一半的文件不能判断")
KIND = Rule("file-kind", _ERROR, "{reason}，不是填报表", f"是某单位的，请办公室在“待决事项”里写上单位；{_AGAIN}", "按内容认，不按扩展名认")
BROKEN = Rule("file-broken", _ERROR, "文件打不开（{reason}）", _AGAIN, "损坏的文件里的数不可信")
HOSTILE = Rule("file-unsafe", _ERROR, "文件的结构不正常（{reason}），没有读", _AGAIN, "正常的程序不会写出这样的文件")
LIMITS = Rule("file-limits", _ERROR, "读这个文件超出了限制（{reason}），没有读完", _AGAIN, "一个文件不能拖住全县的汇总")
ENCRYPTED = Rule("file-encrypted", _ERROR, "文件加了打开密码", "请对方去掉密码后再送", "没有密码读不了")
OLD_FORMAT = Rule("file-old-format", _ERROR, "是 {reason} 格式，看不全公式和数字格式，数字无法核实", "请对方用发出的表，另存为 .xlsx 后重发", "旧格式里看不出数字是填的还是算的、显示成什么")
NESTED = Rule("file-archive", _ERROR, "压缩包打不开，或里面没有文件，或里面还有压缩包", "请解压后把里面的表放进来", "普通的 .zip 打开一层")
MACROS = Rule("file-macros", _NOTE, "文件里有宏，没有运行，也不保留", "下次请用发出的 .xlsx 表", "填报表不需要宏")
DEFAULT_PASSWORD = Rule("file-default-password", _NOTE, "文件用了 Excel 的默认密码，已打开", "下次请用发出的 .xlsx 表", "只设“修改权限”的文件会这样")

RULES = (
    LOCKED, CHANGING, KIND, BROKEN, HOSTILE, LIMITS, ENCRYPTED, OLD_FORMAT, NESTED, MACROS, DEFAULT_PASSWORD,
)
