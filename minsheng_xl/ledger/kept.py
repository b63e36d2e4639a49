"""What was reckoned from a register, kept while the register is open: nothing is folded twice in a run."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from minsheng_xl.plan.model import Plan
from minsheng_xl.year.register import Register

Reckoned = TypeVar("Reckoned")


class Kept(Generic[Reckoned]):
    """The `most` things last asked for of each register. What is kept must not be changed by who gets it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: WeakKeyDictionary[Register, OrderedDict[Hashable, tuple[Plan, Reckoned]]] = WeakKeyDictionary()

    def get(
        self, register: Register, plan: Plan, rests_on: Hashable, reckon: Callable[[], Reckoned]
    ) -> Reckoned:
        """What was reckoned by this very plan, from what it `rests_on`, or what `reckon` gives now."""
        found = self._found.setdefault(register, OrderedDict())
        key = (id(plan), rests_on)
        if key not in found:
            found[key] = (plan, reckon())  # the plan is held, so that no other has its id
        found.move_to_end(key)
        while len(found) > self._most:
            found.popitem(last=False)
        return found[key][1]
