"""An old Office file made new by LibreOffice, where that is installed. It has a clock of its own."""

import subprocess
import tempfile
from pathlib import Path

from minsheng_xl.books.pdf import libreoffice
from minsheng_xl.papers.refusals import NO_OFFICE, NOT_CONVERTED, Refused

SECONDS = 60
"""What starting LibreOffice and converting one file may take."""
_TABLES = frozenset({".xls", ".xlsb", ".ods", ".fods"})


def converted(content: bytes, old: str) -> bytes:
    """The .docx, or of a spreadsheet the .xlsx, that LibreOffice makes of a file with that ending. Raises Refused."""
    is_table = old in _TABLES or (old == ".xml" and b"schemas-microsoft-com:office:spreadsheet" in content[:4096])
    ending = ".xlsx" if is_table else ".docx"
    program = libreoffice()
    if program is None:
        raise Refused(NO_OFFICE.format(kind=old, ending=ending))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"paper{old}"
        source.write_bytes(content)
        command = [
            program, "--headless", f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--convert-to", ending[1:], "--outdir", str(Path(folder) / "made"), str(source),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            return (Path(folder) / "made" / f"paper{ending}").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise Refused(NOT_CONVERTED.format(kind=old, ending=ending)) from error
