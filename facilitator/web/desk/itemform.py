"""The form of one item: its words in each language, what it is, what it belongs to."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectChoice, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from facilitator.kinds.proposals import CATEGORIES
from facilitator.models import family, wording
from facilitator.models.item import Item
from facilitator.models.lineage import settled
from facilitator.web.desk import tags
from facilitator.web.desk.draft import OPTION_LENGTH
from facilitator.web.desk.fields import LineField, PickField, TextsField

NONE = ""
CHALLENGE = "challenge"


class TagsField(SelectMultipleField):
    """Some of the known marks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Form) -> None:
        """Refuse a mark that does not exist."""
        if not set(self.data or ()) <= set(tags.NAMES):
            raise ValidationError(_("Choose one of the list."))


class ItemForm(Form):
    """What can be said of an item."""

    wording = TextsField(_l("Words"), longest=OPTION_LENGTH)
    category = PickField(_l("What it is"))
    about = PickField(_l("Answers the challenge"))
    family = PickField(_l("Family of recommendations"))
    new_family = LineField(_l("Or a new family"), longest=100)
    tags = TagsField(_l("Marks"))

    def validate_new_family(self, field: LineField) -> None:
        """Refuse one more than a guide can hold."""
        if field.data and not self.grows:
            raise ValidationError(_("Choose one of the list."))

    @classmethod
    def of(cls, item: Item, posted: MultiDict[str, str] | None) -> ItemForm:
        """Make the form of one item, filled in with what is known or what was posted."""
        known = {
            "category": item.category,
            "about": str(item.about_id or NONE),
            "family": item.family,
            "tags": list(item.tags or ()),
            "wording": item.wording,
        }
        form = cls(posted, data=known)
        form.offer(item)
        return form

    def offer(self, item: Item) -> None:
        """Offer what this item's guide has; words that people have voted on are not asked for."""
        language, guide = str(get_locale()), item.guide
        self.fixed = dict(item.wording) if settled(item) else {}
        languages = [*guide.languages, *item.wording]
        self.wording.offer([code for code in languages if code not in self.fixed])
        self.category.choices = {NONE: "–", **{code: str(label) for code, label in CATEGORIES.items()}}
        challenges = [one for one in guide.items if one.category == CHALLENGE and one is not item]
        self.about.choices = {NONE: "–", **{str(one.id): one.text(language) for one in challenges}}
        families = {key: wording.read(texts, language) for key, texts in guide.families.items()}
        self.family.choices = {NONE: "–", **families}
        self.grows = len(families) < family.MOST
        if item.family and item.family not in families:
            self.family.choices |= {item.family: item.family}
        self.tags.choices = [SelectChoice(code, label) for code, label in tags.NAMES.items()]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Ask for words only where there are none yet."""
        good = super().validate(*args, **kwargs)
        if self.fixed and not self.wording.texts:
            self.wording.errors = ()
            good = not self.errors
        return bool(good)

    @property
    def marks(self) -> dict[str, Any]:
        """Give what the item is and belongs to, for the trail."""
        return {name: self[name].data for name in ("category", "about", "family", "new_family", "tags")}

    def keep(self, item: Item) -> None:
        """Keep it; a rewording of what nobody voted on yet simply replaces the words."""
        item.wording = {**self.wording.texts, **self.fixed}
        item.category, item.family = self.category.data, self.family.data
        item.about_id = int(self.about.data) if self.about.data else None
        item.tags = [tag for tag in tags.NAMES if tag in self.tags.data]
        if self.new_family.data:
            item.family = family.call(item.guide, "", {str(get_locale()): self.new_family.data})
