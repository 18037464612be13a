"""Bringing items in: pasted lines or a table, with a report row by row, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import FileField, Form, TextAreaField

from facilitator import db
from facilitator.kinds.proposals import CATEGORIES
from facilitator.models.activity import Activity
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.wording import LANGUAGES
from facilitator.web.desk import table
from facilitator.web.desk.draft import MOST_OPTIONS
from facilitator.web.desk.fields import PickField
from facilitator.web.desk.lines import Line, Reading, known_items, told_apart, twin
from facilitator.web.language import label

Take = Callable[[Line, Item | None], str]


class BringForm(Form):
    """What is pasted or uploaded, and how it is to be understood where it does not say so itself."""

    lines = TextAreaField(_l("Paste lines, one item a line, or cells from a spreadsheet"))
    file = FileField(_l("Or choose a file: XLSX or CSV"))
    language = PickField(_l("Language of the text"))
    category = PickField(_l("What the items are"))

    def offer(self, guide: Guide, language: str, category: str) -> None:
        """Offer the languages of the guide, and start from the most likely answers."""
        self.language.choices = {code: label(code) for code in guide.languages or LANGUAGES}
        self.category.choices = {code: str(label) for code, label in CATEGORIES.items()}
        if not self.language.data or self.language.data == "None":
            self.language.data = language if language in self.language.choices else guide.languages[0]
        if not self.category.data or self.category.data == "None":
            self.category.data = category


@dataclass
class Report:
    """What was taken and, row by row, what was not."""

    taken: list[Line] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)

    @property
    def ids(self) -> str:
        """Name the items that were taken."""
        return ",".join(str(line.item.id) for line in self.taken if line.item)


def asked(request: Request, guide: Guide, language: str, category: str) -> BringForm:
    """Read the form of a request, if there is one."""
    posted = request.method == "POST"
    form = BringForm(MultiDict([*request.form.items(multi=True)]) if posted else None)
    form.offer(guide, language, category)
    return form


def cells(request: Request, form: BringForm) -> table.Cells:
    """Take the rows from the file if there is one, else from what was pasted."""
    upload = request.files.get("file")
    data = upload.read() if upload else b""
    rows = table.read(data) if data else table.split((form.lines.data or "").strip("\r\n"))
    if len(rows) > table.ROWS:
        raise table.TooLarge(rows=table.ROWS, columns=table.COLUMNS)
    return rows


def bring(
    guide: Guide, form: BringForm, rows: table.Cells, take: Callable[[Line, Item | None], str]
) -> Report:
    """Go through all rows; `take` gets each good one with the item that says the same, or says why not."""
    lines = Reading.of(guide, form.language.data, form.category.data).lines(rows)
    told_apart(lines)
    known, report = known_items(guide), Report()
    for line in lines:
        line.trouble = line.trouble or take(line, twin(line, known))
        (report.left if line.trouble else report.taken).append(line)
    db.session.flush()
    return report


def into_guide(guide: Guide) -> Take:
    """Make each line an item of the guide."""

    def take(line: Line, twin: Item | None) -> str:
        if twin:
            return str(_("It is in the guide already."))
        line.item = made(guide, line)
        return ""

    return take


def into_options(activity: Activity) -> Take:
    """Offer each line as an option: the item that says it already, or a new one."""

    def take(line: Line, twin: Item | None) -> str:
        said = told(line.texts)
        if any(said & told(item.wording) for item in activity.options):
            return str(_("It is offered already."))
        if len(activity.options) >= MOST_OPTIONS:
            return str(_("At most %(most)d options fit; merge or remove some.", most=MOST_OPTIONS))
        line.item = twin or made(activity.session.workshop.guide, line)
        db.session.flush()
        activity.offer(line.item)
        return ""

    return take


def told(texts: Mapping[str, str]) -> set[tuple[str, str]]:
    """Give what is said in which language, to be compared."""
    return {(language, table.plain(text)) for language, text in texts.items()}


def made(guide: Guide, line: Line) -> Item:
    """Make an item of a line."""
    item = Item(guide=guide, wording=line.texts, category=line.category, family=line.family)
    db.session.add(item)
    return item
