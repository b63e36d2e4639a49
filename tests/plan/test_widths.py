"""The columns of 计划.xlsx are as wide as their page needs: names fit, and a table is seen on one screen and a half."""

from minsheng_xl.plan.tables import TABLES

WIDTHS = {
    "任务表": "6 24 60 22 50 14 12 16 24",
    "指标": "8 8 6 30 40 9 9 8 7 10 10 7 12 22 22 10 9 16 20 20 12 20 12 16 11 11 9 28 50 50",
    "单位": "26 40 36 12 10 14 24 24 10 10 20",
    "组": "24 80",
    "序时": "10 7 9 40 24",
    "参数": "12 12 30 60",
    "变更": "9 22 22 10 24 40",
    "变更记录": "12 8 12 12 28 28 10 7 22 30 17 10",
    "待确认": "7 8 12 11 44 50 28 16 20 36",
    "数字对照表": "8 14 70 40",
}


def test_the_width_of_each_column() -> None:
    for table in TABLES:
        assert " ".join(f"{column.width:g}" for column in table.columns) == WIDTHS[table.name], table.name
