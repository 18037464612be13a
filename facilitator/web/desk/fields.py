"""The form fields of the desk: texts in several languages, plain dates, numbers, addresses."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, Form, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, EmailInput, ListWidget

from facilitator import db
from facilitator.kinds.text import tidied
from facilitator.models.person import Person
from facilitator.models.wording import LANGUAGES
from facilitator.web.desk.draft import too_long
from facilitator.web.language import label as spelled

TITLE_LENGTH = 200
YEARS = range(2000, 2101)
EMAIL_LENGTH = 254
EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]+")


@dataclass(frozen=True)
class Entry:
    """One language of a text that is being written."""

    language: str
    name: str
    id: str
    field: str
    text: str
    error: str


class TextsField(Field):
    """The same text in each language; at least one of them is written, where it is needed."""

    def __init__(
        self, label: Any = None, longest: int = TITLE_LENGTH, needed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.longest, self.needed = longest, needed
        self.offered: Sequence[str] = list(LANGUAGES)
        self.kept: Sequence[str] = self.offered
        self.wrong: dict[str, str] = {}

    def process(self, formdata: MultiDict[str, str] | None, data: Any = None, **_kwargs: Any) -> None:
        """Read `title-fr`, `title-en`… or the texts there are."""
        self.process_errors: list[str] = []
        self.object_data = data
        if formdata is not None:
            posted = {language: formdata.get(f"{self.name}-{language}", "") for language in LANGUAGES}
            data = {language: tidied(text) for language, text in posted.items()}
        self.data = {language: text for language, text in (data or {}).items() if text}

    def offer(self, languages: Iterable[str]) -> None:
        """Ask for these languages only."""
        self.offered = self.kept = [language for language in LANGUAGES if language in set(languages)]

    def keep(self, languages: Iterable[str]) -> None:
        """Keep these languages only, and go on asking for all."""
        self.kept = [language for language in self.offered if language in set(languages)]

    @property
    def texts(self) -> dict[str, str]:
        """Give what is kept."""
        return {language: text for language, text in self.data.items() if language in self.kept}

    def pre_validate(self, form: Form) -> None:
        """Say in words, language by language, what cannot be kept."""
        long = {language: text for language, text in self.texts.items() if len(text) > self.longest}
        self.wrong = {language: too_long(text, self.longest) for language, text in long.items()}
        if self.wrong:
            raise ValidationError(_("Shorten it, and nothing is lost."))
        if self.needed and not self.texts:
            raise ValidationError(_("Write it in one language at least."))

    @property
    def entries(self) -> list[Entry]:
        """List what stands in the form, one entry a language."""
        return [
            Entry(
                language=language,
                name=spelled(language),
                id=f"{self.id}-{language}",
                field=f"{self.name}-{language}",
                text=self.data.get(language, ""),
                error=self.wrong.get(language, ""),
            )
            for language in self.offered
        ]


class LineField(StringField):
    """One line of visible text, bounded."""

    def __init__(self, label: Any = None, validators: Any = None, longest: int = TITLE_LENGTH, **kwargs: Any):
        super().__init__(label, validators, **kwargs)
        self.longest = longest

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep one line."""
        self.data = tidied(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Form) -> None:
        """Refuse what is too long, in words."""
        if len(self.data or "") > self.longest:
            raise ValidationError(too_long(self.data, self.longest))


class AddressField(LineField):
    """An e-mail address, in small letters."""

    widget = EmailInput()

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, longest=EMAIL_LENGTH, **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Compare addresses in small letters."""
        super().process_formdata(valuelist)
        self.data = (self.data or "").lower()

    def pre_validate(self, form: Form) -> None:
        """Refuse what cannot be an address."""
        super().pre_validate(form)
        if self.data and not EMAIL.fullmatch(self.data):
            raise ValidationError(_("Write an e-mail address such as name@example.org."))


class DayField(DateField):
    """A day of the calendar, in this century."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read a day; say in plain words what is expected."""
        self.data = None
        if not (written := "".join(valuelist).strip()):
            return
        try:
            day = dt.date.fromisoformat(written)
        except ValueError:
            raise ValueError(_("Write a date, such as 2027-02-15.")) from None
        if day.year not in YEARS:
            raise ValueError(_("Write a date of this century."))
        self.data = day


class CountField(IntegerField):
    """A whole number above zero."""

    def __init__(self, label: Any = None, validators: Any = None, most: int = 1000, **kwargs: Any) -> None:
        super().__init__(label, validators, render_kw={"min": 1, "max": most}, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read digits of any script, within the bounds."""
        digits = valuelist[0].strip() if valuelist else ""
        self.data = int(digits) if digits.isdecimal() and len(digits) < 9 else None
        if digits and not (self.data and self.data <= self.most):
            raise ValueError(_("Write a whole number from 1 to %(most)d.", most=self.most))


class PickField(SelectField):
    """One of a list."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        message = _l("Choose one of the list.")
        super().__init__(label, validators, invalid_choice_message=message, **kwargs)


class LanguagesField(SelectMultipleField):
    """The languages in which something is written."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, choices={code: spelled(code) for code in LANGUAGES}, **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep each known language once, in the usual order."""
        self.data = [language for language in LANGUAGES if language in valuelist]

    def pre_validate(self, form: Form) -> None:
        """Refuse none."""
        if not self.data:
            raise ValidationError(_("Choose one language at least."))


class Needed:
    """Ask for an answer that must be there."""

    field_flags: dict[str, bool] = {"required": True}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, message: Any = None) -> None:
        self.message = message or _l("This is needed.")

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse an empty answer."""
        if not field.errors and not field.data:
            raise ValidationError(str(self.message))


def keep(person: Person, field: Field, **values: Any) -> bool:
    """Keep a person with these values, unless another one has the same address: then say so at the field."""
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(person, name, value)
            db.session.add(person)
    except IntegrityError:
        field.errors = [_("Another person has this e-mail address.")]
        return False
    return True
