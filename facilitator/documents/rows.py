"""A table as the rows and cells of a Word document, its head repeated on every page."""

from collections.abc import Iterator, Sequence
from html import escape

from facilitator.documents.document import Column, Table, Words, plain
from facilitator.documents.letters import letters
from facilitator.documents.runs import Runs

WIDTH = 9298  # the width of the text, in twentieths of a point
THINNEST = 0.01
MANY = 8  # columns from which words need smaller letters to stay whole
CLOSE = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F1EEE8"/>'


def rows(table: Table, runs: Runs) -> Iterator[str]:
    """Write a table."""
    widths = _widths(table.columns)
    visual = "<w:bidiVisual/>" if runs.bidi else ""
    close, small = (CLOSE, "Small") if len(table.columns) >= MANY else ("", "")
    told = escape(letters(plain(table.caption)))
    yield f'<w:tbl><w:tblPr><w:tblStyle w:val="GuideTable"/>{visual}'
    yield f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{close}'
    yield '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    yield f' w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="{told}"/></w:tblPr><w:tblGrid>'
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    heads = (
        _cell(column.words, width, f"{'TableNumberHead' if column.number else 'TableHead'}{small}", runs)
        for column, width in zip(table.columns, widths, strict=True)
    )
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
    for row in table.rows:
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_row(row, table.columns, widths, runs, small)}</w:tr>"
    yield "</w:tbl>"


def _row(
    row: Sequence[Words], columns: Sequence[Column], widths: Sequence[int], runs: Runs, small: str
) -> str:
    if len(row) == 1 and len(columns) > 1:
        return _cell(row[0], sum(widths), "TableDivider", runs, len(columns))
    filled = [*row, *[""] * len(columns)]
    return "".join(
        _cell(words, width, f"{'TableNumber' if column.number else 'TableText'}{small}", runs)
        for words, column, width in zip(filled, columns, widths, strict=False)
    )


def _cell(words: Words, width: int, style: str, runs: Runs, span: int = 1) -> str:
    over = f'<w:gridSpan w:val="{span}"/>{SHADE}' if span > 1 else ""
    inside = runs.paragraph(style, runs.words(words))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}</w:tcPr>{inside}</w:tc>'


def _widths(columns: Sequence[Column]) -> list[int]:
    whole = sum(max(column.width, THINNEST) for column in columns)
    return [int(WIDTH * max(column.width, THINNEST) / whole) for column in columns]
