"""What a .docx shows when it is printed is what is read of it; what is not shown is told."""

import pytest

from minsheng_xl.papers.docx import read_docx
from minsheng_xl.published.paper import Document, Lattice, TextBlock
from tests.papers.makers import docx, p, tbl, tc, tr

_RESTART, _GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextBlock)]


def table(document: Document) -> list[list[str]]:
    """The texts at the places of the only table."""
    (found,) = (block for block in document.blocks if isinstance(block, Lattice))
    return [[place.text for place in row] for row in found.rows]


def test_paragraphs_and_tables_come_in_their_order() -> None:
    found = read_docx(docx(p("附件"), tbl(tr("甲", "乙")), p("注：无")))
    assert [type(block) for block in found.blocks] == [TextBlock, Lattice, TextBlock]
    assert texts(found) == ["附件", "注：无"]
    assert found.left_out == ()


def test_a_merged_cell_stands_in_every_place_that_it_covers() -> None:
    found = read_docx(docx(tbl(
        tr(tc("责任单位", '<w:gridSpan w:val="2"/>'), tc("备注", _RESTART)),
        tr("牵头", "配合", tc("藏", _GOES_ON)),
        columns=3,
    )))
    assert table(found) == [["责任单位", "责任单位", "备注"], ["牵头", "配合", "备注"]]
    (lattice,) = found.blocks
    assert isinstance(lattice, Lattice)
    assert [(place.row, place.column) for place in lattice.rows[1]] == [(1, 0), (1, 1), (0, 2)]


def test_a_row_may_begin_and_end_at_empty_places() -> None:
    found = read_docx(docx(tbl(
        tr("1", "甲", "乙", "丙"),
        tr("丁", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'),
    )))
    assert table(found) == [["1", "甲", "乙", "丙"], ["", "", "丁", ""]]


def test_a_table_inside_a_cell_is_text_of_the_cell() -> None:
    inner = tbl(tr("一季度", "2所"), tr("二季度", "3所"))
    found = read_docx(docx(tbl(
        tr("序号", "项目", "指标任务"), tr("1", "学校", f"<w:tc><w:tcPr/>{p('分季度：')}{inner}{p()}</w:tc>"),
    )))
    assert table(found)[1] == ["1", "学校", "分季度：\n一季度 2所\n二季度 3所"]


def test_a_table_that_only_frames_the_page_gives_way_to_what_it_frames() -> None:
    inner = tbl(tr("序号", "项目", "指标任务"), tr("1", "学校", "新建2所"))
    found = read_docx(docx(tbl(tr(f"<w:tc><w:tcPr/>{p('责任表')}{inner}{p()}</w:tc>"))))
    assert texts(found) == ["责任表"]
    assert table(found) == [["序号", "项目", "指标任务"], ["1", "学校", "新建2所"]]


def test_text_in_content_controls_links_and_insertions_is_read() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    found = read_docx(docx(
        f"<w:p><w:sdt><w:sdtContent>{run.format('控')}</w:sdtContent></w:sdt><w:ins>{run.format('新')}</w:ins>"
        f"<w:hyperlink>{run.format('链')}</w:hyperlink></w:p>",
        f"<w:sdt><w:sdtContent>{tbl(tr('表', '中'))}</w:sdtContent></w:sdt>",
    ))
    assert texts(found) == ["控新链"]
    assert table(found) == [["表", "中"]]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    row = f"<w:sdt><w:sdtContent>{tr('1', '甲')}</w:sdtContent></w:sdt>"
    cell = f"<w:tr><w:sdt><w:sdtContent>{tc('2')}</w:sdtContent></w:sdt>{tc('乙')}</w:tr>"
    assert table(read_docx(docx(tbl(row, cell, columns=2)))) == [["1", "甲"], ["2", "乙"]]


def test_what_is_deleted_or_hidden_is_left_out_and_told() -> None:
    run = "<w:r>{}<w:t>{}</w:t></w:r>"
    found = read_docx(docx(
        f"<w:p>{run.format('', '新建3所')}<w:del><w:r><w:delText>5所</w:delText></w:r></w:del>"
        f"{run.format('<w:rPr><w:vanish/></w:rPr>', '内部掌握')}{run.format('<w:rPr><w:vanish w:val=&quot;0&quot;/></w:rPr>'.replace('&quot;', chr(34)), '。')}</w:p>",
        tbl(tr("1", "甲"), tr("2", "乙", properties="<w:del/>")),
    ))
    assert texts(found) == ["新建3所。"]
    assert table(found) == [["1", "甲"]]
    assert found.left_out == (
        "有修订没有接受：删去的文字（2 处）没有读，新加的文字读了。", "有隐藏的文字（1 处），没有读。",
    )


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next() -> None:
    found = read_docx(docx(p("新建学校", "<w:rPr><w:del/></w:rPr>"), p("3所。"), p("完")))
    assert texts(found) == ["新建学校3所。", "完"]


def test_footnotes_and_pictures_are_told() -> None:
    found = read_docx(docx(
        "<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id='1'/></w:r><w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r></w:p>"
    ))
    assert texts(found) == ["甲"]
    assert found.left_out == ("脚注、尾注（1 条）没有读。", "有图片（1 张），图片里的文字没有读。")


def test_line_breaks_tabs_and_ruby_are_read_as_they_are_shown() -> None:
    found = read_docx(docx(
        "<w:p><w:r><w:t>序</w:t><w:br/><w:t>号</w:t><w:tab/><w:t>一</w:t><w:noBreakHyphen/></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>xiàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>县</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    ))
    assert texts(found) == ["序\n号\t一-县"]


def test_of_alternatives_for_older_programs_only_one_is_read() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
    found = read_docx(docx(
        "<w:p><w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='mc'>"
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    ))
    assert texts(found) == ["框外", "框里"]


_LIST = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def numbered(text: str, level: int, number: int = 5) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_that_word_writes_by_itself_are_read() -> None:
    found = read_docx(docx(
        numbered("教育", 0), numbered("学校", 1), numbered("食堂", 1), numbered("点", 2), numbered("养老", 0),
        numbered("床位", 1), numbered("另起", 1, 6), p("无号", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        numbering=_LIST,
    ))
    assert texts(found) == ["一、教育", "1.学校", "2.食堂", "点", "二、养老", "1.床位", "7.另起", "无号"]


def test_the_numbers_of_a_column_may_be_numbered_by_their_style() -> None:
    style = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    cell = tc(p("", '<w:pStyle w:val="b"/>'))
    found = read_docx(docx(tbl(tr(cell, "甲"), tr(cell, "乙")), numbering=_LIST, styles=style))
    assert table(found) == [["1.", "甲"], ["2.", "乙"]]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九"), (100, "100")]
)
def test_chinese_numbers_are_counted(number: int, written: str) -> None:
    from minsheng_xl.papers.numbering import chinese

    assert chinese(number) == written
