"""Who of the package writes, makes, renames or removes files is known by name: each is killed in the middle, meets a
full disk and another one like it in tests/processes, or it is said here why not.
"""

import ast

import pytest

from tests.house.sources import modules

WRITERS: dict[str, set[str]] = {
    "beginning/begin.py": {"begin"},
    "beginning/clerk.py": {"fill"},
    "beginning/demo.py": {"_returns_of_october", "certify", "run_demo", "send"},
    "beginning/play.py": {"certify", "send"},
    "beginning/doors.py": {"put_doors", "renew_doors"},
    "beginning/importing.py": {"import_again"},
    "beginning/rollover.py": {"_make"},
    "books/pdf.py": {"to_pdf"},
    "closing/reopen.py": {"_put_aside"},
    "desk/bundle.py": {"make_pyz"},
    "desk/parts.py": {"_download"},
    "desk/portable.py": {"_clear", "for_linux", "for_windows", "put", "put_packed"},
    "desk/button.py": {"_inbox", "_inspect"},
    "desk/checking/folder.py": {"_refused", "_refused_path", "can_lock"},
    "desk/checking/fonts.py": {"_by_fontconfig"},
    "desk/checking/model.py": {"scratch"},
    "desk/checking/programs.py": {"_version", "draws"},
    "desk/checking/run.py": {"_clear"},
    "desk/pipe.py": {"_send_nowhere"},
    "desk/setting.py": {"_write", "open_pipe", "remember_name"},
    "intake/child.py": {"_fork"},
    "intake/packed.py": {"_by_py7zr", "files_of"},
    "intake/replica.py": {"_throw_away", "_unpacked"},
    "intake/worker.py": {"main", "silence"},
    "master/build.py": {"_put"},
    "memory/export.py": {"export"},
    "papers/convert.py": {"converted"},
    "papers/worker.py": {"main"},
    "post/account.py": {"remember"},
    "post/drafts.py": {"put_drafts", "put_parcel"},
    "post/fetch.py": {"_fetch"},
    "post/gather.py": {"_copied"},
    "post/remind.py": {"remind_by_text"},
    "post/words.py": {"put_texts"},
    "proof/stamp.py": {"stamp"},
    "sending/answer.py": {"_write", "answer"},
    "sending/issue.py": {"_is_placed", "_keep_earlier", "_put_guide"},
    "telling/export.py": {"export_tasks"},
    "telling/supervise.py": {"supervise"},
    "telling/print.py": {"_texts", "pdfs_of", "print_period", "put_file", "put_with_pdf"},
    "year/cache.py": {"_prepared", "_throw_away"},
    "year/folder.py": {"create", "rebuild", "replace_plan"},
    "year/journal.py": {"_write", "append"},
    "year/lock.py": {"_clear_away_nobodys", "locked"},
    "year/making.py": {"clear_away", "made_whole"},
    "year/register.py": {"__init__", "_drop", "_prepare"},
    "year/storage.py": {"keep", "put", "take_away", "write_whole"},
}
"""The functions that do so, by their module."""
UNTRIED: dict[str, set[str]] = {
    # a program that is given away, not a year: made anew by the same words
    "desk/bundle.py": {"make_pyz"},
    "desk/parts.py": {"_download"},
    "desk/portable.py": {"_clear", "for_linux", "for_windows", "put", "put_packed"},
    # the demo and its clerks, in a new folder: tests/beginning/test_demo.py, test_play.py
    "beginning/clerk.py": {"fill"},
    "beginning/demo.py": {"_returns_of_october", "certify", "run_demo", "send"},
    "beginning/play.py": {"certify", "send"},
    # beside a master that is open in a spreadsheet program: tests/books/live, tests/desk/test_button.py
    "desk/button.py": {"_inbox", "_inspect"},
    # what an earlier version left: tests/desk/test_menu.py
    "beginning/doors.py": {"renew_doors"},
    # what is tried at a desk, and removed: tests/desk/checking on disks that are full, read-only, and broken off
    "desk/checking/folder.py": {"_refused", "_refused_path", "can_lock"},
    "desk/checking/fonts.py": {"_by_fontconfig"},
    "desk/checking/model.py": {"scratch"},
    "desk/checking/programs.py": {"_version", "draws"},
    "desk/checking/run.py": {"_clear"},
    # a copy beside the plan, before the plan is written whole: tests/beginning/test_importing.py
    "beginning/importing.py": {"import_again"},
    # pipes, and where what nobody reads goes
    "desk/pipe.py": {"_send_nowhere"},
    "intake/child.py": {"_fork"},
    "intake/worker.py": {"main", "silence"},
    # in a folder of its own among those of the system
    "books/pdf.py": {"to_pdf"},
    # the name that the menu proposes next time, written whole and never needed: tests/desk/test_menu.py
    "desk/setting.py": {"remember_name"},
    # a parcel in a folder of its own, thrown away
    "intake/packed.py": {"_by_py7zr", "files_of"},
    # what a worker was told of a year, in a folder of the system that is thrown away: tests/taking/test_cluster.py
    "intake/replica.py": {"_throw_away", "_unpacked"},
    # the person's own setting, written whole; what a person sends himself, made anew by the same words
    "post/account.py": {"remember"},
    "post/drafts.py": {"put_drafts", "put_parcel"},
    # killed at random moments by the dozen: tests/post/test_kills.py; the others write whole files beside them
    "post/fetch.py": {"_fetch"},
    "post/gather.py": {"_copied"},
    "post/remind.py": {"remind_by_text"},
    "post/words.py": {"put_texts"},
    # put_file writes them whole, as telling/print.py does
    "memory/export.py": {"export"},
    "telling/supervise.py": {"supervise"},
    # a folder of LibreOffice's, thrown away, and the pipe to the parent
    "papers/convert.py": {"converted"},
    "papers/worker.py": {"main"},
    # what an authority answers: tests/proof/test_stamp.py
    "proof/stamp.py": {"stamp"},
    # tests/processes/test_processes.py
    "year/lock.py": {"_clear_away_nobodys"},
    # of what is damaged, which may be thrown away: tests/year/test_ills.py
    "year/cache.py": {"_throw_away"},
    "year/register.py": {"_drop"},
}
"""Those of them that no command is tried with in tests/processes, and why."""
_WRITING = {
    "write_whole", "made_whole", "take_away", "write_bytes", "write_text", "mkdir", "makedirs", "unlink", "rmdir", "rmtree",
    "rename", "touch", "symlink_to", "hardlink_to", "mkstemp", "mkdtemp", "TemporaryDirectory", "NamedTemporaryFile", "copyfile", "copy2",
    "copytree", "copystat", "extractall", "ftruncate",
}
_OPENING = {"open", "fdopen"}


