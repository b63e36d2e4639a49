"""Who works at this desk: the name that was given once a session, beside the computer's user."""

import os

from minsheng_xl.desk.setting import remembered_name
from minsheng_xl.texts import one_line
from minsheng_xl.year.person import Person

VARIABLE = "MINSHENG_WHO"


def person(named: str | None = None) -> Person:
    """Who works by the name that was given; without one by that of the environment, else by the one remembered. A blank
    name is the computer's user alone."""
    given = os.environ.get(VARIABLE) if named is None else named
    name = remembered_name() if given is None else given
    return Person(one_line(name).strip(), computer_user())


def computer_user() -> str:
    """What the computer calls its user; "" where it does not say."""
    import getpass

    try:
        return one_line(getpass.getuser()).strip()
    except (KeyError, ImportError, OSError):
        return ""
