"""Keep the present layouts in layouts/: `python -m minsheng_xl.forms.keep`, after one changed.

It prints the digests, which are then to be declared with the layouts.
"""

import json
from collections.abc import Iterator

from minsheng_xl.forms import certification, confirmation, unit
from minsheng_xl.forms.declaration import KEPT, Layouts, packed

KINDS: tuple[Layouts, ...] = (unit.LAYOUTS, certification.LAYOUTS, confirmation.LAYOUTS)


def present() -> Iterator[tuple[str, str]]:
    """File name and content of each present layout."""
    for kind in KINDS:
        yield f"{kind.reckoned()}.json", json.dumps(packed(kind.present), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, content in present():
        (KEPT / name).write_text(content, encoding="utf-8")
        print(name)
