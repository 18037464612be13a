"""Bundles: all formats of a report in one file, described for people and for programs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from facilitator.counting.ballotfile import COLUMNS, text_only
from facilitator.documents import drawing, pool, summary
from facilitator.documents.ledger import BOM
from facilitator.documents.naming import file_name
from facilitator.documents.report import annex
from facilitator.documents.report.data import FORMAT
from facilitator.documents.report.facts import Report, Step
from facilitator.documents.standings import real
from facilitator.kinds.figured import Tabled

LONG_AGO = (1980, 1, 1, 0, 0, 0)
WHOLE = ("docx", "pdf", "xlsx", "json")
TYPES = {"count": "integer", "share": "number", "decimal": "number", "median": "number", "date": "date"}
README = "README.txt"

Resource = dict[str, Any]


class Pack:
    """A pack of files that is written as they come; the same files give the same pack."""

    def __init__(self, archive: zipfile.ZipFile, folder: str = "") -> None:
        self.archive, self.folder = archive, folder

    def put(self, name: str, data: bytes) -> None:
        """Put a file in."""
        info = zipfile.ZipInfo(f"{self.folder}{name}", LONG_AGO)
        self.archive.writestr(info, data, zipfile.ZIP_DEFLATED)


def fill(pack: Pack, report: Report, made: Callable[[str], bytes], step: Step) -> None:
    """Put all formats of a report into a pack, one after another; `made` makes one."""
    for name, data in drawings(report, step):
        pack.put(f"charts/{name}", data)
    for format in WHOLE:
        pack.put(f"results.{format}", _apart(report, partial(made, format)))
    with force_locale(report.language):
        described = datapackage(report, pack)
        pack.put(README, readme(report).encode())
    pack.put("datapackage.json", json.dumps(described, ensure_ascii=False, indent=1).encode())


def _apart(report: Report, work: Callable[[], bytes]) -> bytes:
    """Make a format; one of a long report in a fork, which takes its memory with it."""
    charts = sum(len(count.charts) for _number, _asked, count in report.rounds())
    return pool.apart(work) if charts > pool.HANDFUL else work()


def drawings(report: Report, step: Step) -> Iterator[tuple[str, bytes]]:
    """Draw every chart of a report."""
    figures = summary.figures(summary.told(report))
    for form in ("svg", "png"):
        drawing.prepare(figures, form, step)
    for number, figure in enumerate(figures, 1):
        yield f"{number}.svg", drawing.drawn(figure).encode()
        yield f"{number}.png", drawing.pictured(figure)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in sorted(files.items()):
            Pack(archive).put(name, data)
    return made.getvalue()


def datapackage(report: Report, pack: Pack) -> dict[str, Any]:
    """Write the tables as CSV beside the other files, and describe them in the words of Data Package."""
    resources: list[Resource] = []
    for number, asked, count in report.rounds():
        place = f"question-{number.replace('.', '-')}-round-{count.number}"
        if count.ledger:
            data, path = count.ledger.csv().encode(), f"ballots/{place}.csv"
            pack.put(path, data)
            fields = [{"name": name, "type": "string"} for name in count.ledger.columns]
            resources.append(_resource(f"ballots-{place}", path, data, fields, asked.prompt.text))
        for tabled in count.tables:
            data, path = table(tabled).encode(), f"tables/{place}-{tabled.name}.csv"
            pack.put(path, data)
            resources.append(
                _resource(f"{place}-{tabled.name}", path, data, _fields(tabled), asked.prompt.text)
            )
    return {
        "profile": "tabular-data-package",
        "name": file_name([report.code, "results", report.of, str(report.id)], "")[:-1],
        "title": summary.title(report),
        "version": FORMAT.partition("/")[2],
        "created": report.made.isoformat(timespec="seconds"),
        "country": report.code,
        "language": report.language,
        "provisional": list(report.provisional),
        "resources": resources,
    }


def _resource(name: str, path: str, data: bytes, fields: list[dict[str, str]], title: str = "") -> Resource:
    return {
        "profile": "tabular-data-resource",
        "name": name.lower().replace("_", "-"),
        "title": title or name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _fields(tabled: Tabled) -> list[dict[str, str]]:
    return [
        {"name": column.name, "type": TYPES.get(column.form, "string"), "title": str(column.label)}
        for column in tabled.columns
    ]


def table(tabled: Tabled) -> str:
    """Write a table for a spreadsheet: numbers as numbers, no text a formula."""
    sheet = io.StringIO()
    sheet.write(BOM)
    lines = csv.writer(sheet)
    lines.writerow([column.name for column in tabled.columns])
    for row in tabled.rows:
        values = (real(cell) for cell in row)
        lines.writerow(
            [
                "" if value is None else text_only(value) if isinstance(value, str) else value
                for value in values
            ]
        )
    return sheet.getvalue()


def readme(report: Report) -> str:
    """Say what is in the bundle."""
    told = [
        summary.title(report),
        "",
        *(_("%(name)s: %(value)s", name=name, value=value) for name, value in summary.facts(report)),
        *(f"! {reason}" for reason in report.provisional),
        "",
        _("results.docx – the summary, to be edited"),
        _("results.pdf – the summary, to be read and printed"),
        _("results.xlsx – all figures and ballots as a workbook"),
        _("results.json – the same for programs"),
        _("ballots/ – the ballots of each round: %(columns)s", columns=", ".join(COLUMNS)),
        _("An empty rank means not ranked, “-” no opinion; a row that says nothing is a blank answer."),
        _("tables/ – the figures of each round, as CSV files"),
        _("charts/ – the charts, as drawings and as pictures"),
        _("datapackage.json – describes the CSV files"),
        "",
        _("Count a ranking again with the command: %(command)s", command="facilitator count FILE"),
        _("It prints the seal of any file of ballots; the summary holds the seals of all rounds."),
        annex.by_hand(),
        annex.left_out(),
        _("CSV files are UTF-8 with a byte-order mark; what looks like a formula begins with an apostrophe."),
    ]
    return "\n".join(told) + "\n"
