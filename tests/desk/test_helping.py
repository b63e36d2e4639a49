"""help: what the handbook says of a word, at the command line and in the menu."""

import pytest

from minsheng_xl.desk.cli import main
from minsheng_xl.desk.menu import CHOICES
from minsheng_xl.handbook.pages import NAMES


def helped(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["help", *words])
    return code, *capsys.readouterr()


def test_the_paragraph_of_a_word_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, said = helped(capsys, "核实单")
    assert (code, said) == (0, "")
    assert out.startswith("【办公室 · 一个月 · 核实单】\n有存疑格的单位，")
    assert not [sign for sign in ("**", "`", "](", "###") if sign in out]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("受保护的视图",), "点“启用编辑”就能填"),
        (("解除", "锁定"), "右键“属性”"),
        (("consolidate",), "minsheng-xl consolidate 鲁山县2022 --period 2022-10"),
        (("--", "--signed-by"), "签发人"),
        (("figures_frame",), "13 列"),
        (("可报送",), "这是说填全了"),
        (("上个月的表",), "归上个月"),
    ],
)
def test_what_people_look_for_is_found(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = helped(capsys, *words)
    assert code == 0
    assert said in out


def test_every_line_of_the_menu_is_in_the_handbook(capsys: pytest.CaptureFixture[str]) -> None:
    for choice in CHOICES:
        assert helped(capsys, choice.title.partition("：")[0])[0] == 0


def test_of_many_passages_it_is_said_where_the_others_are(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = helped(capsys, "汇总")
    shown = [line for line in out.splitlines() if line.startswith("【")]
    last = out.splitlines()[-1]
    assert len(shown) == 5
    assert last.startswith("另有 ")
    assert last.endswith("多写一个词，查得更准。")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["催抱"], "手册里没有“催抱”，相近的有：催报。\n"),
        (["#%"], "手册里没有“#%”，可以查：下发、汇总、核实单、待决事项、催报、定稿。\n"),
    ],
)
def test_an_unknown_word_ends_with_1_and_names_near_ones(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert helped(capsys, *words) == (1, "", said)


@pytest.mark.parametrize("words", [[], [" "]])
def test_without_a_word_there_is_a_list(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = helped(capsys, *words)
    assert code == 0
    assert [line.strip().partition("：")[0] for line in out.splitlines()[1:]] == list(NAMES)
