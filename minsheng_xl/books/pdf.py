"""PDFs of workbooks through LibreOffice, where it is installed."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_SECONDS = 60
"""What starting LibreOffice and drawing one workbook may take; each further one adds a third of it."""


_STAND_INS = {
    "方正小标宋简体": ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC"),
    "宋体": ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC"),
    "仿宋_GB2312": ("仿宋", "FangSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC"),
    "楷体_GB2312": ("楷体", "KaiTi", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC"),
    "黑体": ("SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
}
"""Where a face is not installed (on Linux, mostly), the next best that is."""
FACES = tuple(_STAND_INS)
"""The faces that our sheets name."""
_BESIDE_PATH = {
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.exe", r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
"""Where LibreOffice is installed on systems that do not put it on PATH."""


def libreoffice() -> str | None:
    """The program of LibreOffice; None where it is not found."""
    there = (path for path in _BESIDE_PATH.get(sys.platform, ()) if Path(path).is_file())
    return shutil.which("soffice") or shutil.which("libreoffice") or next(there, None)


def stand_ins() -> str:
    """A fontconfig file: the system's own, and the stand-ins for the faces our sheets name."""
    aliases = "".join(_alias(face, others) for face, others in _STAND_INS.items())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>'
    )


def _alias(face: str, others: Sequence[str]) -> str:
    families = "".join(f"<family>{other}</family>" for other in others)
    return f'<alias binding="same"><family>{face}</family><accept>{families}</accept></alias>'


class NoPdf(Exception):
    """There is no PDF; `str()` says why, in Chinese."""


def to_pdf(paths: Sequence[Path], out: Path) -> list[Path]:
    """Draw workbooks as PDFs of their names in a folder, with a profile of their own.

    Raises NoPdf if LibreOffice is not there, fails or takes too long.
    """
    program = libreoffice()
    if program is None:
        raise NoPdf("这台电脑没有 LibreOffice，没有生成 PDF；请用 Excel 或 WPS 打开 打印稿.xlsx 打印")
    with tempfile.TemporaryDirectory() as profile:
        fonts = Path(profile) / "fonts.conf"
        fonts.write_text(stand_ins(), encoding="utf-8")
        command = [
            program, "--headless", f"-env:UserInstallation={Path(profile).as_uri()}",
            "--convert-to", "pdf", "--outdir", str(out), *map(str, paths),
        ]
        seconds = _SECONDS + _SECONDS // 3 * len(paths)
        try:
            environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
            subprocess.run(command, check=True, capture_output=True, timeout=seconds, env=environment)
        except subprocess.TimeoutExpired as error:
            raise NoPdf(
                f"LibreOffice 超过 {seconds} 秒没有完成，没有生成 PDF；"
                "请关掉打开着的 LibreOffice 再试，或直接打印 打印稿.xlsx"
            ) from error
        except (OSError, subprocess.SubprocessError) as error:
            raise NoPdf("LibreOffice 出错，没有生成 PDF；请直接打印 打印稿.xlsx") from error
    made = [out / f"{path.stem}.pdf" for path in paths]
    if not all(path.is_file() for path in made):
        raise NoPdf("LibreOffice 出错，没有生成 PDF；请直接打印 打印稿.xlsx")
    return made
