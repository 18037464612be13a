"""The form in which a person says something about a guide: a comment, a statement, a reason."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import Form, TextAreaField
from wtforms.validators import ValidationError

from facilitator.web.desk.draft import too_long
from facilitator.web.desk.fields import Needed
from facilitator.web.desk.notes import lines

LONGEST = 5000


class ParagraphsField(TextAreaField):
    """Some lines of visible text, bounded."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep visible lines."""
        self.data = lines(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Form) -> None:
        """Refuse what is too long, in words."""
        if len(self.data or "") > LONGEST:
            raise ValidationError(too_long(self.data or "", LONGEST))


class RemarkForm(Form):
    """What must be said."""

    text = ParagraphsField(_l("Comment"), [Needed()], render_kw={"rows": 4})


class StatementForm(Form):
    """What may be said."""

    text = ParagraphsField(_l("Statement"), render_kw={"rows": 3})


class EndorsementForm(StatementForm):
    """What an authority says when it endorses."""

    text = ParagraphsField(_l("Statement"), [Needed()], render_kw={"rows": 3})
