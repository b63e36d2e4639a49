"""Who works in a year's folder, as the journal keeps it."""

from typing import NamedTuple


class Person(NamedTuple):
    """Who works: the name that was given, and what the computer calls its user; "" where it is not known."""

    name: str = ""
    user: str = ""

    def __str__(self) -> str:
        """张三（电脑用户 li）, or what of it is known."""
        user = f"电脑用户 {self.user}" if self.user else ""
        return f"{self.name}（{user}）" if self.name and user else self.name or user

    def called(self, name: str) -> "Person":
        """The same computer's user under another name, where one is given."""
        return self._replace(name=name) if name else self


NOBODY = Person()
UNNAMED = "办公室"
"""Who signs where nobody is known."""
