"""The folder of one year: where everything is, and the plan, journal and register in it."""

import hashlib
import io
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path

from minsheng_xl.plan.checks import BLANK
from minsheng_xl.plan.load import check_tables, plan_once_used
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.read import built_in_tables, read_tables
from minsheng_xl.plan.tables import RawTables
from minsheng_xl.problems import MinshengError, MisuseError, PlanError, why
from minsheng_xl.year.cache import Cache
from minsheng_xl.year.copies import copy_faults, doubles
from minsheng_xl.year.entries import (
    CertifyingIssued,
    ConfirmingIssued,
    Issued,
    Judged,
    LetterRead,
    PlanUsed,
    ReportedUp,
    Stamped,
)
from minsheng_xl.year.journal import Journal
from minsheng_xl.year.lock import locked
from minsheng_xl.year.making import clear_away
from minsheng_xl.year.person import NOBODY, UNNAMED, Person
from minsheng_xl.year.plans import Plans
from minsheng_xl.year.register import FORMER, ForeignRegister, Register
from minsheng_xl.year.storage import Archive, cannot_write, put, take_away, write_whole

PLAN_FILE = "计划.xlsx"
MACRO_MASTER, PLAIN_MASTER = "总台账.xlsm", "总台账.xlsx"
ISSUED_FOLDER, INBOX_FOLDER, ARCHIVE_FOLDER, RETURNED_FOLDER, PRINTED_FOLDER = "发出", "收件", "归档", "退回", "打印"
EXPORTED_FOLDER, REPORTED_FOLDER = "导出", "上报"


