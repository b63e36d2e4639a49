"""Fonts, lines and limits, by a range that only keeps what it is told; formulas as Excel and as LibreOffice write them."""

from types import SimpleNamespace
from typing import Any

import pytest

from minsheng_xl.books.libreoffice import looks as module
from minsheng_xl.books.libreoffice.excel import FontApi, ValidationApi
from minsheng_xl.books.libreoffice.formulas import from_native, to_native
from minsheng_xl.books.libreoffice.looks import Border, Borders, DataValidation, Font

SIDES = ("Left", "Right", "Top", "Bottom", "Vertical", "Horizontal")


def range_of(**native: Any) -> Any:
    return SimpleNamespace(native=SimpleNamespace(**native))


def test_a_font_is_set_for_chinese_signs_too() -> None:
    of = range_of(CharWeight=100.0, CharColor=0x010203, CharFontName="x", CharHeight=9)
    font = Font(of)
    assert (font.bold, font.color, font.name, font.size) == (False, (1, 2, 3), "x", 9.0)
    font.bold, font.color, font.name, font.size = True, "#040506", "宋体", 11
    native = of.native
    assert (native.CharWeight, native.CharWeightAsian, native.CharColor) == (150.0, 150.0, 0x040506)
    assert (native.CharFontName, native.CharFontNameAsian, native.CharHeight, native.CharHeightAsian) == ("宋体", "宋体", 11, 11)
    assert font.bold is True
    font.bold = False
    assert (native.CharWeight, font.bold) == (100.0, False)


@pytest.mark.parametrize(("escapement", "above", "below"), [(0, False, False), (33, True, False), (-33, False, True)])
def test_signs_may_be_raised_or_lowered(escapement: int, above: bool, below: bool) -> None:
    cell = SimpleNamespace(createTextCursor=lambda: SimpleNamespace(CharEscapement=escapement))
    native = SimpleNamespace(CharStrikeout=0, getCellByPosition=lambda column, row: cell if (column, row) == (0, 0) else None)
    font = FontApi(native)
    assert (font.Superscript, font.Subscript, font.Strikethrough) == (above, below, False)
    font.Strikethrough = True
    assert (native.CharStrikeout, font.Strikethrough) == (1, True)


def line(width: int = 0, style: int = 0, color: int = 0) -> Any:
    return SimpleNamespace(OuterLineWidth=width, LineWidth=width, InnerLineWidth=0, LineStyle=style, Color=color)


def edged(**lines: Any) -> Any:
    found = {side: line() for side in SIDES} | lines
    return range_of(TableBorder2=SimpleNamespace(**{f"{side}Line": one for side, one in found.items()}))


@pytest.fixture(autouse=True)
def _without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "uno_module", lambda: SimpleNamespace(createUnoStruct=lambda name: SimpleNamespace(name=name)))
    monkeypatch.setattr(module, "enum", lambda kind, value: SimpleNamespace(value=value))


@pytest.mark.parametrize(
    ("one", "style", "weight", "color"),
    [
        (line(), "none", None, None), (line(26, 0, 0x010203), "continuous", "thin", (1, 2, 3)), (line(62, 2, 0), "dash", "medium", (0, 0, 0)),
        (line(80, 3, 0), "double", "thick", (0, 0, 0)), (line(2, 99, 0), None, "hairline", (0, 0, 0)),
    ],
)
def test_a_line_is_read(one: Any, style: str | None, weight: str | None, color: object) -> None:
    border = Border(edged(Left=one), "edge_left")
    assert (border.line_style, border.weight, border.color) == (style, weight, color)


def test_a_line_that_is_not_there_begins_thin_and_whole() -> None:
    of = edged()
    Border(of, "edge_top").color = (1, 2, 3)
    made = of.native.TableBorder2
    assert (made.TopLine.LineStyle, made.TopLine.OuterLineWidth, made.TopLine.LineWidth, made.TopLine.Color) == (0, 26, 26, 0x010203)
    assert made.IsTopLineValid is True
    assert not hasattr(made, "BottomLine")  # the others stay as they are


def test_a_line_that_is_there_keeps_what_is_not_changed() -> None:
    of = edged(Bottom=line(62, 2, 7))
    Border(of, "edge_bottom").weight = "thick"
    made = of.native.TableBorder2.BottomLine
    assert (made.OuterLineWidth, made.LineWidth, made.LineStyle, made.Color) == (88, 88, 2, 7)


