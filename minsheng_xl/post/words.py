"""What letters say: texts that the office may edit, in the folder 邮件 of the year, a file for each occasion.

The first line is the subject; names in braces stand for what the letter is about. A text that nobody wrote is the one
that stands here. Texts are plain: nothing in them is a mark.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.plan.stages import DUE, NEAR, OVERDUE
from minsheng_xl.problems import MinshengError, why
from minsheng_xl.texts import cleaned, one_line
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import write_whole

FOLDER = "邮件"
_ENDING = ".txt"
FORM, CERTIFY, CONFIRM, ANSWER = "填报表", "认定表", "核对单", "退回"
PLACES = ("单位", "称呼", "期次", "截止", "应报", "来件", "补报", "标题", "落款", "附件", "督促")
"""What may stand in braces: the unit, whom to greet, the period, the due day, what is owed, what came in its place, by
when the late ones report, the year's title, who signs, the name of the attachment, how often it was reminded."""
_PLACE = re.compile(r"\{([^{}\n]{1,20})\}")

_TEXTS = {
    FORM: """{标题}{期次}填报表（{单位}）
{称呼}：
　　附件是贵单位{期次}的填报表（{附件}），请填好白色的格子，于{截止}前回复这封邮件，把填好的表作为附件发回。请不要用超大附件。
　　贵单位本期应报：{应报}。
　　没有新进展的，请在表里选“本期无新进展”，也要发回。
{落款}""",
    CERTIFY: """{标题}{期次}认定表（{单位}）
{称呼}：
　　附件是{期次}的认定表（{附件}），请对照各单位报送的数逐项选认定意见，把填好的表作为附件发回。
{落款}""",
    CONFIRM: """{标题}{期次}核对单（{单位}）
{称呼}：
　　附件是贵单位牵头各项{期次}采用的数（{附件}），请逐行核对，选“无误”或“有异议”，把填好的表作为附件发回。
{落款}""",
    ANSWER: """{标题}{期次}填报表要核实、改正（{单位}）
{称呼}：
　　贵单位{期次}的来表有要核实或改正的地方，都标在附件（{附件}）里，写着为什么。请在附件上改好、发回。
{落款}""",
    NEAR: """{标题}{期次}填报表将于{截止}截止（{单位}）
{称呼}：
　　{期次}填报表请于{截止}前报送，还没有收到贵单位的。贵单位本期应报：{应报}。{来件}
　　已经发出的，请不用理会。
{落款}""",
    DUE: """{标题}{期次}填报表今天截止（{单位}）
{称呼}：
　　{期次}填报表今天（{截止}）截止，还没有收到贵单位的。贵单位本期应报：{应报}。{来件}请今天报送。
{落款}""",
    OVERDUE: """{标题}{期次}填报表已经逾期（{单位}）
{称呼}：
　　{期次}填报表应于{截止}前报送，至今没有收到贵单位可以采用的表。贵单位本期应报：{应报}。{来件}{补报}{督促}
{落款}""",
}


class Words(NamedTuple):
    """A letter's subject, in one line, and what it says."""

    subject: str
    body: str


class LetterText(NamedTuple):
    """A text with places; `name` is the file that it stands in."""

    name: str
    subject: str
    body: str

    def filled(self, places: Mapping[str, str]) -> Words:
        """The words of one letter."""
        def said(found: "re.Match[str]") -> str:
            return places.get(found[1], "")

        subject, body = (_PLACE.sub(said, part) for part in (self.subject, self.body))
        return Words(one_line(subject).strip()[:150], cleaned(body).rstrip() + "\n")


def text_of(year: Year, occasion: str) -> LetterText:
    """The text of an occasion, as the office has it. Raises MinshengError for one that cannot be used."""
    path = _path(year, occasion)
    try:
        content = path.read_bytes().decode("utf-8-sig") if path.is_file() else _TEXTS[occasion]
    except UnicodeDecodeError:
        content = path.read_bytes().decode("gb18030", "replace")
    except OSError as error:
        raise MinshengError(f"{path} 打不开：{why(error)}。请处理后再运行一次。") from error
    subject, _, body = content.replace("\r\n", "\n").partition("\n")
    unknown = next((name for name in _PLACE.findall(content) if name not in PLACES), "")
    if unknown:
        raise MinshengError(f"{path} 里的“{{{unknown}}}”不知道是什么，没有发。可以写：{'、'.join(f'{{{name}}}' for name in PLACES)}。")
    if not subject.strip() or not body.strip():
        raise MinshengError(f"{path} 里没有主题或没有正文，没有发。第一行是主题，下面是正文；删去这个文件就用原来的。")
    return LetterText(f"{FOLDER}/{path.name}", subject, body)


def put_texts(year: Year) -> None:
    """Write the texts that are not there yet, for the office to edit."""
    for occasion, content in _TEXTS.items():
        path = _path(year, occasion)
        if not path.exists():
            write_whole(path, content.replace("\n", "\r\n").encode("utf-8-sig"))


def _path(year: Year, occasion: str) -> Path:
    return year.root / FOLDER / f"{occasion}{_ENDING}"
