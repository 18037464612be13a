"""Writing a book as XLSX: real numbers and dates, filters, frozen heads, and never a formula from a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from facilitator.documents.archive import MARK, Kept
from facilitator.documents.book import (
    Book,
    Grid,
    Head,
    Sheet,
    Value,
    fit,
    folded,
    sheet_names,
    wide,
    widths,
)
from facilitator.documents.mass import Packed, Packing

PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
    "in_memory": True,
    "default_format_properties": {"num_format": 37},  # built in: #,##0 and room after it
}
# what comes after “_” is left free: a number does not touch the text beside it
FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "count": {"num_format": "#,##0_)"},
    "share": {"num_format": "0%_)"},
    "decimal": {"num_format": "0.00_)"},
    "median": {"num_format": "0.0_)"},
    "date": {"num_format": "yyyy-mm-dd_)"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm_)"},
}
INK, SOFT = "#0b4f55", "#dbe9e8"
A4 = 9
TITLE, LINE = 24, 15  # points
ARROW = 3  # signs that the arrow of a filter takes beside a head
MOST_LINES = 27  # a row cannot be taller
CHARTED = 30  # rows above which a chart beside a table shows nothing
TALL = 26  # points a row of such a chart takes


class Leaf(Worksheet):  # type: ignore[misc]
    """A sheet that takes many plain rows at once: written cell by cell they would take seconds."""

    mass: Packed | None = None
    dim_rowmax: int | None

    @property
    def part(self) -> str:
        """Name its part of the file."""
        return f"xl/worksheets/sheet{self.index + 1}.xml"

    def frame(self, top: int, end: int, across: int, options: dict[str, Any]) -> None:
        """Make a table of these rows; its place is written after, because every cell would be noted."""
        self.add_table(top, 0, min(end, top + 1), across, options)
        made = self.tables[-1]
        made["range"] = made["a_range"] = made["autofilter"] = xl_range(top, 0, end, across)

    def _write_dimension(self) -> None:
        own = self.dim_rowmax
        self.dim_rowmax = (own or 0) + self.mass.rows if self.mass else own
        super()._write_dimension()
        self.dim_rowmax = own

    def _write_rows(self) -> None:
        super()._write_rows()
        if self.mass:
            self.fh.write(MARK)


def written(book: Book, packing: Packing | None = None) -> bytes:
    """Write a book; its masses may be packed already, in its order."""
    kept = Kept()
    with Workbook(kept, PLAIN) as made:
        made.set_properties({"title": fit(book.title)})
        formats = _formats(made, book.direction == "rtl")
        packing = packing or Packing(grid.mass for each in book.sheets for grid in each.grids if grid.mass)
        for text in packing.known:
            made.str_table._get_shared_string_index(text)
        found = packing.packed()
        waiting = []
        for sheet, name in zip(book.sheets, sheet_names(each.name for each in book.sheets), strict=True):
            leaf = _leaf(made, name, book.direction)
            top = _sheet(made, leaf, sheet, formats)
            if sheet.grids and sheet.grids[-1].mass:
                waiting.append((leaf, sheet.grids[-1], top))
        for (leaf, grid, top), mass in zip(waiting, found, strict=True):
            kept.masses[leaf.part] = leaf.mass = mass
            _told(made, leaf, grid, top, top + mass.rows, formats)
    return kept.getvalue()


def _leaf(made: Workbook, name: str, direction: str) -> Leaf:
    leaf: Leaf = made.add_worksheet(name, worksheet_class=Leaf)
    leaf.set_landscape()
    leaf.set_paper(A4)
    leaf.fit_to_pages(1, 0)
    leaf.set_footer("&L&A&R&P / &N")
    if direction == "rtl":
        leaf.right_to_left()
    return leaf


def _formats(made: Workbook, mirrored: bool) -> dict[str, Any]:
    """Make the looks of cells; texts run in the direction of the book."""
    plain, start = {"valign": "top", "reading_order": 2 if mirrored else 1}, "right" if mirrored else "left"
    looks: dict[str, dict[str, Any]] = {
        **FORMATS,
        **{f"fact {name}": {**look, "align": start} for name, look in FORMATS.items()},
        "title": {"bold": True, "font_size": 14, "font_color": INK},
        "strong": {"bold": True},
        "head": {"bold": True, "bg_color": SOFT, "text_wrap": True, "bottom": 1},
        "head number": {"bold": True, "bg_color": SOFT, "text_wrap": True, "bottom": 1, "align": "right"},
    }
    return {name: made.add_format({**plain, **look}) for name, look in looks.items()}


def _sheet(made: Workbook, leaf: Leaf, sheet: Sheet, formats: dict[str, Any]) -> int:
    """Write a sheet; give the row of the head of its last table."""
    across = widths(sheet)
    for column, wanted in enumerate(across):
        leaf.set_column(column, column, wanted)
    leaf.set_row(0, TITLE)
    leaf.write_string(0, 0, fit(sheet.title), formats["title"])
    top = 1
    for label, value, name in sheet.facts:
        _fact(leaf, top, label, value, across, formats)
        if name:
            cell = xl_rowcol_to_cell(top, 1, row_abs=True, col_abs=True)
            made.define_name(name, f"={_quoted(leaf)}!{cell}")
        top += 1
    early = not sheet.grids or sheet.grids[0].mass
    head = top = _remarks(leaf, top, sheet, across, formats) if early else top
    for number, grid in enumerate(sheet.grids):
        top += 1
        if number or grid.caption != sheet.title:
            leaf.write_string(top, 0, fit(grid.caption), formats["strong"])
            top += 1
        if not number:
            leaf.freeze_panes(top + 1, 0)
        if number in (0, len(sheet.grids) - 1):
            leaf.repeat_rows(top)
        head, top = top, _grid(made, leaf, grid, top, across, formats)
        if not number and sheet.remarks and not early:
            top = _remarks(leaf, top + 1, sheet, across, formats)
    return head


def _remarks(leaf: Leaf, top: int, sheet: Sheet, across: Sequence[float], formats: dict[str, Any]) -> int:
    for row, (label, words) in enumerate(sheet.remarks, top):
        _fact(leaf, row, label, words, across, formats)
    return top + len(sheet.remarks)


def _fact(
    leaf: Leaf, row: int, label: str, value: Value, across: Sequence[float], formats: dict[str, Any]
) -> None:
    """Write a line of facts; what is longer than its column goes over all of them."""
    leaf.write_string(row, 0, fit(label), formats["strong"])
    look = formats[f"fact {_form(value)}"]
    if isinstance(value, str) and len(across) > 2 and wide(value) >= across[1]:
        _tall(leaf, row, [(value, sum(across[1:]))])
        leaf.merge_range(row, 1, row, len(across) - 1, "", look)
    _write(leaf, row, 1, value, look)


def _tall(leaf: Leaf, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """Make a row as tall as its texts need it; not every program does so by itself."""
    lines = max((folded(text, across) for text, across in texts), default=1)
    if lines > 1:
        leaf.set_row(row, LINE * min(lines, MOST_LINES))


def _grid(
    made: Workbook, leaf: Leaf, grid: Grid, top: int, across: Sequence[float], formats: dict[str, Any]
) -> int:
    """Write a table with filters; give the row after it."""
    # the arrow of the filter takes room beside the words
    _tall(leaf, top, [(head.words, wanted - ARROW) for head, wanted in zip(grid.heads, across, strict=False)])
    for column, head in enumerate(grid.heads):
        leaf.write_string(top, column, fit(head.words), _headed(head, formats))
    for down, row in enumerate(grid.rows, top + 1):
        texts = zip(row, across, strict=False)
        _tall(leaf, down, [(text, wanted) for text, wanted in texts if isinstance(text, str)])
        for column, (head, value) in enumerate(zip(grid.heads, row, strict=True)):
            _write(leaf, down, column, value, formats[head.form])
    end = top + len(grid.rows)
    if grid.bars is not None and 1 < len(grid.rows) <= CHARTED:
        _chart(made, leaf, grid, top)
    _told(made, leaf, grid, top, end, formats)
    return end + 1


def _told(made: Workbook, leaf: Leaf, grid: Grid, top: int, end: int, formats: dict[str, Any]) -> None:
    """Make a table of a head and the rows below, where there are any, and name it."""
    if end > top:
        _filtered(leaf, grid, top, end, formats)
        if grid.name:
            corners = ((top, 0), (end, len(grid.heads) - 1))
            first, other = (xl_rowcol_to_cell(*at, row_abs=True, col_abs=True) for at in corners)
            made.define_name(grid.name, f"={_quoted(leaf)}!{first}:{other}")


def _filtered(leaf: Leaf, grid: Grid, top: int, end: int, formats: dict[str, Any]) -> None:
    """Let a table be filtered: one that is a table for the program too, so that a sheet may hold several."""
    names: list[str] = []
    for head in grid.heads:
        words = fit(head.words) or " "
        while words.lower() in [name.lower() for name in names]:
            words += " "
        names.append(words)
    columns = [
        {"header": name, "header_format": _headed(head, formats)}
        for name, head in zip(names, grid.heads, strict=True)
    ]
    leaf.frame(top, end, len(names) - 1, {"columns": columns, "style": "Table Style Light 1"})


def _chart(made: Workbook, leaf: Leaf, grid: Grid, top: int) -> None:
    """Put bars beside a table, in its order, growing from where one begins to read."""
    chart = made.add_chart({"type": "bar"})
    rows = (top + 1, top + len(grid.rows))
    label = next(column for column, head in enumerate(grid.heads) if head.form == "text")
    chart.add_series(
        {
            "name": [leaf.get_name(), top, grid.bars],
            "categories": [leaf.get_name(), rows[0], label, rows[1], label],
            "values": [leaf.get_name(), rows[0], grid.bars, rows[1], grid.bars],
            "fill": {"color": INK},
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
    chart.set_x_axis(
        {"visible": False, "major_gridlines": {"visible": False}, "reverse": bool(leaf.is_right_to_left)}
    )
    chart.set_legend({"none": True})
    chart.set_size({"width": 560, "height": 90 + TALL * len(grid.rows)})
    leaf.insert_chart(top, len(grid.heads) + 1, chart)


def _write(leaf: Leaf, row: int, column: int, value: Value, look: Any) -> None:
    if value is None or value == "":
        leaf.write_blank(row, column, None, look)
    elif isinstance(value, str):
        leaf.write_string(row, column, fit(value), look)
    elif isinstance(value, dt.date):
        leaf.write_datetime(row, column, value, look)
    else:
        leaf.write_number(row, column, float(value) if isinstance(value, Fraction) else value, look)


def _form(value: Value) -> str:
    if isinstance(value, dt.datetime):
        return "moment"
    if isinstance(value, dt.date):
        return "date"
    return "text" if value is None or isinstance(value, str) else "count"


def _headed(head: Head, formats: dict[str, Any]) -> Any:
    return formats["head" if head.form == "text" else "head number"]


def _quoted(leaf: Leaf) -> str:
    return "'" + str(leaf.get_name()).replace("'", "''") + "'"
