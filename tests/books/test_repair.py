"""The rules for which Excel would offer to repair a workbook tell what is broken, each in a copy that was damaged so."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from typing import NamedTuple

import pytest

from minsheng_xl import Plan
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.unit import unit_book
from minsheng_xl.master.build import built_in_macros
from minsheng_xl.plan.workbook import workbook_bytes
from tests.books.repair import RULES, faults
from tests.makers import empty_account, word
from tests.workbooks import part_of, parts_of, put_together

Parts = dict[str, bytes]
HOME, BRIEF, SUMMARY, RECEIPTS, UNIT = "首页", "领导简报", "进展汇总总表", "收件登记", "县水利局"
TYPES, STYLES, MAIN, LINKS = "[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
PLAN_SHEET = "指标"


@pytest.fixture(scope="module")
def master(quarters_plan: Plan) -> bytes:
    """A master with macros: tables, a chart, conditional formats, drop-downs, links, names, page breaks."""
    given = {u.name: {word(1, "progress"): "已开工" * 40} for u in quarters_plan.reporting_units}
    return write_book(master_book(empty_account(quarters_plan, quarters_plan.periods[0], given), "", 0), built_in_macros())


@pytest.fixture(scope="module")
def commented(quarters_plan: Plan) -> bytes:
    """计划.xlsx, whose heads have comments."""
    return workbook_bytes(quarters_plan.tables)


@pytest.fixture(scope="module")
def form(quarters_plan: Plan) -> bytes:
    """A form to fill in, with properties of its own."""
    return write_book(unit_book(quarters_plan, quarters_plan.unit("县水利局"), quarters_plan.periods[0], {}))


class Damage(NamedTuple):
    """What is done to a part, and the rule that it breaks: the first match of `old` becomes `new`. `part` is a part,
    or the name of a sheet; `of` is the workbook that is damaged."""

    rule: str
    what: str
    part: str
    old: str
    new: str
    of: str = "master"


LONG = "长" * 256
NESTED = "IF(1," * 65 + "1" + ")" * 65
CELL = r'<c r="A1"([^>]*?)(?: t="\w+")?>.*?</c>'

DAMAGES = (
    Damage("不是完好的部件", "an element that is not closed", HOME, "</sheetData>", ""),
    Damage("部件没有类型", "no type for the drawings' own format", TYPES, '<Default Extension="vml"[^>]*>', ""),
    Damage("部件没有类型", "no type for a sheet", TYPES, r'<Default Extension="xml"[^>]*>(.*)<Override PartName="/xl/worksheets/sheet1.xml"[^>]*>', r"\1"),
    Damage("类型写给了没有的部件", "a type for a sheet that is not there", TYPES, "sheet1.xml", "sheet901.xml"),
    Damage("部件的类型不对", "a sheet that is a chart sheet by its type", TYPES, r"(sheet1\.xml\" ContentType=\"[^\"]*)worksheet\+xml", r"\1chartsheet+xml"),
    Damage("部件的类型不对", "macros in a workbook that has none by its type", TYPES, r"application/vnd.ms-excel.sheet.macroEnabled.main\+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    Damage("关系指向没有的部件", "a sheet that is gone", LINKS, r"worksheets/sheet2\.xml", "worksheets/sheet902.xml"),
    Damage("关系编号重复", "two relations of one number", LINKS, 'Id="rId2"', 'Id="rId1"'),
    Damage("用了没有的关系", "a drawing that no relation leads to", BRIEF, '<drawing r:id="[^"]*"', '<drawing r:id="rId77"'),
    Damage("工作表名不合规定", "a name with a bracket", MAIN, f'name="{BRIEF}"', 'name="简报[1]"'),
    Damage("工作表名不合规定", "a name of 32 signs", MAIN, f'name="{BRIEF}"', f'name="{"简" * 32}"'),
    Damage("工作表重名", "two sheets of one name", MAIN, f'name="{BRIEF}"', f'name="{HOME}"'),
    Damage("工作表重名", "two sheets of one number", MAIN, 'sheetId="2"', 'sheetId="1"'),
    Damage("没有看得见的工作表", "a tab that is not there is shown", MAIN, "<workbookView ", '<workbookView activeTab="99" '),
    Damage("合并的格相交", "two blocks that overlap", BRIEF, r'<mergeCell ref="(\w+):(\w+)"/>', r'<mergeCell ref="\1:\2"/><mergeCell ref="\2:XFD9"/>'),
    Damage("合并的格相交", "a block of one cell", HOME, r'<mergeCell ref="[^"]*"/>', '<mergeCell ref="B2:B2"/>'),
    Damage("表格与合并、别的表格相交", "a block across the head of a table", RECEIPTS, r"(<mergeCells[^>]*>)", r'\1<mergeCell ref="A3:B3"/>'),
    Damage("表格的列与表头的格不同", "a column of another name", "xl/tables/table1.xml", r'(<tableColumn id="1" name=")[^"]*', r"\1别的"),
    Damage("表格的列与表头的格不同", "a head that is a number", RECEIPTS, r'<c r="B3"([^>]*?)(?: t="\w+")?>.*?</c>', r'<c r="B3"\1><v>7</v></c>'),
    Damage("表格的名称、编号重复", "two tables of one number", "xl/tables/table2.xml", r'(<table [^>]*?) id="2"', r'\1 id="1"'),
    Damage("筛选的区域不在表格里", "a filter over other rows", "xl/tables/table1.xml", r'<autoFilter ref="A\d+', '<autoFilter ref="A1'),
    Damage("条件格式用到别的工作表", "a condition on another sheet", SUMMARY, r"(<cfRule [^>]*><formula>)[^<]*", rf"\1'{HOME}'!A1=1"),
    Damage("条件格式的样式没有", "a look that is not there", SUMMARY, r'dxfId="\d+"', 'dxfId="999"'),
    Damage("数据有效性的文字太长", "a list of more than 255 signs", UNIT, r"(<dataValidations[^>]*>)", rf'\1<dataValidation type="list" sqref="Z9"><formula1>"{LONG}"</formula1></dataValidation>'),
    Damage("数据有效性的文字太长", "a title of more than 32 signs", "计划", r'errorTitle="[^"]*"', f'errorTitle="{LONG}"', "commented"),
    Damage("数据有效性的区域不是格", "an area beyond the sheet", "计划", r'(<dataValidation [^>]*sqref=)"[^"]*"', r'\1"A2:A1048577"', "commented"),
    Damage("页眉页脚超过255个字符", "a footer of 256 signs", BRIEF, r"<oddFooter>[^<]*", f"<oddFooter>{LONG}"),
    Damage("公式太长", "a formula of more than 8192 signs", HOME, CELL, rf'<c r="A1"\1><f>{"1+" * 4100}1</f></c>'),
    Damage("公式里函数套得太深", "65 functions in one another", HOME, CELL, rf'<c r="A1"\1><f>{NESTED}</f></c>'),
    Damage("公式的括号、引号不成对", "a bracket that is not closed", HOME, CELL, r'<c r="A1"\1><f>IF(1,2</f></c>'),
    Damage("公式的括号、引号不成对", "a text that is not closed", HOME, CELL, r'<c r="A1"\1><f>"甲</f></c>'),
    Damage("公式里的文字超过255个字符", "a text of 256 signs in a formula", HOME, CELL, rf'<c r="A1"\1><f>"{LONG}"</f></c>'),
    Damage("公式用到没有的工作表", "a sheet that is not there", HOME, CELL, r'''<c r="A1"\1><f>'旧表'!A1</f></c>'''),
    Damage("文字超过32767个字符", "a text of 32768 signs", HOME, CELL, rf'<c r="A1"\1 t="inlineStr"><is><t>{"长" * 32768}</t></is></c>'),
    Damage("格里的值不合它的类型", "a string that is not there", HOME, CELL, r'<c r="A1"\1 t="s"><v>99999</v></c>'),
    Damage("格里的值不合它的类型", "a number that is none", HOME, CELL, r'<c r="A1"\1><v>nan</v></c>'),
    Damage("格里的值不合它的类型", "a truth that is neither", HOME, CELL, r'<c r="A1"\1 t="b"><v>TRUE</v></c>'),
    Damage("样式的编号没有", "a look that is not there", HOME, r'<c r="A1" s="\d+"', '<c r="A1" s="9999"'),
    Damage("样式里用了没有的字体、底纹、边框", "a face that is not there", STYLES, r'(<cellXfs.*?fontId=)"\d+"', r'\1"999"'),
    Damage("格、行的次序不对或重复", "a cell that stands twice", HOME, r'(<c r="A1"[^>]*?>.*?</c>)', r"\1\1"),
    Damage("格、行的次序不对或重复", "a row out of its order", HOME, r"(<row .*?</row>)(<row .*?</row>)", r"\2\1"),
    Damage("列的区域相交", "two columns that overlap", HOME, r"(<col [^>]*/>)", r"\1\1"),
    Damage("行太高", "a row of 500 points", HOME, r' ht="[^"]*"', ' ht="500"'),
    Damage("超链接指向没有的地方", "a link to a sheet that is gone", HOME, r'location="[^"]*"', "location=\"'旧表'!A1\""),
    Damage("批注没有它的图形", "a comment more than there are drawings", "xl/comments1.xml", r"(<comment .*?</comment>)", r'\1<comment ref="Z99" authorId="0"><text><t>多</t></text></comment>', "commented"),
    Damage("批注没有它的图形", "a comment by nobody", "xl/comments1.xml", r'authorId="\d+"', 'authorId="9"', "commented"),
    Damage("图表用到没有的工作表", "a chart of a sheet that is gone", "xl/charts/chart1.xml", r"<c:f>[^<]*", "<c:f>'旧表'!$A$1"),
    Damage("图表的缓存与它的点数不合", "a point beyond the last", "xl/charts/chart1.xml", r'<c:ptCount val="\d+"/>', '<c:ptCount val="0"/>'),
    Damage("定义的名称不合规定", "a name that is a cell", MAIN, "<definedNames>", "<definedNames><definedName name=\"AB12\">1</definedName>"),
    Damage("定义的名称不合规定", "a name twice", MAIN, r"(<definedName .*?</definedName>)", r"\1\1"),
    Damage("定义的名称指向没有的工作表", "an area to print on another sheet", MAIN, r'(<definedName name="_xlnm.Print_Area" localSheetId="1"[^>]*>)[^<]*', rf"\1{HOME}!$A$1:$B$2"),
    Damage("定义的名称指向没有的工作表", "a name of a sheet that is gone", "计划/xl/workbook.xml", r"(<definedName name=\"单位名单\">)[^<]*", r"\1旧表!$A$1", "commented"),
    Damage("打印的分页不合规定", "a page that ends below the sheet", SUMMARY, "</worksheet>", '<rowBreaks count="1"><brk id="1048577"/></rowBreaks></worksheet>'),
    Damage("自定义属性重复", "two properties of one name", "docProps/custom.xml", r"(<property .*?</property>)", r"\1\1", "form"),
)


def _part(parts: Parts, name: str) -> str:
    if name == "计划":
        return part_of(parts, PLAN_SHEET)
    name = name.removeprefix("计划/")
    return name if name in parts else part_of(parts, name)


def _damaged(content: bytes, damage: Damage) -> bytes:
    parts = parts_of(content)
    name = _part(parts, damage.part)
    text, count = re.subn(damage.old, damage.new, parts[name].decode(), count=1, flags=re.DOTALL)
    assert count == 1, f"nothing to damage: {damage.old}"
    return _packed({**parts, name: text.encode()})


def _packed(parts: Parts) -> bytes:
    made = io.BytesIO()
    put_together(made, parts)
    return made.getvalue()


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.what for damage in DAMAGES])
def test_a_damage_is_told_by_its_name(damage: Damage, request: pytest.FixtureRequest) -> None:
    content: bytes = request.getfixturevalue(damage.of)
    assert damage.rule in {fault.rule for fault in faults(_damaged(content, damage))}


def _twice(content: bytes) -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for name, part in [*parts_of(content).items(), (STYLES, parts_of(content)[STYLES])]:
            archive.writestr(name, part)
    return made.getvalue()


def _with_chain(content: bytes, cell: str) -> bytes:
    parts = parts_of(content)
    chain = f'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="{cell}" i="1"/></calcChain>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    for name, end, added in (
        (TYPES, "</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/>'),
        (LINKS, "</Relationships>", f'<Relationship Id="rId901" Type="{link}" Target="calcChain.xml"/>'),
    ):
        parts[name] = parts[name].replace(end.encode(), added.encode() + end.encode())
    return _packed({**parts, "xl/calcChain.xml": chain.encode()})


def _formula_of(content: bytes) -> str:
    parts = parts_of(content)
    found = re.search(r'<c r="(\w+)"[^>]*><f>', parts[part_of(parts, HOME)].decode())
    assert found is not None
    return found[1]


def _hidden(content: bytes) -> bytes:
    parts = parts_of(content)
    main = re.sub(r'<sheet (?![^>]*state=)', '<sheet state="hidden" ', parts[MAIN].decode())
    return _packed({**parts, MAIN: main.encode()})


OTHERWISE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a part that stands twice": ("两个部件同名", _twice),
    "a chain that names a cell without a formula": ("计算链里的格没有公式", lambda content: _with_chain(content, "XFD9")),
    "no sheet that is seen": ("没有看得见的工作表", _hidden),
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_what_is_done_to_the_whole_is_told_too(what: str, master: bytes) -> None:
    name, damage = OTHERWISE[what]
    assert [fault.rule for fault in faults(damage(master))] == [name]


def test_every_rule_has_a_copy_that_breaks_it() -> None:
    shown = {damage.rule for damage in DAMAGES} | {name for name, _ in OTHERWISE.values()}
    assert set(RULES) | {"不是完好的部件"} == shown


def test_sound_workbooks_break_none(master: bytes, commented: bytes, form: bytes) -> None:
    assert faults(master) == []
    assert faults(form) == []
    assert faults(commented) == []
    assert faults(_with_chain(master, _formula_of(master))) == []