@pytest.mark.parametrize("value", ["none", None])
def test_a_line_is_taken_away(value: str | None) -> None:
    of = edged(Left=line(62, 2, 7))
    Border(of, "edge_left").line_style = value
    made = of.native.TableBorder2.LeftLine
    assert (made.LineStyle, made.OuterLineWidth, made.InnerLineWidth, made.LineWidth) == (0x7FFF, 0, 0, 0)


def test_lines_at_several_sides_are_drawn_together() -> None:
    of = edged()
    Borders(of).set(["edge_left", "inside_vertical"], line_style="dot", weight="medium", color="#00000A")
    made = of.native.TableBorder2
    for one in (made.LeftLine, made.VerticalLine):
        assert (one.LineStyle, one.OuterLineWidth, one.LineWidth, one.Color) == (1, 62, 62, 10)
    assert not hasattr(made, "RightLine")
    with pytest.raises(NotImplementedError):
        Borders(of)["diagonal_down"]


class Rule(SimpleNamespace):
    """A limit."""

    def setFormula1(self, text: str) -> None:
        self.first = text

    def setFormula2(self, text: str) -> None:
        self.second = text

    def setOperator(self, operator: Any) -> None:
        self.operator = operator.value


def limited(kind: str = "ANY") -> Any:
    return range_of(Validation=Rule(Type=SimpleNamespace(value=kind), ShowList=None))


@pytest.mark.parametrize(("native", "kind"), [("ANY", "none"), ("LIST", "list"), ("DECIMAL", "decimal"), ("TEXT_LEN", "text_length")])
def test_the_kind_of_a_limit(native: str, kind: str) -> None:
    assert DataValidation(limited(native)).type == kind


@pytest.mark.parametrize("shown", [True, False])
def test_a_list_of_choices(shown: bool) -> None:
    of = limited()
    DataValidation(of).set_list(["是", "否"], shown)
    assert (of.native.Validation.first, of.native.Validation.ShowList, DataValidation(of).type) == ('"是";"否"', int(shown), "list")
    DataValidation(of).set_list(SimpleNamespace(sheet=SimpleNamespace(name="表"), address="$A$1:$A$3"), shown)
    assert of.native.Validation.first == "$'表'.$A$1:$A$3"
    DataValidation(of).delete()
    assert DataValidation(of).type == "none"


@pytest.mark.parametrize(("second", "expected"), [("=SUM(A1,B1)", "SUM(A1;B1)"), (None, "")])
def test_a_limit_by_formulas(second: str | None, expected: str) -> None:
    of = limited()
    DataValidation(of).set_rule("decimal", "greater_than", "=MAX(A1,0)", second)
    rule = of.native.Validation
    assert (rule.Type.value, rule.operator, rule.first, rule.second) == ("DECIMAL", "GREATER", "MAX(A1;0)", expected)


def test_the_words_of_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng_xl.books.libreoffice.excel.enum", lambda kind, name: name)
    operators: list[str] = []
    native = SimpleNamespace(Validation=SimpleNamespace(InputTitle="甲", setOperator=operators.append))
    found = ValidationApi(native)
    found.ShowError = False
    found.Add(0)
    assert (found.InputTitle, native.Validation.ShowErrorMessage, operators) == ("甲", False, ["BETWEEN"])
    with pytest.raises(NotImplementedError):
        found.Add(1)
    with pytest.raises(AttributeError):
        _ = found.Formula1


@pytest.mark.parametrize(
    ("excel", "native"),
    [
        ("=SUM('项目 1'!A1:A3,2)", "=SUM($'项目 1'.A1:A3;2)"), ("=IF(A1,\"a,b\",\"c\"\"d,\")", "=IF(A1;\"a,b\";\"c\"\"d,\")"), ("=首页!B2+总表!$C$3", "=$首页.B2+$总表.$C$3"),
        ("=IF(TRUE,FALSE,TRUE)", "=IF(TRUE();FALSE();TRUE())"), ("={1,2;3,4}", "={1;2|3;4}"), ('={"a,b";"c"}', '={"a,b"|"c"}'), ('={"a,b","}","c""|;"}', '={"a,b";"}";"c""|;"}'), ("='O''Hara'!A1", "=$'O''Hara'.A1"),
        ("=A1*1.5", "=A1*1.5"),
    ],
)
def test_formulas_are_written_as_each_writes_them(excel: str, native: str) -> None:
    assert to_native(excel) == native
    assert from_native(native) == excel.replace("TRUE", "TRUE()").replace("FALSE", "FALSE()")
