"""The child that reads a paper: memory limited by the kernel, time by the parent. It answers once and ends."""

import json
import os
import sys
from typing import Any

from minsheng_xl.intake.worker import OUT_OF_MEMORY, limit_memory, limit_time, silence
from minsheng_xl.papers.kinds import PaperRead, read_any
from minsheng_xl.papers.refusals import TOO_LARGE, Refused
from minsheng_xl.published.paper import Document, Lattice, LatticePlace, TextBlock

_NO_ROOM, _TOO_DEEP = (TOO_LARGE.format(reason=reason) for reason in ("内存装不下", "套得太深"))


def packed(answer: PaperRead) -> dict[str, Any]:
    """An answer as JSON: a table as its cells, and rows of the numbers of the cells that stand in them."""
    if answer.document is None:
        return {"old": answer.old}
    blocks = [block.text if isinstance(block, TextBlock) else _table(block) for block in answer.document.blocks]
    return {"blocks": blocks, "left_out": answer.document.left_out}


def _table(lattice: Lattice) -> dict[str, Any]:
    numbers: dict[LatticePlace, int] = {}
    for row in lattice.rows:
        for place in row:
            numbers.setdefault(place, len(numbers))
    rows = [list(map(numbers.__getitem__, row)) for row in lattice.rows]
    return {"where": lattice.where, "page": lattice.page, "cells": list(numbers), "rows": rows}


def unpacked(said: dict[str, Any]) -> PaperRead:
    """The answer that was packed."""
    if "old" in said:
        return PaperRead(None, said["old"])
    blocks = [TextBlock(block) if isinstance(block, str) else _lattice(block) for block in said["blocks"]]
    return PaperRead(Document(tuple(blocks), tuple(said["left_out"])))


def _lattice(said: dict[str, Any]) -> Lattice:
    cells = [LatticePlace(*cell) for cell in said["cells"]]
    rows = tuple(tuple(map(cells.__getitem__, row)) for row in said["rows"])
    return Lattice(rows, said["where"], said["page"])


def answered(content: bytes, *, is_pasted: bool) -> dict[str, Any]:
    """What is answered: the paper, or the sentence that says why not."""
    try:
        return packed(read_any(content, is_pasted=is_pasted))
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": _NO_ROOM}
    except RecursionError:
        return {"refused": _TOO_DEEP}


def main() -> None:
    """Say that it has begun, by a blank; read what comes in, answer, end."""
    try:
        answers = os.fdopen(os.dup(1), "wb")
        silence()
        answers.write(b" ")
        answers.flush()
        limit_memory()
        limit_time()  # if the parent is gone, nobody else ends this
        answer = answered(sys.stdin.buffer.read(), is_pasted=sys.argv[1:] == ["pasted"])
        answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        answers.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
