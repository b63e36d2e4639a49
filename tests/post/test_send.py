"""Letters go out to a real server, each once; what the server says decides what becomes of each."""

import email
import email.policy
import hashlib
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

import pytest

from minsheng_xl import Year, issue
from minsheng_xl.post.account import Account
from minsheng_xl.post.room import MailRoom
from minsheng_xl.post.secret import Secret
from minsheng_xl.post.send import Mailed, SendResult, due_letters, send, settle
from minsheng_xl.post.words import FORM
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.year.entries import Posted, Posting
from tests.post.conftest import OCTOBER
from tests.post.servers import Letterbox

NOW = datetime(2022, 10, 31, 10)


def go(year: Year, account: Account, secret: Secret, **how: object) -> SendResult:
    due = due_letters(year, OCTOBER, FORM, how.pop("units", ()))  # type: ignore[arg-type]
    return send(MailRoom(year, account, secret, lambda: NOW, ()), OCTOBER, FORM, due, **how)  # type: ignore[arg-type]


def read(content: bytes) -> EmailMessage:
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def states(result: SendResult) -> dict[str, Mailed]:
    return {one.unit: one.state for one in result.units}


def test_each_unit_is_sent_its_own_form_once(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    first = go(addressed, account, secret)
    assert set(states(first).values()) == {Mailed.SENT} and not first.broken
    units = addressed.plan.reporting_units
    assert [one.to for one in letterbox.taken] == [unit.addresses for unit in units]
    for unit, taken in zip(units, letterbox.taken, strict=True):
        letter = read(taken.content)
        (form,) = letter.iter_attachments()
        issued = addressed.issued_folder(OCTOBER) / f"{unit.sheet_name}_{OCTOBER}.xlsx"
        assert form.get_content() == issued.read_bytes()
        assert form.get_filename() == issued.name
        assert unit.name in letter["Subject"] and "11月7日" in letter.get_body().get_content()
    assert len({read(one.content)["Message-ID"] for one in letterbox.taken}) == len(units)
    again = go(addressed, account, secret)
    assert set(states(again).values()) == {Mailed.SENT}
    assert len(letterbox.taken) == len(units)


def test_the_name_is_written_as_old_and_new_programs_read_it(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    go(addressed, account, secret, units=["县残联"])
    (form,) = read(letterbox.taken[0].content).iter_attachments()
    raw = letterbox.taken[0].content.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    assert b"filename*=utf-8''%E5%8E%BF%E6%AE%8B%E8%81%94_2022-10.xlsx;" in raw
    assert b'name="=?utf-8?B?' in raw and b'filename="form_2022-10.xlsx"' in raw
    assert form.get_filename() == "县残联_2022-10.xlsx"


def test_what_is_sent_again_has_another_number(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    go(addressed, account, secret, units=["县残联"])
    go(addressed, account, secret, units=["县残联"], again=["县残联"])
    ids = [read(one.content)["Message-ID"] for one in letterbox.taken]
    assert len(ids) == len(set(ids)) == 2


@pytest.mark.parametrize(
    ("where", "says", "state", "times"),
    [
        ("rcpt", ["451 later", "451 later"], Mailed.SENT, 1),
        ("rcpt", ["451 later"] * 9, Mailed.LATER, 0),
        ("rcpt", ["550 no such user"] * 9, Mailed.REFUSED, 0),
        ("data", ["452 full"], Mailed.SENT, 1),
        ("data", ["452 full"] * 9, Mailed.LATER, 0),
        ("data", ["554 spam"] * 9, Mailed.REFUSED, 0),
        ("data", ["taken, break"], Mailed.UNKNOWN, 1),
        ("data", ["break"], Mailed.UNKNOWN, 0),
        ("data", ["251 queued", "554 no"], Mailed.SENT, 0),
        ("data", ["200 fine", "554 no"], Mailed.SENT, 0),
    ],
)
def test_what_a_server_says_of_one_is_its_own_line(
    addressed: Year, account: Account, secret: Secret, letterbox: Letterbox, where: str, says: list[str], state: Mailed, times: int,
) -> None:
    unit = addressed.plan.unit("县残联")
    getattr(letterbox, where)[unit.addresses[0]] = list(says)
    result = go(addressed, account, secret)
    assert states(result) == {one.name: Mailed.SENT if one.name != unit.name else state for one in addressed.plan.reporting_units}
    assert sum(one.to == unit.addresses for one in letterbox.taken) == times


def test_what_nobody_knows_waits_for_the_office(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    unit = addressed.plan.unit("县残联")
    letterbox.data[unit.addresses[0]] = ["taken, break"]
    assert states(go(addressed, account, secret))["县残联"] is Mailed.UNKNOWN
    count = len(letterbox.taken)
    assert states(go(addressed, account, secret))["县残联"] is Mailed.UNKNOWN
    assert len(letterbox.taken) == count
    settle(addressed, OCTOBER, FORM, "县残联", NOW, was_sent=True)
    assert states(go(addressed, account, secret))["县残联"] is Mailed.SENT
    assert len(letterbox.taken) == count


def test_one_that_is_sent_again_out_of_doubt_keeps_its_number(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    unit = addressed.plan.unit("县残联")
    letterbox.data[unit.addresses[0]] = ["taken, break"]
    go(addressed, account, secret, units=["县残联"])
    assert states(go(addressed, account, secret, units=["县残联"], again=["县残联"]))["县残联"] is Mailed.SENT
    assert len({read(one.content)["Message-ID"] for one in letterbox.taken}) == 1


def test_a_line_without_an_end_is_a_doubt(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    """Killed between the two lines, also where an earlier attempt of the same letter has its own end."""
    (due,) = due_letters(addressed, OCTOBER, FORM, ["县残联"])
    told = {"at": NOW, "period": OCTOBER, "unit": "县残联", "what": FORM, "letter": "<a@x>"}
    line = Posting(**told, sha256=due.carried.sha256, to=due.carried.to)  # type: ignore[arg-type]
    addressed.register.record([line, Posted(**told, state="later"), line])  # type: ignore[arg-type]
    assert states(go(addressed, account, secret, units=["县残联"]))["县残联"] is Mailed.UNKNOWN
    assert not letterbox.taken


def test_a_unit_without_an_address_or_outside_is_told(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    _edit(addressed, "县残联", "邮箱", "")
    _edit(addressed, "县妇联", "邮箱", "fulian@elsewhere.com")
    _set(addressed, "允许的邮箱域名", "gov.cn")
    year = Year(addressed.root)
    result = go(year, account, secret)
    found = {one.unit: one for one in result.units}
    assert found["县残联"].state is found["县妇联"].state is Mailed.UNREACHABLE
    assert "没有邮箱" in found["县残联"].said and "允许的邮箱域名" in found["县妇联"].said
    assert all("elsewhere" not in " ".join(one.to) for one in letterbox.taken)
    assert [str(one) for one in year.plan.warnings if one.code == "plan-address-domain"]
    year.close()


def test_copies_go_along(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    _edit(addressed, "县残联", "抄送", "李四 <li@x.gov.cn>；wang@x.gov.cn")
    year = Year(addressed.root)
    go(year, account, secret, units=["县残联"])
    assert letterbox.taken[0].to == (*year.plan.unit("县残联").addresses, "li@x.gov.cn", "wang@x.gov.cn")
    assert read(letterbox.taken[0].content)["Cc"] == "li@x.gov.cn, wang@x.gov.cn"
    year.close()


def test_a_copy_that_is_refused_keeps_no_form_back(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    _edit(addressed, "县残联", "抄送", "li@x.gov.cn、wang@x.gov.cn")
    letterbox.rcpt.update({"li@x.gov.cn": ["452 mailbox full"] * 9, "wang@x.gov.cn": ["550 no such user"] * 9})
    year = Year(addressed.root)
    (sent,) = go(year, account, secret, units=["县残联"]).units
    assert sent.state is Mailed.SENT and "li@x.gov.cn 暂时不收" in sent.said and "wang@x.gov.cn 被拒收" in sent.said
    assert [one.to for one in letterbox.taken] == [year.plan.unit("县残联").addresses]
    (due,) = due_letters(year, OCTOBER, FORM, ["县残联"])
    assert "被拒收" in due.told, "the next run still says so"
    year.close()


def test_an_address_that_was_mended_since_is_said(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    go(addressed, account, secret, units=["县残联"])
    _edit(addressed, "县残联", "邮箱", "new@x.gov.cn")
    year = Year(addressed.root)
    (due,) = due_letters(year, OCTOBER, FORM, ["县残联"])
    assert due.state is Mailed.SENT and "邮箱改过" in due.told
    year.close()


def test_a_unit_that_was_renamed_has_its_letter(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    go(addressed, account, secret)
    count = len(letterbox.taken)

    def rename(tables: dict[str, list[dict[str, str]]]) -> None:
        for table in tables.values():
            for row in table:
                row.update({title: text.replace("县残联", "县残疾人联合会") for title, text in row.items()})
        next(row for row in tables["单位"] if row["单位"] == "县残疾人联合会")["别名"] = "县残联"

    edited(addressed, rename)
    year = Year(addressed.root)
    assert set(states(go(year, account, secret)).values()) == {Mailed.SENT} and "县残疾人联合会" in states(go(year, account, secret))
    assert len(letterbox.taken) == count
    year.close()


def test_a_plan_that_is_changed_back_brings_the_first_form_back(addressed: Year) -> None:
    before = {one.carried.unit.name: one.carried.sha256 for one in due_letters(addressed, OCTOBER, FORM)}
    content = addressed.plan_path.read_bytes()
    _set(addressed, "报送日", "9")
    year = Year(addressed.root)
    year.close()
    for plan, day in ((None, 1), (content, 2)):
        if plan is not None:
            addressed.plan_path.write_bytes(plan)
        year = Year(addressed.root)
        issue(year, OCTOBER, datetime(2022, 11, day))
        found = {one.carried.unit.name: one.carried.sha256 for one in due_letters(year, OCTOBER, FORM)}
        there = {unit.name: year.issued_folder(OCTOBER) / f"{unit.sheet_name}_2022-10.xlsx" for unit in year.plan.reporting_units}
        assert found == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
        year.close()
    assert found == before


def test_what_is_sent_again_out_of_doubt_after_it_was_sent_keeps_the_last_number(
    addressed: Year, account: Account, secret: Secret, letterbox: Letterbox,
) -> None:
    unit = addressed.plan.unit("县残联")
    go(addressed, account, secret, units=["县残联"])
    letterbox.data[unit.addresses[0]] = ["taken, break"]
    go(addressed, account, secret, units=["县残联"], again=["县残联"])
    go(addressed, account, secret, units=["县残联"], again=["县残联"])
    first, second, third = (read(one.content)["Message-ID"] for one in letterbox.taken)
    assert first != second == third


def test_the_office_edits_the_words(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    go(addressed, account, secret, units=["县妇联"])
    text = addressed.root / "邮件" / "填报表.txt"
    text.write_bytes("{单位}请报{期次}\r\n您好，{截止}前报。{附件}".encode("gbk"))
    go(addressed, account, secret, units=["县残联"])
    letter = read(letterbox.taken[-1].content)
    assert letter["Subject"] == "县残联请报10月份"
    assert letter.get_body().get_content() .replace("\r\n", "\n") == "您好，11月7日前报。县残联_2022-10.xlsx\n"


@pytest.mark.parametrize(("text", "said"), [("主题\n{姓名}", "{姓名}"), ("只有主题", "没有正文"), ("", "没有主题")])
def test_words_that_cannot_be_meant_are_told_before_anything_goes_out(
    addressed: Year, account: Account, secret: Secret, letterbox: Letterbox, text: str, said: str,
) -> None:
    (addressed.root / "邮件").mkdir()
    (addressed.root / "邮件" / "填报表.txt").write_text(text, encoding="utf-8")
    with pytest.raises(MinshengError, match=r"填报表\.txt") as told:
        go(addressed, account, secret)
    assert said in str(told.value) and not letterbox.logins


def test_what_is_not_there_is_said(addressed: Year) -> None:
    with pytest.raises(MisuseError, match="县某局"):
        due_letters(addressed, OCTOBER, FORM, ["县某局"])
    for what in ("认定表", "核对单", "退回"):
        with pytest.raises(MinshengError, match="2022-10"):
            due_letters(addressed, OCTOBER, what)


def _edit(year: Year, unit: str, column: str, text: str) -> None:
    def change(tables: dict[str, list[dict[str, str]]]) -> None:
        next(row for row in tables["单位"] if row["单位"] == unit)[column] = text

    edited(year, change)


def _set(year: Year, name: str, value: str) -> None:
    def change(tables: dict[str, list[dict[str, str]]]) -> None:
        rows = [row for row in tables["参数"] if row["参数"] == name] or [{"参数": name, "对象": "", "值": "", "说明": ""}]
        tables["参数"] = [row for row in tables["参数"] if row["参数"] != name] + [rows[0] | {"值": value}]

    edited(year, change)


def edited(year: Year, change: Callable[[dict[str, list[dict[str, str]]]], object]) -> None:
    """Change the plan as the office would."""
    from minsheng_xl.plan.workbook import workbook_bytes

    tables = year.written_plan.tables
    change(tables)
    year.plan_path.write_bytes(workbook_bytes(tables))
    for known in ("written_plan", "_digest", "plans", "_plan_bytes"):
        year.__dict__.pop(known, None)
