"""All that is tried at a desk, in the order in which it is told."""

from minsheng_xl.desk.checking.button import button
from minsheng_xl.desk.checking.folder import can_lock, can_write, has_room, is_a_year, may_be_deep
from minsheng_xl.desk.checking.fonts import fonts
from minsheng_xl.desk.checking.guards import guards
from minsheng_xl.desk.checking.machine import clock, console, python
from minsheng_xl.desk.checking.model import Probe
from minsheng_xl.desk.checking.programs import draws, mails, opens_workbooks

FOLDER = Probe("folder", "文件夹", is_a_year, 15, is_needed=True)
WRITE = Probe("write", "写文件", can_write, 30, is_needed=True)
INSIDE = (
    Probe("lock", "同时使用", can_lock, 40, is_needed=True),
    Probe("paths", "长路径", may_be_deep, 15, is_needed=True),
    Probe("encryption", "加密软件", guards, 40, is_needed=True),
)
"""What is tried in a folder that can be written."""
ROOM = Probe("room", "磁盘空间", has_room, 15, is_needed=True)
PROBES = (
    Probe("clock", "时间", clock, 30),
    Probe("python", "Python", python, 15),
    Probe("console", "中文显示", console, 15),
    Probe("fonts", "字体", fonts, 60),
    Probe("libreoffice", "LibreOffice", draws, 150),
    Probe("spreadsheets", "Excel、WPS", opens_workbooks, 15),
    Probe("button", "总台账里的按钮", button, 45),
    Probe("mail", "邮件", mails, 15),
)
