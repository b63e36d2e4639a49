"""Why a paper is not read, and what to do instead: one sentence each."""

from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.intake.gate import FileKind
from minsheng_xl.rules.files import BLANK_ROWS, ENCRYPTED, HOSTILE, PACKED


class Refused(Exception):
    """A paper is not read; `str()` is the sentence for the office."""


_AS_WORD = "请用 Word 或 WPS 打开，另存为 .docx 再导入"
BLANK = "里面没有文字，没有可以导入的。请核对是不是选错了文件。"
BROKEN = f"文件已损坏，或者没有传完，读不了。{_AS_WORD}；打不开的，请重新取一份。"
LOCKED = "文件加了密码，读不了。请用 Word 或 WPS 打开，去掉密码，另存为 .docx 再导入。"
GUARDED = "文件被加密软件加了密，读不了。请按本单位的规定解密后再导入，或打开它，复制表格粘贴进来。"
SCAN = "这份 PDF 是扫描的，里面只有图，没有文字。请用 WPS 或扫描仪的文字识别（OCR）转成 .docx，核对后再导入。"
LOCKED_PDF = "这份 PDF 加了密码，读不了。请打开它，复制表格粘贴到 Word 里，另存为 .docx 再导入。"
NO_PDF_READER = "这台电脑没有装读 PDF 的部件。请运行 pip install pdfplumber 装上，或把 PDF 转成 .docx 再导入。"
NO_LINES = "这份 PDF 里的表没有画格线，分不清哪一格是哪一栏，没有读。请用 WPS 转成 .docx，核对后再导入。"
OFD = "OFD 文件里的表格读不出来。请用 OFD 阅读器转成 .docx（或打开原来的 Word 文件）再导入。"
PICTURE = "这是图片，读不出文字。请用 WPS 的图片转文字（OCR）转成 .docx，核对后再导入。"
SLIDES = "这是演示文稿，不读。请把里面的任务表复制到 Word 里，另存为 .docx 再导入。"
PARCEL = "这是压缩包。请先解压，再导入里面的那个文件。"
LETTER = "这是邮件。请把附件另存出来，再导入附件。"
UNKNOWN = "认不出是什么文件。请导入 .docx、.xlsx、.html、.txt 或有文字的 .pdf；别的，打开它另存为 .docx 再导入。"
TOO_LONG = "读了 {seconds} 秒还没有读完，停下了。请只留下任务表那几页，另存为 .docx 再导入。"
NOT_BEGUN = "读取程序 {seconds} 秒还没有启动，没有读。请再导入一次；还是这样的，请关掉别的程序或重新启动电脑再试。"
TOO_LARGE = "文件不正常（{reason}），没有读。请把任务表复制到一个新的 Word 文件里，另存为 .docx 再导入。"
CRASHED = "读它的时候出错，停下了。请把任务表复制到一个新的 Word 文件里，另存为 .docx 再导入。"
NO_OFFICE = "旧格式的文件（{kind}）要靠 LibreOffice 转换，这台电脑没有装。请用 Word 或 WPS 另存为 {ending} 再导入。"
NOT_CONVERTED = "LibreOffice 没能转换这个文件（{kind}）。请用 Word 或 WPS 另存为 {ending} 再导入。"

OF_KIND = {
    FileKind.SLIDES: SLIDES, FileKind.PICTURE: PICTURE, FileKind.EMPTY: BLANK, FileKind.ESAFENET: GUARDED,
    FileKind.GREEN_SHIELD: GUARDED, FileKind.ZIP: PARCEL, FileKind.RAR: PARCEL, FileKind.SEVEN: PARCEL,
    FileKind.PACKED: PARCEL, FileKind.MAIL: LETTER, FileKind.OUTLOOK: LETTER, FileKind.WINMAIL: LETTER,
    FileKind.CODED: LETTER,
}
"""What is said of a kind of file that is not read; of any other, UNKNOWN."""


def refusal_of(error: Unreadable) -> str:
    """The sentence for a package that cannot, or must not, be read."""
    if error.rule.code == ENCRYPTED.code:
        return LOCKED
    if error.rule.code == PACKED.code:
        return PARCEL
    if error.rule.code in (HOSTILE.code, BLANK_ROWS.code):
        return TOO_LARGE.format(reason=error.reason or "行数太多")
    return BROKEN
