"""A chart of a sheet, drawn by XlsxWriter."""

from typing import Any

from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Chart, Sheet
from minsheng_xl.forms.look import ACCENT, INK, LINE, MUTED, PAPER_LINE, SCREEN_FACE


def draw_chart(file: Any, target: Any, sheet: Sheet, chart: Chart) -> None:
    def span(first: Key, last: Key) -> list[Any]:
        top, bottom = sheet.cell(first), sheet.cell(last)
        return [sheet.name, top.row, top.column, bottom.row, bottom.column]

    columns, marks = file.add_chart({"type": "column"}), file.add_chart({"type": "line"})
    columns.add_series({
        "name": chart.columns[0], "categories": span(*chart.categories), "values": span(*chart.columns[1:]),
        "fill": {"color": ACCENT}, "gap": 120,
    })
    marks.add_series({
        "name": chart.marks[0], "categories": span(*chart.categories), "values": span(*chart.marks[1:]),
        "line": {"none": True},
        "marker": {"type": "long_dash", "size": 12, "fill": {"color": INK}, "border": {"color": INK}},
    })
    columns.combine(marks)
    font = {"name": SCREEN_FACE, "size": 9, "color": MUTED}
    columns.set_y_axis({
        "min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "num_font": font, "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}},
    })
    columns.set_x_axis({"num_font": font, "line": {"color": PAPER_LINE}, "major_tick_mark": "none"})
    columns.set_legend({"position": "top", "font": {"name": SCREEN_FACE, "size": 9}})
    columns.set_chartarea({"border": {"none": True}})
    columns.show_blanks_as("gap")
    columns.set_size({"width": chart.width / 0.75, "height": chart.height / 0.75})
    target.insert_chart(chart.row, chart.column, columns, {"object_position": 1, "y_offset": 4})
