"""The look: palette, faces and the roles a cell can have. Nothing else names a colour or a font."""

from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from minsheng_xl.exact.expressions import SIGNED
from minsheng_xl.figures.definitions import Status

INK, MUTED, LINE, PAPER_LINE = "#1F2933", "#6B7785", "#B8C2CC", "#7B8794"
HEAD, LOCKED, ACCENT = "#E9EEF3", "#F4F6F8", "#1F4E79"
GREEN, AMBER, RED, GREY = "#2E7D32", "#B26A00", "#B3261E", "#8A949E"
WHITE = "#FFFFFF"
MARKED = "#FCE4B8"  # a cell that has to be looked at again

SCREEN_FACE, HEAD_FACE = "宋体", "黑体"
TITLE_FACE, NOTE_FACE, TEXT_FACE = "方正小标宋简体", "楷体_GB2312", "仿宋_GB2312"


Weight: TypeAlias = Literal["thin", "medium", "thick"]
_BELOW: dict[str, tuple[Weight, str]] = {
    "input": ("medium", ACCENT), "rule": ("thick", RED), "bottom": ("thin", ACCENT),
}


class Style(NamedTuple):
    """How a cell is drawn. `border`: "", "all", "bottom", "input" (blue below), "paper" (all, darker: for
    print), "rule" (red below): what they mean says `edges`."""

    face: str = SCREEN_FACE
    size: float = 10.5
    bold: bool = False
    color: str = INK
    fill: str = ""
    border: str = "all"
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "center", "bottom"] = "center"
    wrap: bool = False
    number: str = "General"
    indent: int = 0
    shrink: bool = False

    @property
    def edges(self) -> dict[str, tuple[Weight, str]]:
        """(weight, colour) of the line at each side that has one: left, right, top, bottom."""
        found: dict[str, tuple[Weight, str]] = {}
        if self.border in ("all", "input", "paper"):
            line = PAPER_LINE if self.border == "paper" else LINE
            found = dict.fromkeys(("left", "right", "top", "bottom"), ("thin", line))
        if self.border in _BELOW:
            found["bottom"] = _BELOW[self.border]
        return found

    @property
    def indented(self) -> int:
        """The indent that is drawn: in the middle there is none."""
        return self.indent if self.align != "center" else 0

    def having(self, **changes: object) -> "Style":
        """The style with some properties changed; asked for often, made once. One that wraps does not shrink."""
        shrinking = {"shrink": False} if changes.get("wrap") else {}
        return _changed(self, tuple((shrinking | changes).items()))


@cache
def _changed(style: Style, changes: tuple[tuple[str, object], ...]) -> Style:
    return style._replace(**dict(changes))  # type: ignore[arg-type]


TITLE = Style(face=TITLE_FACE, size=20, border="", align="center")
SUBTITLE = Style(face=NOTE_FACE, size=11, border="", align="center", color=MUTED)
NOTE = Style(size=9, border="", color=MUTED, wrap=True, valign="top")
PLAIN = Style(border="")
LABEL = Style(border="", color=MUTED, align="right", indent=1, shrink=True)
SECTION = Style(face=HEAD_FACE, size=11, color=ACCENT, border="bottom")
TABLE_HEAD = Style(face=HEAD_FACE, size=10, fill=HEAD, align="center", wrap=True)
INPUT_HEAD = TABLE_HEAD.having(fill=WHITE, color=ACCENT, border="input")
FIXED = Style(fill=LOCKED, indent=1, shrink=True)
FIXED_CENTER = Style(fill=LOCKED, align="center", shrink=True)
FIXED_NUMBER = Style(fill=LOCKED, align="right", color=MUTED, indent=1, shrink=True)
DERIVED = Style(fill=LOCKED, align="right", indent=1, shrink=True)
STATUS = Style(fill=LOCKED, align="center", shrink=True)
INPUT = Style(bold=True, wrap=True, indent=1, number="@")
INPUT_NUMBER = Style(bold=True, align="right", indent=1, shrink=True)
BODY = Style(indent=1, shrink=True)
BODY_WRAP = Style(wrap=True, indent=1)
BODY_CENTER = Style(align="center", shrink=True)
BODY_NUMBER = Style(align="right", indent=1, shrink=True)
# LibreOffice ignores an indent beside blank cells, so the room at the right is in the format
RATE = Style(align="right", bold=True, shrink=True, number="0.0%_0_);-0.0%_0_);0.0%_0_);@_0_)")
FOOT = Style(fill=HEAD, bold=True, indent=1, shrink=True)
LINK = Style(border="", color=ACCENT, shrink=True)
BANNER = Style(face=HEAD_FACE, size=11, border="", fill=HEAD, indent=1, shrink=True)
HIDDEN = Style(size=9, border="", color=GREY)

# what leaders read on paper
PAPER = Style(size=11, border="paper", wrap=True, indent=1)
PAPER_CENTER = Style(size=11, border="paper", align="center", wrap=True)
PAPER_NUMBER = Style(size=11, border="paper", align="right", indent=1, shrink=True)
PAPER_HEAD = Style(face=HEAD_FACE, size=11, border="paper", fill=HEAD, align="center", wrap=True)
PAPER_TITLE = Style(face=TITLE_FACE, size=22, border="", align="center")
ANNEX = Style(face=HEAD_FACE, size=12, border="")
CAPTION = Style(face=NOTE_FACE, size=13, border="", align="center", shrink=True)
PAPER_NOTE = Style(face=NOTE_FACE, size=10, border="", color=MUTED, wrap=True)
SIGN_OFF = Style(face=TEXT_FACE, size=12, border="", align="left", indent=1, shrink=True)
WARNING = Style(face=HEAD_FACE, size=11, border="", color=RED, wrap=True)

PERCENT, POINTS = "0.0%", SIGNED


def figure_format(decimals: int) -> str:
    """Number format of a figure: grouped whole numbers, or as many decimals as were given."""
    return "#,##0" if decimals == 0 else "General"


# sheet tabs by kind of sheet
TAB_SUMMARY, TAB_PROJECT, TAB_LEAD, TAB_RESPONSIBLE, TAB_LEDGER = ACCENT, GREEN, AMBER, GREY, INK

LIGHT_COLORS = tuple(
    (status.label, color)
    for status, color in (
        (Status.DONE, GREEN), (Status.AHEAD, GREEN), (Status.ON_PACE, ACCENT),
        (Status.YELLOW, AMBER), (Status.RED, RED), (Status.MISSED, RED),
        (Status.MISSING, GREY), (Status.HELD, AMBER), (Status.OPEN, GREY),
        (Status.PAUSED, GREY), (Status.NOT_APPLICABLE, GREY), (Status.NOT_DUE, GREY),
    )
)
"""The colour of each state's label; the sign says the same in black and white."""