def writes(call: ast.Call) -> bool:
    """Whether a call changes something on the disk."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    text = ast.unparse(call)
    if name in _OPENING:
        modes = [ast.unparse(one) for one in (*call.args, *(word.value for word in call.keywords if word.arg == "mode"))]
        return any((mode[:1] == "'" and set(mode) & set("wax+") and len(mode) <= 5) or "O_WRONLY" in mode for mode in modes)
    if name == "replace":  # of a path: a text takes two, a time takes names
        return len(call.args) == 1 and not call.keywords
    if name == "connect":
        return text.startswith("sqlite3.") and "mode=ro" not in text and "_IN_MEMORY" not in text
    return name in _WRITING


def test_every_writer_is_known() -> None:
    found: dict[str, set[str]] = {}
    for path, tree in modules().items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
                if any(map(writes, calls)):
                    found.setdefault(path.as_posix(), set()).add(function.name)
    assert found == WRITERS


def test_whoever_is_not_tried_is_one_of_them() -> None:
    assert all(names <= WRITERS[module] for module, names in UNTRIED.items())


@pytest.mark.parametrize(
    ("text", "is_writing"),
    [
        ("path.write_bytes(b'')", True),
        ("write_whole(path, content)", True),
        ("path.open('ab', buffering=0)", True),
        ("open(path, mode='w')", True),
        ("os.open(path, os.O_WRONLY)", True),
        ("path.open('rb')", False),
        ("path.open(encoding='utf-8', newline='')", False),
        ("temporary.replace(path)", True),
        ("text.replace('a', 'b')", False),
        ("now.replace(second=0)", False),
        ("sqlite3.connect(path)", True),
        ("sqlite3.connect(f'{path}?mode=ro', uri=True)", False),
        ("path.read_bytes()", False),
    ],
)
def test_a_writer_is_known_by_what_it_calls(text: str, is_writing: bool) -> None:
    call = ast.parse(text).body[0].value  # type: ignore[attr-defined]
    assert writes(call) is is_writing
