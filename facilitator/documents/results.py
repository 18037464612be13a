"""The formats of a report: each is made from the same facts."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import IO

from flask_babel import force_locale

from facilitator.counting.ballotfile import COLUMNS, NAME, SOURCE, TYPE
from facilitator.documents import summary
from facilitator.documents.document import Block, Document, Figure
from facilitator.documents.ledger import BOM
from facilitator.documents.pen import END, Fields
from facilitator.documents.report.data import data
from facilitator.documents.report.facts import Report, Step

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
}
PAGE, CHARTS = "page", "charts"


def made(report: Report, format: str, base: str, step: Step) -> bytes:
    """Make a format of a report."""
    return WRITERS[format](report, base, step)


def docx(report: Report, base: str, step: Step) -> bytes:
    """Write a report for Word."""
    from facilitator.documents import word

    return word.docx(drawn(report, "png", step))


def pdf(report: Report, base: str, step: Step) -> bytes:
    """Write a report for print."""
    from facilitator.documents import pdf as printed

    return printed.pdf(drawn(report, "text", step))


def xlsx(report: Report, base: str, step: Step) -> bytes:
    """Write a report as a workbook."""
    from facilitator.documents import workbook

    return workbook.xlsx(report)


def packed(report: Report, base: str, step: Step) -> bytes:
    """Pack all formats of a report."""
    from facilitator.documents import bundle

    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        bundle.fill(bundle.Pack(archive), report, lambda format: made(report, format, base, step), step)
    return kept.getvalue()


def charts(report: Report, base: str, step: Step) -> bytes:
    """Pack the charts of a report."""
    from facilitator.documents import bundle

    return bundle.zipped(dict(bundle.drawings(report, step)))


def drawn(report: Report, form: str, step: Step) -> Document:
    """Tell a report and draw its charts, so that one can tell how far it is; they are kept."""
    from facilitator.documents import drawing

    document = summary.told(report)
    drawing.prepare(summary.figures(document), form, step)
    step("write")
    return document


def written(report: Report, base: str, step: Step) -> bytes:
    """Write a report for programs."""
    return json.dumps(data(report, base), ensure_ascii=False, indent=1).encode()


def shown(report: Report, base: str, step: Step) -> bytes:
    """Write a report for a page of ours: its charts are shown from where they lie."""
    from facilitator.documents import page

    document, place = summary.told(report), f"/results/{report.of}s/{report.id}"
    with force_locale(report.language):
        blocks: list[Block] = [summary.pairs(document.facts)]
    number = 0
    for block in document.blocks:
        if isinstance(block, Figure):
            number += 1
            block = replace(block, address=f"{place}/charts/{number}.svg?language={report.language}")
        blocks.append(block)
    placed: Document = replace(document, blocks=blocks)
    return (page.contents(placed) + page.fragment(placed)).encode()


def ballots(report: Report, base: str, step: Step) -> bytes:
    """Write all ballots of a report in one table."""
    kept = io.BytesIO()
    pour(report, kept)
    return kept.getvalue()


def pour(report: Report, file: IO[bytes]) -> None:
    """Write all ballots of a report into a file, each with its question and its round; they may be many."""
    kept = [(number, count.number, count.ledger) for number, _asked, count in report.rounds() if count.ledger]
    columns = list(dict.fromkeys(name for *_round, ledger in kept for name in ledger.kind.columns))
    found = {name for *_round, ledger in kept for name in ledger.aside}
    beside = [name for name in (SOURCE, TYPE, NAME) if name in found]
    sheet = io.TextIOWrapper(file, "utf-8", newline="")
    sheet.write(",".join((f"{BOM}question", "round", *COLUMNS, *columns, *beside)) + END)
    for number, round_, ledger in kept:
        pen = Fields((number, round_), ledger.kind.columns, ledger.aside, columns, beside)
        for rows in ledger.written(pen):
            sheet.write(rows)
    sheet.detach()


WRITERS: Mapping[str, Callable[[Report, str, Step], bytes]] = {
    "docx": docx,
    "pdf": pdf,
    "xlsx": xlsx,
    "csv": ballots,
    "json": written,
    "zip": packed,
    PAGE: shown,
    CHARTS: charts,
}
