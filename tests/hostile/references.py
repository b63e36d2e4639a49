"""References that no program writes in just that way, and what a program makes of them: merges, conditions, arrays."""

from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    HELD,
    STYLES,
    Change,
    Make,
    Variant,
    all_of,
    at,
    cell,
    editing,
    in_sheet,
    letter_of,
    row_of,
    sound,
    sub,
    swap,
)

HOMES, BEDS, PLACES, ELDERLY = at("6-1"), at("6-2"), at("6-3"), at("6-4")
COLUMN, FIRST, LAST = letter_of("6-1"), row_of("6-1"), row_of("6-4")


def small(reference: str) -> str:
    return reference.lower()


def merging(reference: str) -> Change:
    return sub("(<mergeCells[^>]*>)", rf'\g<1><mergeCell ref="{reference}"/>', 1)


def conditional(reference: str, look: str) -> Make:
    """A condition that always holds, over a reference."""
    rule = f'<conditionalFormatting sqref="{reference}"><cfRule type="expression" dxfId="0" priority="99"><formula>TRUE</formula></cfRule></conditionalFormatting>'
    return all_of(
        editing(STYLES, sub("(<dxfs [^>]*>)", rf"\1<dxf>{look}</dxf>")),
        in_sheet(lambda sheet: sheet.replace("<conditionalFormatting", rule + "<conditionalFormatting", 1)),
    )


STRIKE = "<font><strike/></font>"


def array(reference: str) -> Make:
    return in_sheet(cell(HOMES, f'<f t="array" ref="{reference}">TRANSPOSE({{3,165,32,77200}})</f><v>3</v>'))


def held(name: str, reason: str, make: Make, without: str, code: str) -> Variant:
    return Variant(name, reason, make, HELD, sound(CIVIL, without), code, unit=CIVIL)


def taken(name: str, make: Make) -> Variant:
    return Variant(name, "it touches no figure", make, ACCEPTED, sound(CIVIL), unit=CIVIL, honest=True)


PAIR = {
    "from below": f"{BEDS}:{HOMES}", "in small letters": small(f"{HOMES}:{BEDS}"), "in small letters, from below": small(f"{BEDS}:{HOMES}"),
    "fixed": f"${COLUMN}${FIRST}:${COLUMN}${FIRST + 1}", "one corner fixed": f"{HOMES}:${COLUMN}{FIRST + 1}",
}
"""Two figures, 6-1 and 6-2, named in ways that programs read."""
BOTH = "6-1 6-2"
ALL = "6-1 6-2 6-3 6-4 6-5 6-6 6-7"

MERGES = [
    *(held(f"merge {name}", "one cell over two rows", in_sheet(merging(reference)), BOTH, "figure-merged") for name, reference in PAIR.items()),
    held("merge from the right below", "one cell over two rows", in_sheet(merging(f"H{FIRST + 1}:{HOMES}")), BOTH, "figure-merged"),
    held("merge that is not understood", "it may be over any figure", in_sheet(merging("R8C7:R9C7")), ALL, "figure-merged"),
    held("merge of whole rows", "one cell over two rows", in_sheet(merging(f"{FIRST}:{FIRST + 1}")), BOTH, "figure-merged"),
    taken("merge behind the form, from below", in_sheet(merging("T40:S38"))),
    taken("merge behind the form, in small letters", in_sheet(merging("s38:t40"))),
    taken("merge of no reference", in_sheet(merging(""))),
]

CONDITIONS = [
    *(held(f"condition {name}", "both are struck out", conditional(reference, STRIKE), BOTH, "figure-display") for name, reference in PAIR.items()),
    held("condition on several areas", "both are struck out", conditional(f"A1:B2 {small(BEDS)} T9 {HOMES}", STRIKE), BOTH, "figure-display"),
    held("condition on one, in small letters", "it is struck out", conditional(small(BEDS), STRIKE), "6-2", "figure-display"),
    held("condition on a whole column", "all are struck out", conditional(f"{COLUMN}:{COLUMN}", STRIKE), "6-1 6-2 6-3 6-4 6-6", "figure-display"),
    held("condition on whole rows", "all are struck out", conditional(f"{FIRST + 1}:{FIRST}", STRIKE), BOTH, "figure-display"),
    held("condition that is not understood", "it may strike out any figure", conditional(f"{HOMES};{BEDS}", STRIKE), ALL, "figure-display"),
    held("condition beyond the last row", "it is struck out", conditional(f"{BEDS}:{COLUMN}9999999", STRIKE), "6-2 6-3 6-4 6-6", "figure-display"),
    taken("condition on a status, from below", conditional(f"M{LAST}:M{FIRST}", STRIKE)),
    taken("condition that colours, in small letters", conditional(small(f"{BEDS}:{HOMES}"), "<font><b/><color rgb=\"FF1F4E79\"/></font>")),
    taken("condition on no reference", conditional("", STRIKE)),
]

ARRAYS = [
    *(
        held(f"array {name}", "formulas, not figures", array(reference), "6-1 6-2 6-3 6-4", "figure-formula")
        for name, reference in {
            "from below": f"{ELDERLY}:{HOMES}", "in small letters": small(f"{HOMES}:{ELDERLY}"), "fixed, from below": f"${COLUMN}${LAST}:${COLUMN}${FIRST}",
        }.items()
    ),
    held("array that is not understood", "it may fill any figure", array("Z1S7"), ALL, "figure-formula"),
    held(
        "array whose kind is written by entities", "formulas, not figures",
        in_sheet(cell(HOMES, f'<f t="&#97;rray" ref="{HOMES}&#58;{ELDERLY}">TRANSPOSE({{3,165,32,77200}})</f><v>3</v>')), "6-1 6-2 6-3 6-4", "figure-formula",
    ),
]

LIMITS = [
    taken("validations in small letters, from below", in_sheet(swap(f'sqref="{HOMES}"', f'sqref="{small(HOMES)}"'))),
    taken("validation that is not understood", in_sheet(swap("</dataValidations>", '<dataValidation type="none" sqref="R8C7"/></dataValidations>'))),
]

VARIANTS = MERGES + CONDITIONS + ARRAYS + LIMITS
