"""The demo's workshop: a country, two sessions, questions in French, English and Arabic."""

import datetime as dt
from random import Random
from zoneinfo import ZoneInfo

from facilitator import db, keys
from facilitator.demo import edition, words
from facilitator.demo.laying import answered, laid
from facilitator.models.activity import Activity
from facilitator.models.beginnings import FAMILIES
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop

LANGUAGES = ["fr", "en", "ar"]
PLACES = {
    "SN": ("Dakar", "Africa/Dakar"),
    "GH": ("Accra", "Africa/Accra"),
    "CI": ("Abidjan", "Africa/Abidjan"),
    "ML": ("Bamako", "Africa/Bamako"),
    "MR": ("Nouakchott", "Africa/Nouakchott"),
    "NE": ("Niamey", "Africa/Niamey"),
    "NG": ("Abuja", "Africa/Lagos"),
    "CD": ("Kinshasa", "Africa/Kinshasa"),
    "CM": ("Yaoundé", "Africa/Douala"),
    "CV": ("Praia", "Atlantic/Cape_Verde"),
}
HOME = "SN"


def tell(code: str, room: list[str], chance: Random) -> int:
    """Make the demo of a country with a first question answered and a second one open; give its session."""
    guide = begin(code if code in PLACES else HOME)
    today = guide.workshops[0]
    edition.publish(guide)
    session = laid(today, words.FIRST_SESSION)
    laid(today, words.SECOND_SESSION)
    for secret in room:
        session.admit(keys.participant_key(secret))
    first, second = session.running_order[:2]
    number, asked, following = session.id, first.id, second.id
    answered(first, dict.fromkeys(room), chance)
    session = db.session.get_one(Session, number)
    db.session.get_one(Activity, asked).rounds[-1].keep_result()
    db.session.get_one(Activity, asked).rounds[-1].reveal()
    second = db.session.get_one(Activity, following)
    second.open()
    session.show(second)
    db.session.commit()
    return number


def begin(code: str) -> Guide:
    """Make the guide of the demo in a country, with its workshop of two days."""
    place, zone = PLACES[code]
    today = dt.datetime.now(ZoneInfo(zone)).date()
    guide = Guide(country=Country.named(code), title=dict(words.GUIDE), languages=LANGUAGES, demo=True)
    guide.families = {key: dict(texts) for key, texts in FAMILIES.items()}
    workshop = Workshop(
        title=dict(words.WORKSHOP),
        place=place,
        starts_on=today,
        ends_on=today + dt.timedelta(days=1),
        timezone=zone,
        languages=LANGUAGES,
    )
    guide.workshops.append(workshop)
    db.session.add(guide)
    db.session.flush()
    return guide
