"""What was reckoned is kept for the register, the plan and what it rests on."""

from minsheng_xl.ledger.kept import Kept
from tests.ledger.journals import Told


class Reckoner:
    """Something that is reckoned, and how often it was."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_it_is_reckoned_once(told: Told) -> None:
    kept, reckon = Kept[int](most=2), Reckoner()
    assert [kept.get(told.register, told.plan, rests_on, reckon) for rests_on in (1, 1, 2, 1, 2)] == [1, 1, 2, 1, 2]


def test_another_plan_is_another_matter(told: Told) -> None:
    kept, reckon = Kept[int](most=2), Reckoner()
    other = told.plan.having(settings=told.plan.settings)
    assert [kept.get(told.register, plan, 1, reckon) for plan in (told.plan, other, told.plan)] == [1, 2, 1]


def test_what_was_asked_for_longest_ago_is_forgotten_first(told: Told) -> None:
    kept, reckon = Kept[int](most=2), Reckoner()
    found = [kept.get(told.register, told.plan, rests_on, reckon) for rests_on in (1, 2, 1, 3, 1, 2)]
    assert found == [1, 2, 1, 3, 1, 4]
