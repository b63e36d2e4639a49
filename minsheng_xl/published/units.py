"""The units of a table: names taken apart, groups and words that are no unit's name, pairs that may be one unit."""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import chain, combinations, count

from minsheng_xl.plan.names import is_project_sheet, is_reserved, may_name_a_file, may_name_a_sheet
from minsheng_xl.published.lexicon import words

_ENDINGS = words(
    "委员会 管委会 办公室 服务中心 指挥部 信访局 分公司 支公司 供电公司 集团公司 有限公司 公司 集团 支行 银行 分行 信用社 农商行 联合会 联社 供销社 总工会 工会 妇联 残联 科协 侨联 文联 工商联 "
    "团县委 团市委 团区委 法院 检察院 医院 学校 学院 党校 大队 支队 总队 中队 分局 总局 管理局 局 委 办 部 处 院 所 站 队 中心 馆 社 厅 街道办事处 办事处 街道 人民政府 政府 乡 镇 "
    "村委会 居委会 村民委员会 居民委员会 总会 商会 基金会 血站 大学 中学 小学 幼儿园 专科学校 公安处 供水公司 管理处 服务站 公园 "
    "管理区 示范区 开发区 园区 高新区 新区 景区 林场 农场 电视台 融媒体中心 红十字会 协会 学会 公路局 支队 交警队 邮政 移动 联通 电信 铁塔 办公厅"
)
_ENDING = "|".join(sorted(dict.fromkeys(_ENDINGS), key=len, reverse=True))
_BEGINNING = "县|市|区|省|州|旗|各|国网|国家|中国|人行|团|共青团|驻|邮政|移动|联通|电信|铁塔|农商|红十字"
_BETWEEN = re.compile(r"[、，,；;／/|\n\r\t]+")
_GLUED = re.compile(
    rf"(?<=局|委|办|联|社|行|院|会|部|厅|心|司|队|校|学)(?=(?:{_BEGINNING})[\u4e00-\u9fff])"
    r"(?!区居|区[\u4e00-\u9fff]{0,3}(?:中心|委))"
)
_LABEL = re.compile(r"^(?:牵头|责任|配合|协同|主办|协办|认定|主要)?(?:责任)?(?:单位|部门)[：:]\s*")
_BEGINS_WITH = re.compile(r"^(?:由|会同|联合|商)(?=[县市区省州旗国中人团驻])")
"""Words of a sentence before a name: 由县交通局牵头."""
_HANGS_ON = re.compile(
    r"(?:（?(?:牵头|配合|协助|主责|责任|负责)）|抓好落实|具体实施|组织实施|参与|"
    r"等单位|等部门|等相关单位|等有关单位|等|牵头|负责|配合|（牵头）|\(牵头\)|（负责）|按职责分工负责|分工负责)[。．.]?\Z"
)
_GROUP = re.compile(
    r"^各|各部门|各单位|有关|相关|"
    r"(?:成员|责任|县直|市直|区直|职能|直属|驻[县市区])(?:各)?(?:单位|部门)\Z|^(?:乡镇|镇街|街道|镇（街道）|乡镇（街道）|村（社区）|属地)\Z|及其?他|[镇乡]（?街道|"
    r"[县市区]各"
)
_UNIT = re.compile(rf"(?:{_ENDING})(?:（[^（）]*）)?\Z|^[\u4e00-\u9fff]{{2,5}}(?:县|市|区|旗)\Z")


_NOBODY = re.compile(r"(?:[^\w]|_)*(?:无|暂无|待定|另定|同上|[合总小共]计)?(?:[^\w]|_)*\Z")
"""What stands in a cell that names nobody: —, 无, （待定）."""
_NO_TAB = re.compile(r"[\[\]:*?/\\'\"<>|\x00-\x1f]")
_NUMERAL = re.compile("[0-9０-９一二三四五六七八九十百]")
_LONGEST_TAB = 28
"""Signs of a short name, with room for a number behind it."""


def names_of(text: str) -> Iterator[str]:
    """The names in the cell of a table, whatever stands between them, a line break or nothing included."""
    for line in _BETWEEN.split(_joined(text)):
        for name in re.split(r"\s{1,}", line.strip()):
            bare = _BEGINS_WITH.sub("", _LABEL.sub("", name.strip(" 。．.·“”\"'")))
            while found := _HANGS_ON.search(bare):
                bare = bare[:found.start()]
            for one in _GLUED.split(bare):
                if not _NOBODY.match(one):
                    yield one.strip()


def _joined(text: str) -> str:
    """A text whose lines were broken inside of a name put together: a line that ends with no unit's ending goes on."""
    lines = text.split("\n")
    out = lines[0]
    for line in lines[1:]:
        last = _BETWEEN.split(out)[-1].strip()
        is_whole = not last or _UNIT.search(_HANGS_ON.sub("", last)) is not None or not line.strip()
        out += f"\n{line}" if is_whole else line.strip()
    return out


def is_group(name: str) -> bool:
    """Whether a name is that of several units (各镇（街道）, 县各有关单位)."""
    return _GROUP.search(name) is not None


def is_unit(name: str) -> bool:
    """Whether a name ends as those of units do."""
    return _UNIT.search(name) is not None and not is_group(name)


def pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that may be two spellings of one unit: all signs of the shorter stand in the longer, in order; both begin
    and end alike. A bureau of finance and one of audit are none."""
    for one, other in combinations(dict.fromkeys(names), 2):
        short, long = sorted((_shortened(one), _shortened(other)), key=len)
        is_other = short != long and (long.startswith(short) or len(long) > 3 * len(short))
        if len(short) > 3 and not is_other and (short == long or len(short) < len(long)) and _is_within(short, long):
            yield (one, other) if len(one) > len(other) else (other, one)


def _shortened(name: str) -> str:
    """委员会 is 委 for short."""
    return re.sub("委员会\\Z", "委", name)


def _is_within(short: str, long: str) -> bool:
    if short[0] != long[0] or short[-1] != long[-1] or short[1] != long[1]:
        return False
    rest = iter(long)
    return all(sign in rest for sign in short) and not _is_numbered(short, long)


def _is_numbered(short: str, long: str) -> bool:
    """Whether two names differ in a number alone: a first school and an eleventh are two."""
    return short != long and _NUMERAL.sub("", short) == _NUMERAL.sub("", long)


def tab_names(names: Iterable[str]) -> dict[str, str]:
    """Short names for those units after which no sheet or file can be named, or whose sheets would be called alike."""
    short: dict[str, str] = {}
    taken: set[str] = set()
    waiting: list[str] = []
    for name in dict.fromkeys(names):
        if _may_be_tab(name, taken):
            taken.add(name.lower())
        else:
            waiting.append(name)
    for name in waiting:
        bare = _NO_TAB.sub("", name)[:_LONGEST_TAB].strip(" .\u3000") or "单位"
        bare = bare if may_name_a_file(bare) else f"{bare}单位"
        short[name] = next(tab for tab in chain([bare], _counted(bare)) if _may_be_tab(tab, taken))
        taken.add(short[name].lower())
    return short


def _counted(name: str) -> Iterator[str]:
    return (f"{name}{number}" for number in count(2))


def _may_be_tab(name: str, taken: Container[str]) -> bool:
    is_free = name.lower() not in taken and not is_reserved(name) and not is_project_sheet(name)
    return is_free and may_name_a_sheet(name) and may_name_a_file(name)
