"""What makes Excel offer to repair a workbook, and what a validator of its schema does not see: rules of our own.

Each rule is a function from a workbook to the places that break it, under the name by which a fault is told. Sources:
"Excel specifications and limits", and ECMA-376 part 1, chapter 18, where it says "shall".
"""

import io
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree import ElementTree

from tests.books.formula_text import FUNCTIONS_IN_ONE_ANOTHER, LONGEST, brackets, sheets_named, texts

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ROWS, _COLUMNS = 1_048_576, 16_384
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})\Z")
_TYPES = "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")


class Fault(NamedTuple):
    """A rule that is broken, and where."""

    rule: str
    where: str


class Relation(NamedTuple):
    kind: str
    target: str
    external: bool


class Area(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: "Area") -> bool:
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.bottom < other.top or other.bottom < self.top)


def place_of(address: str) -> tuple[int, int]:
    """Row and column of a cell, from 1; (0, 0) for what is no cell."""
    found = _ADDRESS.match(address)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if 1 <= row <= _ROWS and column <= _COLUMNS else (0, 0)


def area_of(reference: str) -> Area:
    first, _, last = reference.partition(":")
    return Area(*place_of(first), *place_of(last or first))


class Page:
    """A sheet: its name, its part, its elements."""

    def __init__(self, book: "Workbook", name: str, part: str) -> None:
        self.name, self.part, self.links = name, part, book.relations(part)
        self.root = book.xml(part)

    def each(self, *path: str) -> list[ElementTree.Element]:
        return self.root.findall("/".join(_MAIN + step for step in path))

    @cached_property
    def cells(self) -> dict[str, ElementTree.Element]:
        return {cell.get("r", ""): cell for cell in self.each("sheetData", "row", "c")}

    @cached_property
    def formulas(self) -> dict[str, str]:
        found = ((address, cell.find(f"{_MAIN}f")) for address, cell in self.cells.items())
        return {address: formula.text or "" for address, formula in found if formula is not None}

    def linked(self, kind: str) -> list[str]:
        return [one.target for one in self.links.values() if one.kind.endswith(f"/{kind}") and not one.external]


