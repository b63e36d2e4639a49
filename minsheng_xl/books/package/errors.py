"""Why bytes cannot be read as a workbook."""

from minsheng_xl.rules.model import Rule


class Unreadable(Exception):
    """The bytes cannot, or must not, be read: by which rule, and for which reason in Chinese."""

    def __init__(self, rule: Rule, reason: str = "") -> None:
        super().__init__(reason)
        self.rule, self.reason = rule, reason
