"""Keeps the translations: `update` takes up new wording, `check` says what is not translated."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
LANGUAGES = ("fr", "ar", "pt", "es")
KEYWORDS = ["_l", "lazy_gettext", "_ln:1,2", "lazy_ngettext:1,2", "lazy_pgettext:1c,2", "N_"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")
NUMBER = {"num", "n", "count"}

Key = tuple[str, str, str]


def babel(command: str, *options: str) -> None:
    """Runs one of Babel's commands in the checkout."""
    program = [sys.executable, "-m", "babel.messages.frontend", "--quiet", command, "--no-wrap"]
    subprocess.run([*program, *options], cwd=ROOT, check=True)


def extract(target: Path) -> polib.POFile:
    """Everything the sources say, as a template for translations."""
    keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
    layout = ["--mapping=babel.cfg", "--add-location=file", "--sort-by-file"]
    owner = "The Facilitator project"
    layout += ["--project=Facilitator", f"--copyright-holder={owner}", f"--msgid-bugs-address={owner}"]
    # Without a word on folders Babel passes over those such as _partials.
    babel("extract", *layout, *keywords, "--ignore-dirs=.*", f"--output={target}", ".")
    return polib.pofile(str(target))


def update() -> None:
    """Brings every catalogue up to date; new wording waits there, empty, for a translator."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        for language in LANGUAGES:
            files = [f"--input-file={template}", f"--output-dir={TRANSLATIONS}", f"--locale={language}"]
            if (TRANSLATIONS / language).exists():
                babel("update", "--no-fuzzy-matching", "--ignore-obsolete", *files)
            else:
                babel("init", *files)


def key(entry: polib.POEntry) -> Key:
    """What makes two entries the same wording."""
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def placeholders(text: str) -> list[str]:
    """The gaps that the program fills, in no order."""
    return sorted(found[0] for found in PLACEHOLDER.finditer(text))


def gaps_agree(entry: polib.POEntry) -> bool:
    """Whether a translation has the gaps of its source; a plural form may say its number in words."""
    if not entry.msgid_plural:
        return placeholders(entry.msgid) == placeholders(entry.msgstr)
    number = {f"%({name}){kind}" for name in NUMBER for kind in "sd"}
    source = set(placeholders(entry.msgid_plural))
    return all(source - number <= set(placeholders(form)) <= source for form in entry.msgstr_plural.values())


def entry_faults(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one translation."""
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        yield "is uncertain (fuzzy)"
    elif not any(forms):
        yield "is not translated"
    elif not all(forms):
        yield "lacks a plural"
    elif not gaps_agree(entry):
        yield "has other gaps than its source"


def faults(language: str, catalogue: polib.POFile, template: polib.POFile) -> list[str]:
    """What keeps a catalogue from being shown: nothing, if all is well."""
    said = {key(entry): entry for entry in template}
    known = {key(entry): entry for entry in catalogue if not entry.obsolete}
    found = [f"{language}: not taken up: {wording[1]!r}" for wording in said if wording not in known]
    found += [f"{language}: said no more: {wording[1]!r}" for wording in known if wording not in said]
    for wording in said.keys() & known.keys():
        found += [f"{language}: {wording[1]!r} {fault}" for fault in entry_faults(known[wording])]
    return sorted(found)


def all_faults() -> list[str]:
    """What is wrong in any language."""
    with tempfile.TemporaryDirectory() as folder:
        template = extract(Path(folder) / "messages.pot")
    found = []
    for language in LANGUAGES:
        path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
        catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
        found += faults(language, catalogue, template)
    return found


def main(arguments: list[str]) -> int:
    """`update` or `check`."""
    if arguments == ["update"]:
        update()
        return 0
    if arguments != ["check"]:
        print("usage: python tools/catalogues.py update|check", file=sys.stderr)
        return 2
    found = all_faults()
    print("\n".join(found) or "Translations are complete and fresh.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