class Workbook:
    """The parts of a file, looked at without the project's own reader."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.names = [name for name in archive.namelist() if not name.endswith("/")]
            self.parts = {name: archive.read(name) for name in self.names}
        self._read: dict[str, ElementTree.Element] = {}
        self.types = self.xml(_TYPES)
        mains = [one.target for one in self.relations("").values() if one.kind.endswith("/officeDocument")]
        self.main = mains[0]
        self.root, self.links = self.xml(self.main), self.relations(self.main)
        self.sheets = self.root.findall(f"{_MAIN}sheets/{_MAIN}sheet")
        found = ((sheet.get("name", ""), self.links.get(sheet.get(_ID, ""))) for sheet in self.sheets)
        self.pages = [Page(self, name, link.target) for name, link in found if link and link.target in self.parts]

    def xml(self, part: str) -> ElementTree.Element:
        if part not in self._read:
            self._read[part] = ElementTree.fromstring(self.parts[part])
        return self._read[part]

    def linked(self, kind: str) -> ElementTree.Element | None:
        """The part of a kind that the workbook has once: styles, strings, the calculation chain."""
        targets = [one.target for one in self.links.values() if one.kind.endswith(f"/{kind}")]
        return self.xml(targets[0]) if targets and targets[0] in self.parts else None

    def relations(self, part: str) -> dict[str, Relation]:
        folder, name = dirname(part), part.rpartition("/")[2]
        rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if rels not in self.parts:
            return {}
        found = {}
        for one in self.xml(rels):
            target, external = one.get("Target", ""), one.get("TargetMode") == "External"
            inside = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[one.get("Id", "")] = Relation(one.get("Type", ""), target if external else inside, external)
        return found

    @cached_property
    def titles(self) -> set[str]:
        return {sheet.get("name", "").lower() for sheet in self.sheets}

    @cached_property
    def names_defined(self) -> list[ElementTree.Element]:
        return self.root.findall(f"{_MAIN}definedNames/{_MAIN}definedName")

    @cached_property
    def tables(self) -> list[tuple[Page, ElementTree.Element]]:
        return [(page, self.xml(part)) for page in self.pages for part in page.linked("table") if part in self.parts]

    def count(self, *path: str) -> int:
        """How many records of a kind the styles have."""
        styles = self.linked("styles")
        return len(styles.findall("/".join(_MAIN + step for step in path))) if styles is not None else 0


Rule = Callable[[Workbook], Iterator[str]]
RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    def known(found: Rule) -> Rule:
        RULES[name] = found
        return found

    return known


def faults(content: bytes) -> list[Fault]:
    """Everything for which Excel would offer to repair a workbook, as far as these rules tell."""
    try:
        book = Workbook(content)
        for part in book.names:
            if part.endswith((".xml", ".rels")):
                book.xml(part)
    except (ElementTree.ParseError, KeyError, IndexError, zipfile.BadZipFile) as error:
        return [Fault("不是完好的部件", repr(error))]
    return [Fault(name, where) for name, broken in RULES.items() for where in broken(book)]


def _doubles(values: Iterable[str]) -> Iterator[str]:
    yield from (value for value, times in Counter(values).items() if times > 1)


@rule("两个部件同名")
def _double_parts(book: Workbook) -> Iterator[str]:
    yield from _doubles(name.lower() for name in book.names)


@rule("部件没有类型")
def _untyped_parts(book: Workbook) -> Iterator[str]:
    defaults = {one.get("Extension", "").lower() for one in book.types if one.tag.endswith("}Default")}
    named = {one.get("PartName", "").lstrip("/") for one in book.types if one.tag.endswith("}Override")}
    for part in book.names:
        if part != _TYPES and part not in named and part.rpartition(".")[2].lower() not in defaults:
            yield part


@rule("类型写给了没有的部件")
def _types_of_nothing(book: Workbook) -> Iterator[str]:
    named = [one.get("PartName", "") for one in book.types if one.tag.endswith("}Override")]
    yield from (name for name in named if name.lstrip("/") not in book.parts)
    yield from _doubles(named)


@rule("部件的类型不对")
def _wrong_types(book: Workbook) -> Iterator[str]:
    kinds = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in book.types}
    yield from (page.part for page in book.pages if kinds.get(page.part) != _SHEET_TYPE)
    has_macros = any(one.kind.endswith("/vbaProject") for one in book.links.values())
    if ("macroEnabled" in kinds.get(book.main, "")) != has_macros:
        yield book.main


@rule("关系指向没有的部件")
def _gone_targets(book: Workbook) -> Iterator[str]:
    for rels in (name for name in book.names if name.endswith(".rels")):
        folder, _, name = rels.removesuffix(".rels").rpartition("_rels/")
        for id, one in book.relations(folder + name).items():
            if not one.external and one.target not in book.parts:
                yield f"{rels} {id} {one.target}"


@rule("关系编号重复")
def _double_relations(book: Workbook) -> Iterator[str]:
    for rels in (name for name in book.names if name.endswith(".rels")):
        yield from (f"{rels} {id}" for id in _doubles(one.get("Id", "") for one in book.xml(rels)))


@rule("用了没有的关系")
def _unknown_relations(book: Workbook) -> Iterator[str]:
    for part, links in [(book.main, book.links), *((page.part, page.links) for page in book.pages)]:
        for element in book.xml(part).iter():
            if _ID in element.attrib and element.attrib[_ID] not in links:
                yield f"{part} {element.tag.rpartition('}')[2]} {element.attrib[_ID]}"


@rule("工作表名不合规定")
def _sheet_names(book: Workbook) -> Iterator[str]:
    for name in (sheet.get("name", "") for sheet in book.sheets):
        is_quoted = name.startswith("'") or name.endswith("'")
        if not 1 <= len(name) <= 31 or re.search(r"[\[\]:*?/\\]", name) or is_quoted or name.lower() == "history":
            yield name


@rule("工作表重名")
def _double_sheets(book: Workbook) -> Iterator[str]:
    yield from _doubles(sheet.get("name", "").lower() for sheet in book.sheets)
    yield from _doubles(sheet.get("sheetId", "") for sheet in book.sheets)


@rule("没有看得见的工作表")
def _no_visible_sheet(book: Workbook) -> Iterator[str]:
    if not any(sheet.get("state", "visible") == "visible" for sheet in book.sheets):
        yield book.main
    for view in book.root.findall(f"{_MAIN}bookViews/{_MAIN}workbookView"):
        if int(view.get("activeTab", "0")) >= len(book.sheets):
            yield "activeTab"


@rule("合并的格相交")
def _merges(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        areas = sorted(area_of(one.get("ref", "")) for one in page.each("mergeCells", "mergeCell"))
        for n, one in enumerate(areas):
            for other in areas[n + 1 :]:
                if other.top > one.bottom:
                    break
                if one.meets(other):
                    yield f"{page.name} {one} {other}"
        yield from (f"{page.name} {one}" for one in areas if not one.top or one[:2] == one[2:])


@rule("表格与合并、别的表格相交")
def _tables_apart(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        tables = [area_of(table.get("ref", "")) for owner, table in book.tables if owner is page]
        merges = [area_of(one.get("ref", "")) for one in page.each("mergeCells", "mergeCell")]
        for n, one in enumerate(tables):
            yield from (f"{page.name} {other}" for other in (*tables[n + 1 :], *merges) if one.meets(other))


@rule("表格的列与表头的格不同")
def _table_heads(book: Workbook) -> Iterator[str]:
    strings = _strings(book)
    for page, table in book.tables:
        area = area_of(table.get("ref", ""))
        columns = [one.get("name", "") for one in table.findall(f"{_MAIN}tableColumns/{_MAIN}tableColumn")]
        places = {place_of(address): cell for address, cell in page.cells.items()}
        heads = [_text(places.get((area.top, column)), strings) for column in range(area.left, area.right + 1)]
        shown = [re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), name) for name in columns]
        if table.get("headerRowCount", "1") != "0" and shown != heads:
            yield f"{page.name} {table.get('displayName')}"
        yield from (f"{page.name} {name}" for name in _doubles(name.lower() for name in columns))


@rule("表格的名称、编号重复")
def _table_names(book: Workbook) -> Iterator[str]:
    names = [one.get("name", "").lower() for one in book.names_defined if one.get("localSheetId") is None]
    yield from _doubles([*names, *(table.get("displayName", "").lower() for _, table in book.tables)] if book.tables else [])
    yield from _doubles(table.get("id", "") for _, table in book.tables)


@rule("筛选的区域不在表格里")
def _filters(book: Workbook) -> Iterator[str]:
    for page, table in book.tables:
        inner = table.find(f"{_MAIN}autoFilter")
        if inner is not None and area_of(inner.get("ref", ""))[:2] != area_of(table.get("ref", ""))[:2]:
            yield f"{page.name} {table.get('displayName')}"


@rule("条件格式用到别的工作表")
def _conditions(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        for formula in page.each("conditionalFormatting", "cfRule", "formula"):
            if sheets_named(formula.text or ""):
                yield f"{page.name} {formula.text}"


@rule("条件格式的样式没有")
def _condition_looks(book: Workbook) -> Iterator[str]:
    known = book.count("dxfs", "dxf")
    for page in book.pages:
        for one in page.each("conditionalFormatting", "cfRule"):
            if int(one.get("dxfId", "-1")) >= known or int(one.get("priority", "0")) < 1:
                yield f"{page.name} dxfId {one.get('dxfId')} priority {one.get('priority')}"


_LIMITS = {"errorTitle": 32, "promptTitle": 32, "error": 255, "prompt": 255}


@rule("数据有效性的文字太长")
def _validation_texts(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        for one in page.each("dataValidations", "dataValidation"):
            yield from (f"{page.name} {one.get('sqref')} {key}" for key, most in _LIMITS.items() if len(one.get(key, "")) > most)
            for formula in one:
                if len((formula.text or "").strip('"')) > 255:
                    yield f"{page.name} {one.get('sqref')} {formula.tag.rpartition('}')[2]}"


@rule("数据有效性的区域不是格")
def _validation_areas(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        for one in page.each("dataValidations", "dataValidation"):
            areas = [area_of(each) for each in one.get("sqref", "").split()]
            if not areas or any(area.top == 0 or area.bottom == 0 for area in areas):
                yield f"{page.name} {one.get('sqref')}"


@rule("页眉页脚超过255个字符")
def _footers(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        yield from (f"{page.name} {one.tag.rpartition('}')[2]}" for one in page.each("headerFooter", "*") if len(one.text or "") > 255)


@rule("公式太长")
def _long_formulas(book: Workbook) -> Iterator[str]:
    yield from (f"{page.name} {at}" for page in book.pages for at, said in page.formulas.items() if len(said) > LONGEST)


@rule("公式里函数套得太深")
def _deep_formulas(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        yield from (f"{page.name} {at}" for at, said in page.formulas.items() if brackets(said).functions > FUNCTIONS_IN_ONE_ANOTHER)


@rule("公式的括号、引号不成对")
def _broken_formulas(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        yield from (f"{page.name} {at}" for at, said in page.formulas.items() if said and not brackets(said).are_whole)


@rule("公式里的文字超过255个字符")
def _long_texts(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        yield from (f"{page.name} {at}" for at, said in page.formulas.items() if any(len(text) > 255 for text in texts(said)))


@rule("公式用到没有的工作表")
def _unknown_sheets(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        for at, said in page.formulas.items():
            yield from (f"{page.name} {at} {name}" for name in sheets_named(said) if name.lower() not in book.titles)


def _strings(book: Workbook) -> list[str]:
    found = book.linked("sharedStrings")
    if found is None:
        return []
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in found.findall(f"{_MAIN}si")]


def _text(cell: ElementTree.Element | None, strings: list[str]) -> str:
    """What a cell says that holds a text and no formula; "" for every other."""
    if cell is None or cell.find(f"{_MAIN}f") is not None:
        return ""
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t")) if cell.get("t") == "inlineStr" else ""


@rule("文字超过32767个字符")
def _texts(book: Workbook) -> Iterator[str]:
    yield from (f"sharedStrings {n}" for n, text in enumerate(_strings(book)) if len(text) > 32767)
    for page in book.pages:
        for at, cell in page.cells.items():
            if len(cell.findtext(f"{_MAIN}v") or "") > 32767 or len(_text(cell, []) if cell.get("t") == "inlineStr" else "") > 32767:
                yield f"{page.name} {at}"


@rule("格里的值不合它的类型")
def _values(book: Workbook) -> Iterator[str]:
    strings = len(_strings(book))
    kinds: dict[str, Callable[[str], bool]] = {
        "n": lambda said: _NUMBER.match(said) is not None, "b": lambda said: said in ("0", "1"),
        "e": lambda said: said in _ERRORS, "s": lambda said: said.isdigit() and int(said) < strings,
    }
    for page in book.pages:
        for at, cell in page.cells.items():
            value, right = cell.findtext(f"{_MAIN}v"), kinds.get(cell.get("t", "n"))
            if value and right is not None and not right(value):
                yield f"{page.name} {at} {cell.get('t')} {value}"


@rule("样式的编号没有")
def _looks(book: Workbook) -> Iterator[str]:
    known = book.count("cellXfs", "xf")
    for page in book.pages:
        looks = [*page.cells.values(), *page.each("sheetData", "row"), *page.each("cols", "col")]
        wrong = (one.get("r") or one.get("min") for one in looks if int(one.get("s") or one.get("style") or 0) >= known)
        yield from (f"{page.name} {at}" for at in wrong)


@rule("样式里用了没有的字体、底纹、边框")
def _inner_looks(book: Workbook) -> Iterator[str]:
    styles = book.linked("styles")
    known = {"fontId": book.count("fonts", "font"), "fillId": book.count("fills", "fill"), "borderId": book.count("borders", "border")}
    for n, one in enumerate(styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf") if styles is not None else ()):
        yield from (f"{n} {key}" for key, most in known.items() if int(one.get(key, "0")) >= most)


@rule("格、行的次序不对或重复")
def _order(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        before = 0
        for row in page.each("sheetData", "row"):
            number = int(row.get("r", before + 1))
            places = [place_of(cell.get("r", "")) for cell in row]
            is_right = all(at[0] == number for at in places) and all(a < b for a, b in itertools.pairwise(places))
            if number <= before or not is_right:
                yield f"{page.name} 第{number}行"
            before = number


@rule("列的区域相交")
def _columns(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        before = 0
        for one in page.each("cols", "col"):
            first, last = int(one.get("min", "0")), int(one.get("max", "0"))
            if not before < first <= last <= _COLUMNS or float(one.get("width", "0")) > 255:
                yield f"{page.name} {first}:{last}"
            before = last


@rule("行太高")
def _rows(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        yield from (f"{page.name} {row.get('r')}" for row in page.each("sheetData", "row") if float(row.get("ht", "0")) > 409.5)


@rule("超链接指向没有的地方")
def _links(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        found = page.each("hyperlinks", "hyperlink")
        if len(found) > 65_530:
            yield f"{page.name} {len(found)}"
        for one in found:
            named = sheets_named(one.get("location", ""))
            wrong = [name for name in named if name.lower() not in book.titles]
            link = page.links.get(one.get(_ID, ""))
            if wrong or not place_of(one.get("ref", "").partition(":")[0])[0] or len(link.target if link else "") > 2079:
                yield f"{page.name} {one.get('ref')} {one.get('location')}"


@rule("批注没有它的图形")
def _comments(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        for part in page.linked("comments"):
            root = book.xml(part)
            refs = [one.get("ref", "") for one in root.iter(f"{_MAIN}comment")]
            drawn = page.links.get(next((one.get(_ID, "") for one in page.each("legacyDrawing")), ""))
            shapes = book.parts.get(drawn.target, b"").count(b'ObjectType="Note"') if drawn is not None else 0
            authors = len(root.findall(f"{_MAIN}authors/{_MAIN}author"))
            yield from (f"{page.name} {ref}" for ref in _doubles(refs))
            yield from (f"{page.name} 作者 {one.get('authorId')}" for one in root.iter(f"{_MAIN}comment") if int(one.get("authorId", "0")) >= authors)
            if shapes != len(refs):
                yield f"{page.name} {len(refs)} 个批注，{shapes} 个图形"


@rule("图表用到没有的工作表")
def _charts(book: Workbook) -> Iterator[str]:
    for part in (name for name in book.names if re.match(r"xl/charts/chart[^/]*\.xml\Z", name)):
        for formula in book.xml(part).iter(f"{_CHART}f"):
            yield from (f"{part} {name}" for name in sheets_named(formula.text or "") if name.lower() not in book.titles)


@rule("图表的缓存与它的点数不合")
def _caches(book: Workbook) -> Iterator[str]:
    for part in (name for name in book.names if re.match(r"xl/charts/chart[^/]*\.xml\Z", name)):
        for cache in [one for name in ("numCache", "strCache") for one in book.xml(part).iter(_CHART + name)]:
            count = cache.find(f"{_CHART}ptCount")
            indices = [int(point.get("idx", "0")) for point in cache.findall(f"{_CHART}pt")]
            most = int(count.get("val", "0")) if count is not None else -1
            if len(set(indices)) != len(indices) or any(index >= most for index in indices):
                yield part


@rule("计算链里的格没有公式")
def _chain(book: Workbook) -> Iterator[str]:
    chain = book.linked("calcChain")
    pages = {sheet.get("sheetId"): page for sheet, page in zip(book.sheets, book.pages, strict=False)}
    number = None
    for one in chain if chain is not None else ():
        number = one.get("i", number)
        page = pages.get(number)
        if page is None or one.get("r", "") not in page.formulas:
            yield f"{number} {one.get('r')}"


_NAME = re.compile(r"[^\W\d]|[_\\]")


@rule("定义的名称不合规定")
def _defined_names(book: Workbook) -> Iterator[str]:
    yield from _doubles(f"{one.get('name', '').lower()} {one.get('localSheetId', '')}" for one in book.names_defined)
    for one in book.names_defined:
        name, scope = one.get("name", ""), int(one.get("localSheetId", "0"))
        is_cell = place_of(name.upper()) != (0, 0) or re.fullmatch(r"[rR]\d*([cC]\d*)?|[cC]\d*", name)
        if is_cell or not _NAME.match(name) or re.search(r"[^\w.\\?]", name) or len(name) > 255 or scope >= len(book.sheets):
            yield name


@rule("定义的名称指向没有的工作表")
def _targets_of_names(book: Workbook) -> Iterator[str]:
    for one in book.names_defined:
        named = sheets_named(one.text or "")
        yield from (f"{one.get('name')} {name}" for name in named if name.lower() not in book.titles)
        scope = one.get("localSheetId")
        if one.get("name", "").startswith("_xlnm.Print_") and scope is not None and int(scope) < len(book.sheets):
            own = book.sheets[int(scope)].get("name", "").lower()
            yield from (f"{one.get('name')} {name}" for name in named if name.lower() != own)


@rule("打印的分页不合规定")
def _breaks(book: Workbook) -> Iterator[str]:
    for page in book.pages:
        for kind, most in (("rowBreaks", _ROWS), ("colBreaks", _COLUMNS)):
            found = [int(one.get("id", "0")) for one in page.each(kind, "brk")]
            if len(found) > 1023 or any(not 0 < at < most for at in found) or len(set(found)) != len(found):
                yield f"{page.name} {kind}"


@rule("自定义属性重复")
def _properties(book: Workbook) -> Iterator[str]:
    root = book.xml("docProps/custom.xml") if "docProps/custom.xml" in book.parts else ()
    yield from _doubles(one.get("name", "").lower() for one in root)
    yield from _doubles(one.get("pid", "") for one in root)
