"""LibreOffice as the oracle: every formula recalculated, whatever value was stored."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SECONDS = 300

_FORCE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
REQUIRED = bool(os.environ.get("MINSHENG_REQUIRE_LIBREOFFICE"))

needs_libreoffice = pytest.mark.skipif(
    PROGRAM is None and not REQUIRED, reason="LibreOffice is not installed"
)

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None and not REQUIRED, reason="poppler-utils is not installed"
)


def convert(paths: Sequence[Path], kind: str, out: Path, *, recalculate: bool) -> list[Path]:
    """Convert files with LibreOffice; with `recalculate` every formula is computed anew on loading."""
    assert PROGRAM is not None, "LibreOffice is required here and not installed"
    out.mkdir(parents=True, exist_ok=True)
    profile = out / ".profile"
    if recalculate:
        (profile / "user").mkdir(parents=True, exist_ok=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_FORCE, encoding="utf-8")
    command = [
        PROGRAM, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind,
        "--outdir", str(out), *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    made = [out / f"{path.stem}.{kind}" for path in paths]
    assert all(path.is_file() for path in made)
    return made
