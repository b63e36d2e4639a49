"""The county's own table reads the same from a paper of every kind, sign by sign."""

import subprocess
from pathlib import Path

import pytest

from minsheng_xl.papers.reading import read
from minsheng_xl.problems import MinshengError
from minsheng_xl.published.paper import Document, Task
from minsheng_xl.published.tasks import published_in
from tests.libreoffice.soffice import PROGRAM, convert, needs_libreoffice
from tests.papers.makers import (
    HEADS,
    SOURCE,
    TITLE,
    published_rows,
    seed_docx,
    seed_html,
    seed_xlsx,
    wide_docx,
)


def read_rows(document: Document) -> list[tuple[str, ...]]:
    """The rows of the only table of a paper."""
    (found,) = published_in(document)
    assert found.title == TITLE
    assert [column for _, column in found.heads] == list(HEADS)
    assert [word for word, _ in found.heads] == list(HEADS)
    assert found.remarks == ()
    return [row_of(task) for task in found.tasks]


def row_of(task: Task) -> tuple[str, ...]:
    return (task.number, task.project, task.sentence, task.leads, task.responsible, task.certifiers)


def test_the_rows_are_ten_as_the_county_published_them() -> None:
    rows = published_rows()
    assert [row[0] for row in rows] == [str(number) for number in range(1, 11)]
    assert rows[9][2].endswith("分厅事项月使用率、事项可用率均不低于90%。")
    signs = "".join("".join(row) for row in rows)
    source = "".join(SOURCE.read_text(encoding="utf-8").split())
    heads = "".join(HEADS)
    assert source.replace(heads, "").removeprefix(TITLE) == signs


@pytest.mark.parametrize("paper", [seed_docx, seed_xlsx, seed_html], ids=["docx", "xlsx", "html"])
def test_the_table_is_the_same_from_every_paper(paper, tmp_path: Path) -> None:
    file = tmp_path / "通知"
    file.write_bytes(paper())
    assert read_rows(read(file)) == published_rows()


def test_the_table_is_the_same_from_its_text() -> None:
    assert read_rows(read(SOURCE)) == published_rows()
    assert read_rows(read(SOURCE.read_text(encoding="utf-8"))) == published_rows()


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the .docx of the table, and the .doc, .rtf, .odt and .pdf that LibreOffice makes of it."""
    folder = tmp_path_factory.mktemp("papers")
    source = folder / "paper.docx"
    source.write_bytes(seed_docx())
    for kind in ("doc", "rtf", "odt", "pdf"):
        convert([source], kind, folder, recalculate=False)
    return folder


@needs_libreoffice
@pytest.mark.office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "pdf"])
def test_the_table_is_the_same_from_what_libreoffice_makes_of_it(kind: str, converted: Path) -> None:
    if kind == "pdf":
        pytest.importorskip("pdfplumber")
    assert read_rows(read(converted / f"paper.{kind}")) == published_rows()


@needs_libreoffice
@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_the_table_is_the_same_from_an_old_spreadsheet(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "paper.xlsx"
    source.write_bytes(seed_xlsx())
    convert([source], kind, tmp_path, recalculate=False)
    assert read_rows(read(tmp_path / f"paper.{kind}")) == published_rows()


@needs_libreoffice
@pytest.mark.office
@pytest.mark.parametrize("widths", [(700, 2200, 4600, 1700, 4000, 1300), (700, 1500, 2300, 1300, 2200, 1100)])
def test_a_pdf_keeps_the_lines_that_were_meant_and_is_refused_without_borders(widths: tuple[int, ...], tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    source = tmp_path / "paper.docx"
    source.write_bytes(wide_docx(widths=widths))
    bare = tmp_path / "bare.docx"
    bare.write_bytes(wide_docx(has_borders=False))
    convert([source, bare], "pdf", tmp_path, recalculate=False)
    with pytest.raises(MinshengError, match="没有画格线"):
        read(tmp_path / "bare.pdf")
    (found,) = published_in(read(tmp_path / "paper.pdf"))
    assert found.title == TITLE
    assert found.remarks == ()
    expected = [(*row[:3], *(cell.replace("、", "\n") for cell in row[3:])) for row in published_rows()]
    assert [row_of(task) for task in found.tasks] == expected


@needs_libreoffice
@pytest.mark.office
def test_a_locked_pdf_is_refused_and_one_that_may_only_not_be_copied_is_read(tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    source = tmp_path / "paper.docx"
    source.write_bytes(seed_docx())
    said = (
        '"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"abc"}',
        '"RestrictPermissions":{"type":"boolean","value":"true"},"PermissionPassword":{"type":"string","value":"abc"},'
        '"EnableCopyingOfContent":{"type":"boolean","value":"false"}',
    )
    locked, guarded = tmp_path / "locked", tmp_path / "guarded"
    for folder, options in zip((locked, guarded), said, strict=True):
        command = [
            str(PROGRAM), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to",
            f"pdf:writer_pdf_Export:{{{options}}}", "--outdir", str(folder), str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pytest.raises(MinshengError, match="这份 PDF 加了密码"):
        read(locked / "paper.pdf")
    assert read_rows(read(guarded / "paper.pdf")) == published_rows()
