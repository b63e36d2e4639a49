"""A PDF of a workbook through LibreOffice, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 120


def to_pdf(path: Path) -> Path | None:
    """Draw a workbook as a PDF beside it. None if LibreOffice is not there or takes too long."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as profile:
        command = [
            program, "--headless", f"-env:UserInstallation={Path(profile).as_uri()}",
            "--convert-to", "pdf", "--outdir", str(path.parent), str(path),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        except (OSError, subprocess.SubprocessError):
            return None
    made = path.with_suffix(".pdf")
    return made if made.is_file() else None