class Year:
    """A year's folder. Open one with `Year(path)`; make one with `Year.create`."""

    def __init__(self, path: "str | Path", *, writable: bool = True, who: Person = NOBODY) -> None:
        """Open the folder for who works in it; not `writable`, its register is only read. Raises MinshengError if it
        holds no 计划.xlsx."""
        self.root, self.who = Path(path), who
        self._writable = writable
        self._held = 0
        if not self.plan_path.is_file():
            raise MinshengError(f"{self.root} 里没有 {PLAN_FILE}。请先运行 minsheng-xl init {self.root}，或换成有计划的文件夹。")

    @staticmethod
    def create(path: "str | Path", tables: RawTables | None = None, *, may_be_blank: bool = False) -> "Year":
        """Make the folder of a year, with the given plan or the built-in one; one that `may_be_blank` can still lack
        what was promised.

        Raises MinshengError if there is a plan already: it is never written over.
        """
        from minsheng_xl.plan.workbook import workbook_bytes

        root = Path(path)
        refuse_plan_in(root)
        found = tables or built_in_tables(sample=False)
        try:
            check_tables(found)
        except PlanError as error:
            if not may_be_blank or any(one.code not in BLANK for one in error.problems):
                raise
        try:
            for folder in (ISSUED_FOLDER, INBOX_FOLDER, ARCHIVE_FOLDER):
                (root / folder).mkdir(parents=True, exist_ok=True)
            write_whole(root / PLAN_FILE, workbook_bytes(found.plain()))  # the last: with it the year is there
        except OSError as error:
            raise cannot_make(root, error) from error
        return Year(root)

    @property
    def plan_path(self) -> Path:
        return self.root / PLAN_FILE

    @property
    def master_path(self) -> Path:
        """The master, with macros unless there is one without."""
        plain = self.root / PLAIN_MASTER
        return plain if plain.exists() and not (self.root / MACRO_MASTER).exists() else self.root / MACRO_MASTER

    @property
    def inbox(self) -> Path:
        return self.root / INBOX_FOLDER

    def issued_folder(self, period: Period) -> Path:
        return self.root / ISSUED_FOLDER / str(period)

    def certified_folder(self, period: Period) -> Path:
        return self.root / ISSUED_FOLDER / f"{period}-认定"

    def confirmed_folder(self, period: Period) -> Path:
        return self.root / ISSUED_FOLDER / f"{period}-核对"

    def returned_folder(self, period: Period) -> Path:
        return self.root / RETURNED_FOLDER / str(period)

    def printed_folder(self, period: Period) -> Path:
        return self.root / PRINTED_FOLDER / str(period)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder alone, and see what others did before. May be nested.

        Raises MinshengError if another process holds it.
        """
        self._held += 1
        try:
            if self._held > 1:
                yield
                return
            with locked(self.root / ARCHIVE_FOLDER):
                self.register.refuse_unwritable()
                self.register.catch_up()
                self._refuse_lost_archive()
                self._refuse_forks()
                clear_away(self._written_to())
                yield
        finally:
            self._held -= 1

    def _written_to(self) -> Iterator[Path]:
        """The folders in which people find what this program writes."""
        yield self.root
        yield self.root / ARCHIVE_FOLDER
        for name in (ISSUED_FOLDER, RETURNED_FOLDER, PRINTED_FOLDER, REPORTED_FOLDER):
            yield from (Path(folder) for folder, _, _ in os.walk(self.root / name))

    def _refuse_lost_archive(self) -> None:
        """Raise MinshengError where all that was kept is gone: every return would be judged beside nothing."""
        if not self.archive.is_there and self.register.latest(PlanUsed) is not None:
            raise MinshengError(
                f"{ARCHIVE_FOLDER} 里的“文件”文件夹不见了，收到和发出的原件都在里面。没有判断来件，没有做任何改动。"
                f"请从备份恢复 {ARCHIVE_FOLDER}/文件，再运行一次；没有备份的，新建一个空的“文件”文件夹，把各期重新下发一次。"
            )

    def _refuse_forks(self) -> None:
        """Raise MinshengError where a copy of the journal holds what it lacks: another line would make it worse."""
        faults = tuple(copy_faults(self.journal))
        if faults:
            raise MinshengError("\n".join(faults))

    def doubles(self) -> Iterator[str]:
        """What is to be told of doubles of 计划.xlsx and of the master, which nobody reads."""
        yield from doubles(self.plan_path, "改动")
        yield from doubles(self.master_path, "数")

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.root / ARCHIVE_FOLDER / "文件")

    @cached_property
    def cache(self) -> Cache:
        return Cache(self._cache_path, writable=self._writable)

    @property
    def _cache_path(self) -> Path:
        return self.root / ARCHIVE_FOLDER / "速查.sqlite"

    @property
    def register_path(self) -> Path:
        return self.root / ARCHIVE_FOLDER / "登记.sqlite"

    @property
    def journal(self) -> Journal:
        return Journal(self.root / ARCHIVE_FOLDER / "日志.jsonl")

    @property
    def has_begun(self) -> bool:
        """Whether anything was journalled yet."""
        return self.journal.size() > 0

    @cached_property
    def register(self) -> Register:
        """The register, up to date with the journal."""
        path = self.register_path
        try:
            register = Register(path, self.journal, writable=self._writable)
            register.catch_up()
        except ForeignRegister as error:  # a copy beside it may be the journal that is meant
            raise ForeignRegister("\n".join((str(error), *copy_faults(self.journal)))) from error
        except sqlite3.OperationalError:  # a folder that can only be read is read as it stands
            try:
                register = Register(path, self.journal, writable=False)
            except sqlite3.OperationalError as error:
                raise MinshengError(_cannot_open(path)) from error
        return register

    @cached_property
    def _plan_bytes(self) -> bytes:
        return self.plan_path.read_bytes()

    @cached_property
    def plans(self) -> Plans:
        """The versions of the plan, this one and those that were used before."""
        return self.plans_by(self.register)

    def plans_by(self, register: Register) -> Plans:
        """The versions of the plan by another register of this folder's journal."""

        def present() -> tuple[str, Plan]:
            return self._digest, self.written_plan

        return Plans(register, self._kept_plan, present)

    def _kept_plan(self, sha256: str) -> Plan:
        """An earlier version of the plan, from the archive."""
        content = self.archive.kept(sha256, "一份用过的计划")
        if content not in _once_used:
            tables = self.cache.plan(content)
            if tables is None:
                tables = read_tables(io.BytesIO(content))
                self.cache.keep_plan(content, tables)
            _once_used[content] = plan_once_used(tables)
        return _once_used[content]

    @property
    def plan(self) -> Plan:
        """The plan as it stands in 计划.xlsx, which knows what is valid in each period. Raises PlanError."""
        return self.plans.bound(self._digest)

    @cached_property
    def _digest(self) -> str:
        return plan_hash(self.written_plan)

    @cached_property
    def written_plan(self) -> Plan:
        """The plan as it stands in 计划.xlsx, which knows nothing of any other. Raises PlanError."""
        content = self._plan_bytes
        if content not in _last_plan:
            tables = self.cache.plan(content)
            if tables is None:
                tables = read_tables(self.plan_path)
                self.cache.keep_plan(content, tables)
            plan = check_tables(tables)
            _last_plan.clear()
            _last_plan[content] = plan
            return plan
        return _last_plan[content]

    def period(self, text: str) -> Period:
        """A period of this year's plan. Raises MisuseError for any other text."""
        found = next((period for period in self.plan.periods if str(period) == text), None)
        if found is None:
            first, last = self.plan.periods[0], self.plan.periods[-1]
            raise MisuseError(f"期次“{text}”不在计划之内。请写 {first} 到 {last} 之间的一期。")
        return found

    @property
    def plan_is_new(self) -> bool:
        """Whether 计划.xlsx is another version than the one used last."""
        latest = self.register.latest(PlanUsed)
        return latest is None or latest.plan != self._digest

    def signed(self, name: str = "") -> str:
        """Who works in the folder, as the journal keeps it, under another name where one is given."""
        return str(self.who.called(name)) or UNNAMED

    def keep_plan(self, now: datetime) -> str:
        """Keep the plan's version in the archive, if it is new, with what it changes; return its hash."""
        if self.plan_is_new:
            changes = self.plans.pending()
            sha256 = self.archive.keep(self._plan_bytes)
            self.register.record([PlanUsed(now, self._digest, sha256, changes, str(self.who))])
        return self._digest

    def replace_plan(self, content: bytes) -> None:
        """Write 计划.xlsx anew, of the same version. Raises MinshengError if it cannot be, or was edited just now."""
        if self.plan_path.read_bytes() != self._plan_bytes:
            raise MinshengError("它刚才又改过了")
        write_whole(self.plan_path, content)
        self._plan_bytes = content

    def edit_plan(self, content: bytes) -> None:
        """Write 计划.xlsx anew, which may be another version from now on. Raises MinshengError."""
        self.replace_plan(content)
        for known in ("written_plan", "_digest", "plans"):
            self.__dict__.pop(known, None)

    def plan_version(self, version: str, upto: int | None = None) -> Plan:
        """A version of the plan, with what was known of all up to a seq if given. Raises KeyError."""
        return self.plans.bound(version, upto)

    def state(self) -> str:
        """What a judgement in this folder rests on, in a word: it differs when plan or journal do."""
        return f"{hashlib.sha256(self._plan_bytes).hexdigest()}/{self.register.last_seq()}"

    def plan_of(self, period: Period) -> Plan:
        """The plan that is valid in a period; of a closed one as it was then."""
        return self.plans.of(period, self.plan)

    def rebuild(self) -> tuple[int, bool, tuple[str, ...]]:
        """Make the register again from the archive alone.

        Returns the number of entries, whether the new one equals the old, and the hashes of which
        the archive has not the bytes they stand for. A register that was not made from the journal is kept aside.
        Raises MinshengError, and changes nothing, if there is no journal, or its lines do not follow on each other.
        """
        with locked(self.root / ARCHIVE_FOLDER):
            self.close()
            for _ in self.journal.read():
                pass
            before = self._dumped()
            self.close()
            made = Register.of_lines(self.journal, self.journal.read())
            take_away(self.register_path.with_name(f"{self.register_path.name}-journal"))
            with suppress(OSError):  # it is another's that is open now: what is stale in it is noticed
                self._cache_path.unlink(missing_ok=True)
            write_whole(self.register_path, made.image())
            after = self.register.dump()
            lost = tuple(sha256 for sha256 in self.stood_on() if not self.archive.holds(sha256))
            return self.register.last_seq(), before == after, lost

    def _dumped(self) -> list[str]:
        """What the register holds; nothing if it is damaged, or of another journal, and then kept aside."""
        try:
            return self.register.dump()
        except sqlite3.DatabaseError:
            return []
        except ForeignRegister:
            if not self.journal.size():
                raise
            try:
                put(self.register_path, self.register_path.with_name(FORMER))
            except OSError as error:
                raise cannot_write(self.register_path, error) from error
            return []

    def stood_on(self) -> list[str]:
        """The hashes of the bytes that the journal stands on, each once, but of those that were too many to be kept."""
        entries = self.register.entries
        unkept = {entry.returned.sha256 for entry in entries(Judged) if not entry.kept}
        every = [
            *(entry.sha256 for entry in entries(PlanUsed)),
            *(entry.sha256 for entry in entries(Issued)),
            *(entry.sha256 for entry in entries(CertifyingIssued)),
            *(entry.sha256 for entry in entries(ConfirmingIssued)),
            *(entry.returned.sha256 for entry in entries(Judged)),
            *(entry.sha256 for entry in entries(Stamped)),
            *(entry.sha256 for entry in entries(ReportedUp)),
            *(entry.sha256 for entry in entries(LetterRead)),
        ]
        return [sha256 for sha256 in dict.fromkeys(every) if sha256 and sha256 not in unkept]

    def close(self) -> None:
        """Let go of the register's file."""
        if "register" in self.__dict__:
            self.register.close()
            del self.__dict__["register"]
            self.__dict__.pop("plans", None)


