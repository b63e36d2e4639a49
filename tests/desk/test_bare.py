"""The folder for Linux in a bare Debian, where there is python3 and no package besides, as .ci/folder makes it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hostile.container import default_password

ROOT = os.environ.get("MINSHENG_BARE_ROOT")
pytestmark = pytest.mark.skipif(ROOT is None, reason="MINSHENG_BARE_ROOT names no root of .ci/folder")
PLACE, PYZ = "/民生 实事", "程序/minsheng-xl.pyz"


def inside(script: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    """A script of the shell at the place of the folder."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [str(shutil.which("chroot")), str(ROOT), "/bin/sh", "-c", f"cd '{PLACE}' && {script}"], input=answers, capture_output=True,
        text=True, encoding="utf-8", check=False, env=environment,
    )


def test_nothing_is_installed_there() -> None:
    assert inside("python3 -c 'import openpyxl'").returncode != 0
    assert inside("python3 -m pip --version").returncode != 0


def test_the_demo_runs_and_its_figures_are_those_of_any_desk() -> None:
    made = inside(f"rm -rf 演示 && python3 {PYZ} demo 演示")
    assert made.returncode == 0, made.stderr
    state = json.loads(inside(f"python3 {PYZ} status 演示 --json").stdout)
    assert (state["accepted"], state["held"], state["missing"]) == (34, 1, 3)


def test_the_parts_of_this_processor_open_excel_s_own_default_password() -> None:
    """What is no Python: the one-file program alone refuses such a workbook without a look into it."""
    assert inside(f"rm -rf 密 && python3 {PYZ} demo 密").returncode == 0
    place = Path(f"{ROOT}{PLACE}")
    form = next((place / "密" / "发出" / "2022-10").glob("*县残联*.xlsx"))
    (place / "有密码.xlsx").write_bytes(default_password(form.read_bytes()))
    found = json.loads(inside(f"python3 {PYZ} inspect 有密码.xlsx --plan 密 --json").stdout)
    assert (found["unit"], found["outcome"]) == ("县残联", "empty")
    inside(f"mkdir -p alone && cp {PYZ} alone/")
    alone = json.loads(inside("python3 alone/minsheng-xl.pyz inspect 有密码.xlsx --plan 密 --json").stdout)
    assert (alone["unit"], alone["outcome"]) == (None, "refused")


def test_xlwings_is_there_for_the_button() -> None:
    assert "LibreOffice" in inside(f"mkdir -p /root/.config/libreoffice/4/user && python3 {PYZ} setup").stdout


def test_the_script_opens_the_menu_and_so_does_the_year_s_own_door() -> None:
    assert inside(f"rm -rf 一年 && python3 {PYZ} init 一年").returncode == 0
    asked = inside("cd / && sh '/民生 实事/程序/打开菜单.sh'", "\n")
    assert f"{PLACE} 里没有 计划.xlsx" in asked.stdout, asked.stderr
    assert "一年　　期次：" in inside("sh 程序/打开菜单.sh 一年", "\n0\n").stdout
    [line] = [one for one in Path(f"{ROOT}{PLACE}/一年/打开菜单.desktop").read_text().splitlines() if one.startswith("Exec=")]
    assert "打开菜单.sh ." in line


def test_a_desk_without_a_python_that_is_new_enough_is_told_so() -> None:
    old = "mkdir -p /tmp/old && printf '#!/bin/sh\\nexit 1\\n' >/tmp/old/python3 && chmod +x /tmp/old/python3"
    tools = "for one in sh dirname uname; do ln -sf $(command -v $one) /tmp/old/$one; done"
    told = inside(f"{old} && {tools} && PATH=/tmp/old sh 程序/打开菜单.sh 一年")
    assert told.returncode == 1
    assert "这台电脑没有 Python 3.11 以上（统信UOS 20、麒麟 V10 自带的太旧）" in told.stdout
