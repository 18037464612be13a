"""The checks that every page fetched in a test passes."""

import re
from functools import lru_cache
from pathlib import Path

import html5lib
import polib
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TRANSLATIONS = Path(__file__).parent.parent / "translations"
FIELDS = ("input", "select", "textarea")
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
TOKEN = re.compile(r'(?<=name="csrf_token")[^>]*')
VOID_OF_WORDS = re.compile(r"[\W\d_]*")


passed: set[int] = set()


class CheckedClient(FlaskClient):
    """A browser that checks each page it is given."""

    def open(self, *args, **kwargs) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not response.is_streamed and response.data:
            text = response.get_data(as_text=True)
            known = hash(TOKEN.sub("", text))
            if known not in passed:
                check_page(text)
                passed.add(known)
        return response


def check_page(text: str) -> None:
    """Refuse a page that is not valid, not labelled or not wholly in its language."""
    whole = "<html" in text[:300].lower()
    parser = html5lib.HTMLParser(strict=False)
    (parser.parse if whole else parser.parseFragment)(text)
    faults = [f"{fault[0]}: {fault[1]} {fault[2]}" for fault in parser.errors]
    soup = BeautifulSoup(text, "html.parser")
    for found in (
        _frame(soup) if whole else [],
        _ids(soup),
        _labels(soup),
        _inline(soup),
        _untranslated(soup),
    ):
        faults.extend(found)
    assert not faults, "\n".join(faults) + "\n" + text[:2000]


def _frame(soup: BeautifulSoup) -> list[str]:
    page = soup.html
    faults = [f"html has no {name}" for name in ("lang", "dir") if not page.get(name)]
    if not (soup.title and soup.title.get_text(strip=True)):
        faults.append("no title")
    return faults


def _ids(soup: BeautifulSoup) -> list[str]:
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    twice = {name for name in ids if ids.count(name) > 1}
    wanted = [
        (name, target)
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        for tag in soup.find_all(attrs={name: True})
        for target in (tag[name] if isinstance(tag[name], list) else str(tag[name]).split())
    ]
    lost = [
        f"{name} leads to no element: {target}" for name, target in wanted if target not in ids and soup.html
    ]
    return [f"id twice: {name}" for name in twice] + lost


def _labels(soup: BeautifulSoup) -> list[str]:
    fields = [tag for tag in soup.find_all(FIELDS) if tag.get("type", "text") not in UNLABELLED]
    faults = [f"no label: {tag}" for tag in fields if not _labelled(soup, tag)]
    nameless = [tag for tag in soup.find_all(["button", "a"]) if not _named(tag)]
    images = [tag for tag in soup.find_all("img") if tag.get("alt") is None]
    return (
        faults + [f"no name: {tag}" for tag in nameless] + [f"no alternative text: {tag}" for tag in images]
    )


def _labelled(soup: BeautifulSoup, tag: Tag) -> bool:
    if tag.get("aria-label") or tag.get("aria-labelledby") or tag.find_parent("label"):
        return True
    return bool(tag.get("id") and soup.find("label", attrs={"for": tag["id"]}))


def _named(tag: Tag) -> bool:
    return bool(
        tag.get_text(strip=True)
        or tag.get("aria-label")
        or tag.get("aria-labelledby")
        or tag.find("title")
        or tag.find("img", alt=True)
    )


def _inline(soup: BeautifulSoup) -> list[str]:
    faults = [f"inline style: {tag.name}" for tag in soup.find_all(style=True)]
    faults += ["style element" for _ in soup.find_all("style")]
    faults += [f"inline script: {tag}" for tag in soup.find_all("script") if _runs(tag)]
    handlers = [
        (tag.name, name) for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")
    ]
    return faults + [f"inline handler: {name} {attribute}" for name, attribute in handlers]


def _runs(tag: Tag) -> bool:
    return not tag.get("src") and tag.get("type", "text/javascript") not in {
        "application/json",
        "application/ld+json",
    }


def _untranslated(soup: BeautifulSoup) -> list[str]:
    language = soup.html.get("lang", "en") if soup.html else "en"
    english = _english_only(language.split("-")[0])
    if not english:
        return []
    shown = {
        " ".join(text.split()) for text in soup.find_all(string=True) if _in_page_language(text, language)
    }
    shown |= {
        tag[name]
        for name in ("aria-label", "title", "placeholder")
        for tag in soup.find_all(attrs={name: True})
    }
    return [f"not translated: {text}" for text in sorted(shown & english)]


def _in_page_language(text, language: str) -> bool:
    if VOID_OF_WORDS.fullmatch(text):
        return False
    holder = text.find_parent(attrs={"lang": True})
    return not (text.find_parent(["bdi", "script"]) or (holder and holder["lang"] != language))


@lru_cache
def _english_only(language: str) -> set[str]:
    catalogue = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not catalogue.exists():
        return set()
    entries = [entry for entry in polib.pofile(str(catalogue)) if entry.msgstr and not entry.obsolete]
    translations = {entry.msgstr for entry in entries}
    return {entry.msgid for entry in entries if entry.msgstr != entry.msgid} - translations
