"""Before a form goes out: what the plan leaves open is shown with its defaults, and taken where a person agrees."""

from minsheng_xl.beginning.answering import accept_defaults
from minsheng_xl.desk.asking import Ask, Say, typed
from minsheng_xl.plan.answers import question_in_words
from minsheng_xl.plan.model import Question
from minsheng_xl.plan.tables import QUESTIONS
from minsheng_xl.sending.issue import blocking
from minsheng_xl.year.folder import PLAN_FILE, Year

AGREED = "同意"


def settle(year: Year, ask: Ask, say: Say) -> bool:
    """Whether nothing is open any more that keeps a form from going out."""
    questions = blocking(year)
    if not questions:
        return True
    say(f"计划里有 {len(questions)} 处要先答复，才能下发：")
    for one in questions:
        say(f"  {question_in_words(one)}")
    said = ask(f"都照默认的，请输入 {AGREED}（有不照默认的按回车，到 {PLAN_FILE} 的“{QUESTIONS.name}”里选）：")
    if typed(said) != AGREED:
        return False
    for taken in accept_defaults(year, _blocks):
        say(f"  照默认：{taken}")
    return True


def _blocks(question: Question) -> bool:
    return question.blocks
