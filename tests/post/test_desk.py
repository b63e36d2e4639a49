"""Mail at the desk: the mailbox is set up and tried, what goes out is shown first, other ways out are files."""

import email
import email.policy
import io
import json
import zipfile
from pathlib import Path

import pytest

from minsheng_xl import Year
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.posting import account_path
from minsheng_xl.post.account import AccountSaid, Server, account_of, remember, remembered, server_in
from minsheng_xl.post.secret import Secret, secret_of
from minsheng_xl.problems import MinshengError, MisuseError
from tests.post.conftest import OCTOBER, address_of
from tests.post.servers import SECRET, USER, Letterbox, Mailbox


@pytest.fixture
def set_up(letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_MAIL_SECRET", SECRET)
    assert main(["mail", "setup", "--user", USER, "--smtp", f"localhost:{letterbox.port}", "--pause", "0", "--name", "县政府办"]) == 0


def test_a_mailbox_is_tried_and_kept_without_its_secret(
    letterbox: Letterbox, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MINSHENG_MAIL_SECRET", SECRET)
    servers = ["--smtp", f"localhost:{letterbox.port}", "--imap", f"localhost:{mailbox.port}"]
    assert main(["mail", "setup", "--user", USER, *servers]) == 0
    said = capsys.readouterr()
    assert "不得传输涉密和工作秘密" in said.out and said.out.count("登录成功") == 2
    assert SECRET not in said.out + said.err + account_path().read_text(encoding="utf-8")
    assert remembered(account_path()).imap == Server("localhost", mailbox.port)
    assert main(["mail", "check"]) == 0


def test_what_does_not_let_in_is_not_kept(letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MINSHENG_MAIL_SECRET", "wr0ng")
    assert main(["mail", "setup", "--user", USER, "--smtp", f"localhost:{letterbox.port}"]) == 1
    said = capsys.readouterr().err
    assert "授权码" in said and "wr0ng" not in said and not account_path().exists()


def test_without_a_mailbox_or_a_secret_it_is_said(addressed: Year, letterbox: Letterbox, capsys: pytest.CaptureFixture[str]) -> None:
    send = ["send", str(addressed.root), "--period", "2022-10", "--yes"]
    assert main(send) == 1
    assert "mail setup" in capsys.readouterr().err
    remember(account_path(), account_of(AccountSaid(user=USER, smtp=f"localhost:{letterbox.port}")))
    assert main(send) == 1
    assert "MINSHENG_MAIL_SECRET" in capsys.readouterr().err
    assert not letterbox.logins


def test_what_would_go_out_is_shown_and_nothing_goes(addressed: Year, set_up: None, letterbox: Letterbox, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["send", str(addressed.root), "--period", "2022-10", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "县残联" in said and address_of(4) in said and "主题：" in said and not letterbox.taken
    assert (addressed.root / "邮件" / "填报表.txt").is_file()
    assert main(["send", str(addressed.root), "--period", "2022-10"]) == 1, "nobody said yes"
    assert not letterbox.taken


def test_drafts_are_letters_that_were_not_sent(addressed: Year, set_up: None, letterbox: Letterbox, tmp_path: Path) -> None:
    assert main(["send", str(addressed.root), "--period", "2022-10", "--eml", str(tmp_path / "草稿")]) == 0
    drafts = sorted((tmp_path / "草稿").iterdir())
    assert len(drafts) == len(addressed.plan.reporting_units) and not letterbox.taken
    letter = email.message_from_bytes(drafts[0].read_bytes(), policy=email.policy.default)
    assert letter["X-Unsent"] == "1" and letter["To"].endswith("@x.gov.cn")
    assert [one.get_filename() for one in letter.iter_attachments()] == [f"{drafts[0].name.split('_')[0]}_2022-10.xlsx"]  # type: ignore[attr-defined]


def test_a_parcel_and_a_text_go_to_a_group(addressed: Year) -> None:
    assert main(["send", str(addressed.root), "--period", "2022-10", "--group"]) == 0
    folder = addressed.root / "发出" / "2022-10-发群"
    with zipfile.ZipFile(io.BytesIO((folder / "2022-10_填报表.zip").read_bytes())) as parcel:
        names = {f"{unit.sheet_name}_{OCTOBER}.xlsx" for unit in addressed.plan.reporting_units}
        assert set(parcel.namelist()) == names
        for name in names:
            assert parcel.read(name) == (addressed.issued_folder(OCTOBER) / name).read_bytes()
    text = (folder / "2022-10_填报表.txt").read_text(encoding="utf-8-sig")
    assert all(f"@{unit.name}" in text for unit in addressed.plan.reporting_units)
    first = (folder / "2022-10_填报表.zip").read_bytes()
    main(["send", str(addressed.root), "--period", "2022-10", "--group"])
    assert (folder / "2022-10_填报表.zip").read_bytes() == first


@pytest.mark.parametrize(
    ("said", "smtp", "imap"),
    [
        (AccountSaid(user="a@163.com"), Server("smtp.163.com", 465), Server("imap.163.com", 993)),
        (AccountSaid(user="a@foxmail.com"), Server("smtp.qq.com", 465), Server("imap.qq.com", 993)),
        (AccountSaid(user="a@x.gov.cn", provider="exmail.qq.com"), Server("smtp.exmail.qq.com", 465), Server("imap.exmail.qq.com", 993)),
        (AccountSaid(user="a@x.gov.cn", smtp="mail.x.gov.cn:465"), Server("mail.x.gov.cn", 465), None),
        (AccountSaid(user="li", sender="a@x.gov.cn", smtp="m:25", imap="m：143"), Server("m", 25), Server("m", 143)),
    ],
)
def test_servers_are_known_by_the_address_or_told(said: AccountSaid, smtp: Server, imap: Server | None, tmp_path: Path) -> None:
    account = account_of(said)
    assert (account.smtp, account.imap) == (smtp, imap)
    remember(tmp_path / "mail.json", account)
    assert remembered(tmp_path / "mail.json") == account


@pytest.mark.parametrize(
    "said", [AccountSaid(user="a@x.gov.cn"), AccountSaid(user="li"), AccountSaid(user="a@x.cn", provider="x"), AccountSaid(user="a@x.cn", smtp="m"), AccountSaid(user="a@163.com", pause=-1), AccountSaid(user="a@163.com", pause=float("nan")), AccountSaid(user="张三", sender="a@163.com"), AccountSaid(user="a..b@163.com")],
)
def test_what_cannot_be_meant_is_said(said: AccountSaid) -> None:
    with pytest.raises(MisuseError):
        account_of(said)


@pytest.mark.parametrize("text", ["m", "m:", ":25", "m:0", "m:70000", "m:x", "smtp..163.com:465", f"{'a' * 64}.cn:465", "服务器:465"])
def test_a_server_wants_a_port(text: str) -> None:
    with pytest.raises(MisuseError, match="主机:端口"):
        server_in(text, what="发件服务器")


def test_a_setting_that_was_damaged_is_said(tmp_path: Path) -> None:
    (tmp_path / "mail.json").write_text("{", encoding="utf-8")
    with pytest.raises(MinshengError, match="重新运行"):
        remembered(tmp_path / "mail.json")


@pytest.mark.parametrize("text", ["授权码", "１２３４", "abc\r\nA1 DELETE x"])
def test_a_secret_that_cannot_be_one_is_said_before_it_goes_out(text: str, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MINSHENG_MAIL_SECRET", text)
    assert main(["mail", "setup", "--user", USER, "--smtp", f"localhost:{letterbox.port}"]) == 1
    assert "授权码里有中文" in capsys.readouterr().err and not letterbox.logins


def test_a_new_secret_is_asked_though_an_old_one_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng_xl.post.secret._stored", lambda account: "old")
    account = account_of(AccountSaid(user="a@163.com"))
    assert secret_of(account, None).told() == "old"
    assert secret_of(account, lambda question: " new ", is_new=True).told() == "new"


def test_a_name_in_two_lines_is_one(tmp_path: Path) -> None:
    assert account_of(AccountSaid(user="a@163.com", name="县\n办")).name == "县 办"


def test_what_goes_to_json_is_json(addressed: Year, mailbox: Mailbox, set_up: None, capsys: pytest.CaptureFixture[str]) -> None:
    remember(account_path(), remembered(account_path())._replace(imap=Server("localhost", mailbox.port)))
    capsys.readouterr()
    assert main(["fetch", str(addressed.root), "--period", "2022-10", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["period"] == "2022-10"


def test_a_name_that_is_no_units_is_said(addressed: Year, set_up: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", str(addressed.root), "--period", "2022-10", "--units", "县残联", "--again", "县残连", "--dry-run"]) == 2
    assert "县残连" in capsys.readouterr().err


def test_a_secret_shows_nowhere() -> None:
    assert "abc" not in f"{Secret('abc')!r} {Secret('abc')}" and Secret("abc").told() == "abc"


def test_a_form_that_is_issued_anew_is_due_again(addressed: Year, set_up: None, letterbox: Letterbox) -> None:
    from tests.post.kills import issue_anew

    command = ["send", str(addressed.root), "--period", "2022-10", "--yes"]
    assert main(command) == 0
    count = len(letterbox.taken)
    issue_anew(addressed)
    assert main(command) == 0
    assert [one.to for one in letterbox.taken[count:]] == [one.to for one in letterbox.taken[:count]]
