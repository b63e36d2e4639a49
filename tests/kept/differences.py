"""Compare what two versions of the program wrote: every file, every part, every cell, every line.

    python -m tests.kept.differences OLD NEW

OLD and NEW are two files, or two folders such as `tests.kept.make` makes. Prints each difference with its
place, then what was taken as equal by an allowance and how often; the exit code is 1 if anything differs.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, TypeAlias
from xml.etree import ElementTree

JOURNAL = "日志.jsonl"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Sort(Enum):
    """What can differ."""

    FILE = "file"
    PART = "part"
    CELL = "cell"
    STYLE = "style"
    WIDTH = "width"
    HEIGHT = "height"
    LINE = "line"


class Difference(NamedTuple):
    """One thing that is not the same: its sort, where it is, what was there and what is there."""

    sort: Sort
    place: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.sort.value:6} {self.place}: {_short(self.old)} → {_short(self.new)}"


def _only(sort: Sort, place: str, *, there: bool) -> Difference:
    """Something that only one of the two has."""
    return Difference(sort, place, "there" if there else "missing", "missing" if there else "there")


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}…"


class Allowance(NamedTuple):
    """A difference that is meant: where it may be, what is read the same."""

    name: str
    files: re.Pattern[str]
    pattern: re.Pattern[str]
    same: str

    def read(self, side: int, text: str) -> str:
        return self.pattern.sub(self.same, text)


_SHEETS = re.compile(r"xl/worksheets/[^/]*\.xml$")
_CORE = re.compile(r"(收件|归档|退回)/.*docProps/core\.xml$")
_ANY = re.compile("")

_FORMULA = r'(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="str")?(>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>))'

ALLOWANCES = (
    Allowance("identity of a form in print", _ANY, re.compile(r"表号 #form#(?: · 版式 \w+)?(?: · 链首 \w+)?"), "表号 #form#"),
    Allowance(
        "identity of a form in its properties",
        re.compile(r"docProps/custom\.xml$"),
        re.compile(r'(name="minsheng\.(?:form|version)"[^>]*><vt:lpwstr>)[^<]*'), r"\1#",
    ),
    Allowance(
        "identity of a form on its hidden sheet",
        re.compile("xl/(sharedStrings|worksheets/[^/]*)\\.xml$"),
        re.compile(r"(<t>minsheng\.(?:form|version)</t></(?:si><si|is></c><c [^>]*><is)><t[^>]*>)[^<]*"), r"\1#",
    ),
    Allowance(
        "time at which another program saved",
        _CORE, re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*"), r"\1#",
    ),
    Allowance(
        "program that wrote a line of the journal",
        re.compile(r"日志\.jsonl$"), re.compile(r',"(?:(?:program|prev|head)":"[^"]*"|begins":\d+)'), "",
    ),
    Allowance("empty text result", _SHEETS, re.compile(_FORMULA + r"<v>\s*</v>"), r"\1\2<v></v>"),
    Allowance(
        "empty text result without a value",
        _SHEETS, re.compile(_FORMULA + "(?:<v/>)?</c>"), r"\1\2<v></v></c>",
    ),
    Allowance("face of the footer", _SHEETS, re.compile('&amp;(&quot;|")宋体(?:,Regular)?\\1'), "宋体"),
    Allowance("isolation of the doors", re.compile(r"打开菜单\.\w+$"), re.compile(r" -P\b"), ""),
)
"""What was changed on purpose since 0.1, and what no version decides. Hashes are matched by `Hashes`."""

UNREAD = re.compile(r"(登记|速查)\.sqlite$|^saved/")
"""Files that are made again from the others, and the year that both versions began with."""


_HASHED = {"sha256": "file", "print": "file", "plan": "plan"}
"""The fields of the journal that hold a hash, and what it is the hash of."""


class Hashes:
    """The hashes that the journals of a folder hold, each named by its first place there: the same thing, the
    same name. The hashes of forms are all one name: they are what a version makes of a plan."""

    def __init__(self, root: Path) -> None:
        self._names: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        for path in sorted(root.rglob(JOURNAL)):
            for line in path.read_text(encoding="utf-8").splitlines():
                self._learn(json.loads(line))

    def _learn(self, entry: dict[str, object]) -> None:
        if isinstance(form := entry.get("form"), str):
            self._names[form] = "#form#"
        for field, sort in _HASHED.items():
            value = entry.get(field)
            if isinstance(value, str) and re.fullmatch("[0-9a-f]{12,64}", value) and value not in self._names:
                self._counts[sort] += 1
                self._names[value] = self._names[value[:12]] = f"#{sort} {self._counts[sort]}#"

    def named(self, text: str) -> str:
        """The text with every hash by its name."""
        return re.sub(r"(?<![0-9A-Za-z])[0-9a-f]{12,64}(?![0-9A-Za-z])", self._name, text)

    def _name(self, found: "re.Match[str]") -> str:
        return self._names.get(found[0], found[0])


class Comparison:
    """Two trees of files, their differences, and how often each allowance was used."""

    def __init__(self, old: Path, new: Path, allowances: Iterable[Allowance] = ALLOWANCES) -> None:
        self.used: Counter[str] = Counter()
        self._roots = (old, new)
        self._hashes: dict[tuple[int, str], Hashes] = {}
        self._readings: list[tuple[str, re.Pattern[str], Callable[[int, str], str]]] = [
            ("folder in which it was made", _ANY, self._anywhere),
            *((one.name, one.files, one.read) for one in allowances),
            ("order of the fields in a line of the journal", re.compile(f"{JOURNAL}$"), _in_order),
        ]

    def _anywhere(self, side: int, text: str) -> str:
        return text.replace(str(self._roots[side].resolve()), "…")

    def _named(self, side: int, place: str, text: str) -> str:
        """The text with hashes by name: as the journals of the folder say in which the place is."""
        scope = (side, place.partition("/")[0])
        if scope not in self._hashes:
            folder = self._roots[side] / scope[1]
            has_journal = any(folder.rglob(JOURNAL))
            self._hashes[scope] = Hashes(folder if has_journal else self._roots[side])
        return self._hashes[scope].named(text)

    def differences(self) -> Iterator[Difference]:
        """Every difference. Files are matched by their paths, those of the archive by what their hash stands for."""
        old, new = self._roots
        if old.is_file():
            yield from self._files(old.name, old, new)
            return
        found, other = (self._listed(side) for side in (0, 1))
        for name in sorted(found.keys() | other.keys()):
            if name in found and name in other:
                yield from self._files(name, found[name], other[name])
            else:
                yield _only(Sort.FILE, name, there=name in found)

    def _listed(self, side: int) -> dict[str, Path]:
        root = self._roots[side]
        found = {}
        for path in sorted(root.rglob("*")):
            if path.is_file():
                place = path.relative_to(root).as_posix()
                name = self._named(side, place, place)
                if UNREAD.search(name):
                    self.used["made again from the others, not compared"] += side  # counted once
                else:
                    found[re.sub(r"文件/../#", "文件/#", name)] = path
        return found

    def _files(self, name: str, old: Path, new: Path) -> Iterator[Difference]:
        contents = old.read_bytes(), new.read_bytes()
        if contents[0] == contents[1]:
            return
        if all(content[:4] == b"PK\x03\x04" and zipfile.is_zipfile(io.BytesIO(content)) for content in contents):
            yield from self._archives(name, contents[0], contents[1])
        elif name.endswith(".pdf"):
            self.used["pdf compared by the text on its pages"] += 1
            yield from self._lines(name, *(_pages(content) for content in contents))
        else:
            yield from self._lines(name, *(content.decode("utf-8", "backslashreplace") for content in contents))

    def _lines(self, name: str, *contents: str) -> Iterator[Difference]:
        first, second = (text.split("\n") for text in self._allowed(name, *contents))
        for sort, begin, end, start, stop in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
            if sort != "equal":
                pairs = zip_longest(first[begin:end], second[start:stop], fillvalue="no line")
                for number, (line, other) in enumerate(pairs, start + 1):
                    yield Difference(Sort.LINE, f"{name}:{number}", *_parting(line, other))

    def _allowed(self, place: str, *texts: str) -> tuple[str, ...]:
        """Two texts with hashes by name and what allowances make the same; those that were needed are counted."""
        if texts[0] == texts[1]:
            return texts
        named = tuple(self._named(side, place, text) for side, text in enumerate(texts))
        if named != texts:
            self.used["hash by what it stands for"] += 1
            texts = named
        for name, files, read in self._readings:
            if texts[0] == texts[1]:
                return texts
            if files.search(place):
                alike = tuple(read(side, text) for side, text in enumerate(texts))
                if alike != texts:
                    self.used[name] += 1
                texts = alike
        return texts

    def _archives(self, name: str, old: bytes, new: bytes) -> Iterator[Difference]:
        with zipfile.ZipFile(io.BytesIO(old)) as first, zipfile.ZipFile(io.BytesIO(new)) as second:
            found, other = ({part: archive.read(part) for part in archive.namelist()} for archive in (first, second))
            orders = [[part for part in parts if part in found and part in other] for parts in (found, other)]
            dates = [[archive.getinfo(part).date_time for part in orders[0]] for archive in (first, second)]
        for part in sorted(found.keys() ^ other.keys()):
            yield _only(Sort.PART, f"{name} {part}", there=part in found)
        if orders[0] != orders[1]:
            yield Difference(Sort.PART, f"{name} order of the parts", *map(", ".join, orders))
        if dates[0] != dates[1]:
            if _CORE.search(f"{name}/docProps/core.xml"):
                self.used["dates of the parts of a file that others saved"] += 1
            else:
                yield Difference(Sort.PART, f"{name} dates of the parts", str(dates[0][0]), str(dates[1][0]))
        texts = _decoded(found), _decoded(other)
        for part in sorted(found.keys() & other.keys()):
            texts[0][part], texts[1][part] = self._allowed(f"{name}/{part}", texts[0][part], texts[1][part])
        yield from _parts(name, *texts)


def _in_order(side: int, text: str) -> str:
    """The lines of a journal with their fields by name."""
    lines = [json.dumps(json.loads(line), sort_keys=True, ensure_ascii=False) for line in text.splitlines()]
    return "\n".join(lines)


def _decoded(parts: dict[str, bytes]) -> "Parts":
    return {part: content.decode("utf-8", "backslashreplace") for part, content in parts.items()}


def _pages(content: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        command = ["pdftotext", "-layout", file.name, "-"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


Parts: TypeAlias = dict[str, str]


def _parts(name: str, old: Parts, new: Parts) -> Iterator[Difference]:
    """The differences of two workbooks: in sheets by cell, style, width and height; else by part."""
    different = [part for part in sorted(old.keys() & new.keys()) if old[part] != new[part]]
    titles = _titles(old) if different else {}
    looks = (_Looks(old), _Looks(new)) if different else None
    for part in sorted(titles.keys() & old.keys() & new.keys()):  # a style may differ though its sheet does not
        assert looks is not None
        yield from _sheets(f"{name} {titles[part]}", _Sheet(old[part], looks[0]), _Sheet(new[part], looks[1]))
    for part in different:
        yield Difference(Sort.PART, f"{name} {part}", *_parting(old[part], new[part]))


def _titles(parts: Parts) -> dict[str, str]:
    """The names of the sheets, by part."""
    if "xl/workbook.xml" not in parts:
        return {}
    targets = {
        one.attrib["Id"]: "xl/" + one.attrib["Target"].removeprefix("/xl/")
        for one in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    sheets = ElementTree.fromstring(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")
    return {targets[sheet.attrib[_RELATION]]: sheet.attrib["name"] for sheet in sheets}


class _Looks:
    """The shared texts and styles of a workbook, spelled out."""

    def __init__(self, parts: Parts) -> None:
        texts = _tree(parts, "xl/sharedStrings.xml")
        self.texts = [_spelled(one) for one in texts] if texts is not None else []
        styles = _tree(parts, "xl/styles.xml")
        self._lists: dict[str, list[str]] = {}
        self.styles: list[str] = []
        if styles is not None:
            for kind in ("fonts", "fills", "borders"):
                self._lists[kind] = [_spelled(one) for one in _inside(styles, kind)]
            self._formats = {one.attrib["numFmtId"]: one.attrib["formatCode"] for one in _inside(styles, "numFmts")}
            self.styles = [self._style(one) for one in _inside(styles, "cellXfs")]

    def _style(self, form: ElementTree.Element) -> str:
        said = {key: text for key, text in sorted(form.attrib.items()) if not key.endswith("Id")}
        number = form.attrib.get("numFmtId", "0")
        spelled = [self._formats.get(number, number)]
        for kind, list_ in self._lists.items():
            spelled.append(list_[int(form.attrib.get(f"{kind[:-1]}Id", "0"))])
        return " ".join([*spelled, str(said), *map(_spelled, form)])


def _tree(parts: Parts, name: str) -> ElementTree.Element | None:
    return ElementTree.fromstring(parts[name]) if name in parts else None


def _inside(tree: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    found = tree.find(f"{_MAIN}{kind}")
    return list(found) if found is not None else []


def _spelled(one: ElementTree.Element) -> str:
    return ElementTree.tostring(one, encoding="unicode").replace(f' xmlns:ns0="{_MAIN[1:-1]}"', "").strip()


class _Sheet:
    """The cells of a sheet with their contents and styles, its widths and heights."""

    def __init__(self, text: str, looks: _Looks) -> None:
        tree = ElementTree.fromstring(text)
        self.contents: dict[str, str] = {}
        self.styles: dict[str, str] = {}
        self.heights: dict[str, str] = {}
        for row in tree.iter(f"{_MAIN}row"):
            self.heights[f"row {row.get('r')}"] = _attributes(row, "ht", "hidden", "customHeight")
            for cell in row:
                address = cell.get("r", "")
                self.contents[address] = _content(cell, looks)
                number = int(cell.get("s", "0"))
                self.styles[address] = looks.styles[number] if number < len(looks.styles) else str(number)
        self.widths = {
            f"columns {one.get('min')}–{one.get('max')}": _attributes(one, "width", "hidden")
            for one in tree.iter(f"{_MAIN}col")
        }


def _attributes(one: ElementTree.Element, *names: str) -> str:
    return " ".join(f"{name}={one.attrib[name]}" for name in names if name in one.attrib)


def _content(cell: ElementTree.Element, looks: _Looks) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "s" and value:
        return f"text {looks.texts[int(value)]}"
    formula = cell.find(f"{_MAIN}f")
    inline = cell.find(f"{_MAIN}is")
    said = [_spelled(one) for one in (formula, inline) if one is not None]
    return " ".join([kind, *said, value] if value else said)


_KINDS: tuple[tuple[Sort, Callable[[_Sheet], dict[str, str]]], ...] = (
    (Sort.CELL, lambda sheet: sheet.contents), (Sort.STYLE, lambda sheet: sheet.styles),
    (Sort.WIDTH, lambda sheet: sheet.widths), (Sort.HEIGHT, lambda sheet: sheet.heights),
)


def _sheets(name: str, old: _Sheet, new: _Sheet) -> Iterator[Difference]:
    for sort, of in _KINDS:
        found, other = of(old), of(new)
        for place in [*found, *(place for place in other if place not in found)]:
            first, second = found.get(place, "none"), other.get(place, "none")
            if first != second:
                yield Difference(sort, f"{name} {place}", first, second)


def _parting(old: str, new: str) -> tuple[str, str]:
    """Two long texts from shortly before the sign in which they part."""
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    begin = max(0, at - 40)
    return tuple(f"{'…' if begin else ''}{text[begin : at + 80]}" for text in (old, new))  # type: ignore[return-value]


def main() -> int:
    comparison = Comparison(*map(Path, sys.argv[1:3]))
    count = 0
    for difference in comparison.differences():
        print(difference)
        count += 1
    print(f"{count} differences; taken as equal:")
    for name, times in sorted(comparison.used.items()):
        if times:
            print(f"  {name}: {times}")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
