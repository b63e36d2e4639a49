"""The name of a cell: layouts place cells under keys, and everybody else asks for them by key."""

from typing import NamedTuple

FIGURE, SHARE, CERTIFY, WORD, HEAD = "figure", "share", "certify", "word", "head"
"""The parts of a form: a unit's figures, its shares of another's, the certifier's figures, words on a project,
the head."""
REPORTED, NUMERATOR, DENOMINATOR = MEASURES = "reported", "numerator", "denominator"
"""What is stated of an indicator: 本期累计 (or 分解数), 分子, 分母."""
EXPLANATION, PREVIOUS, OPINION, CERTIFIED = "explanation", "previous", "opinion", "figure"
LAST = {"last_numerator": NUMERATOR, "last_denominator": DENOMINATOR}
"""The cells beside a ratio that hold what was last accepted of its parts."""
LAST_OF = {measure: cell for cell, measure in LAST.items()}
PEOPLE = "filler", "reviewer"
"""The cells of the head that name who filled the form in, and who looked it over."""
PROBLEM = "problem"
"""The cell among the words on a project that says what stands in the way."""
DOUBT = "doubt"
RULED = "check", DOUBT
"""The cells of a row that say what the rules say of it: 校验, and in it what is in doubt."""
SAID, EXPLAINED = "said", "explained"
"""What is left of a 说明 without what fills boxes, and whether it gives a reason."""
STRIPPED = "said_1", "said_2", "said_3"
"""What is left of a 说明 with the signs that say nothing taken out, part after part."""
LEAST, MOST = "least", "most"
"""The cells of a row between which its 本期新增 usually is."""
CHOICE = "choice"
"""The cell beside a figure in which a word is chosen instead of a number: 与上期相同, 本期不涉及."""
AGREEMENT = "agreement"
"""The cell on a 核对单 that says of a figure in use whether its lead agrees: 无误, 有异议."""
COUNTED = {REPORTED: "counted", NUMERATOR: "counted_numerator", DENOMINATOR: "counted_denominator"}
"""The cells of a row that hold what its measures come to, whether a number was entered or a word chosen."""
_AMOUNTS, FUNDING_DUE = "funding", "funding_due"


class Key(NamedTuple):
    """A cell of a sheet: in the part `part`, in the row of `of` (an indicator, a project, a unit), the column `name`.

    It is a plain tuple of three texts too, as the journal keeps it.
    """

    part: str
    of: str
    name: str

    @property
    def row(self) -> "RowName":
        """The row it stands in."""
        return RowName(self.part, self.of)

    def beside(self, name: str) -> "Key":
        """Another cell of its row."""
        return Key(self.part, self.of, name)

    @property
    def is_of_indicator(self) -> bool:
        """Whether it stands in a row of figures, the certifier's among them: `of` is then an indicator's code."""
        return self.part in (FIGURE, SHARE, CERTIFY)

    @property
    def is_reported(self) -> bool:
        """Whether it stands in a row in which a unit reports: its figure of an indicator, or its share."""
        return self.part in (FIGURE, SHARE)

    @property
    def is_share(self) -> bool:
        """Whether it stands in the row of a 分解数."""
        return self.part == SHARE

    @property
    def is_certified(self) -> bool:
        """Whether it stands on the certifier's form."""
        return self.part == CERTIFY

    @property
    def is_head(self) -> bool:
        """Whether it stands in the head of a form: 填报人, 联系电话."""
        return self.part == HEAD

    @property
    def is_of_project(self) -> bool:
        """Whether it stands among the words on a project, amounts of 资金 with them."""
        return self.part == WORD

    @property
    def is_amount(self) -> bool:
        """Whether it holds an amount of 资金: asked for among the words on a project, and a figure."""
        return self.part == WORD and self.name.startswith(_AMOUNTS)

    @property
    def is_explanation(self) -> bool:
        """Whether it holds a 说明."""
        return self.name == EXPLANATION

    @property
    def is_choice(self) -> bool:
        """Whether a word is chosen in it instead of a figure."""
        return self.is_reported and self.name == CHOICE

    @property
    def is_agreement(self) -> bool:
        """Whether a lead says in it if it agrees with the figure in use."""
        return self.part == FIGURE and self.name == AGREEMENT

    @property
    def is_measure(self) -> bool:
        """Whether it holds what is reported of an indicator: 本期累计 (or 分解数), 分子 or 分母."""
        return self.is_reported and self.name in MEASURES

    @property
    def is_figure(self) -> bool:
        """Whether a unit states a figure in it: of an indicator, or an amount. In its other cells stand words."""
        return self.is_measure or self.is_amount

    @property
    def is_denominator(self) -> bool:
        """Whether it holds a 分母."""
        return self.name == DENOMINATOR

    @property
    def is_previous(self) -> bool:
        """Whether it holds a 上期累计."""
        return self.name == PREVIOUS

    @property
    def is_opinion(self) -> bool:
        """Whether it holds what the certifier says of a figure: 同意, 核减, 不认定."""
        return self.is_certified and self.name == OPINION

    @property
    def is_verdict(self) -> bool:
        """Whether it holds the certifier's 意见 or 认定数."""
        return self.is_certified and self.name in (OPINION, CERTIFIED)


class RowName(NamedTuple):
    """A row of a table: its part, and whose row it is."""

    part: str
    of: str

    def cell(self, name: str) -> Key:
        """The cell of one of its columns."""
        return Key(self.part, self.of, name)