def refuse_plan_in(root: Path) -> None:
    """Raises MinshengError if a folder holds a plan already."""
    if (root / PLAN_FILE).exists():
        raise MinshengError(f"{root} 里已经有 {PLAN_FILE}，没有改动。请换一个新文件夹。")


def cannot_make(root: Path, error: OSError) -> MinshengError:
    """The plain sentence for a folder that cannot be made."""
    return MinshengError(f"{root} 建不了：{why(error)}。请换一个能写的文件夹。")


_LONGEST_PATH = 480
"""Bytes of a path that SQLite opens on every system."""


def _cannot_open(path: Path) -> str:
    """Why the register cannot be opened, neither to be written nor to be read."""
    length = len(os.fsencode(path.absolute()))
    if length > _LONGEST_PATH:
        return (
            f"一年的文件夹的路径太长（{length} 个字节），登记库打不开，没有做任何改动。"
            "请把这个文件夹移到浅一些的地方（上一级文件夹的名字短一些、少几层），再运行一次。"
        )
    return f"{path.name} 打不开，没有做任何改动。请确认 {path.parent} 能读能写，磁盘没有满，再运行一次。"


_last_plan: dict[bytes, Plan] = {}
"""The plan that this process read last, by its file: a forked child need not read it again."""
_once_used: dict[bytes, Plan] = {}
"""The versions that were used before, by their files: a year has few."""


def plan_hash(plan: Plan) -> str:
    """The hash of a plan's tables, the same from either container."""
    from minsheng_xl.plan.text import to_text

    return hashlib.sha256(json.dumps(to_text(plan.tables), ensure_ascii=False).encode()).hexdigest()[:16]
