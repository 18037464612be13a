"""What may stand in a document: letters of every script, and addresses that lead somewhere harmless."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from facilitator.models.wording import direction

# what XML cannot hold, half characters, and marks that turn the words around them
UNWRITTEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\u202a-\u202e]"
)
BREAKS = re.compile(r"\r\n|[\r\v\f\u0085\u2028\u2029]")
OPENING = "\u2066\u2067\u2068"
CLOSING = "\u2069"
RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
LEFT = "A-Za-z\u00c0-\u024f"
JOINING = r"[\s\d.,:/@_%&#?=+~'’\-]"
FROM_RIGHT = re.compile(f"([{RIGHT}](?:(?:{JOINING}|[{RIGHT}])*[{RIGHT}])?)")
FROM_LEFT = re.compile(f"((?:[0-9][0-9.:_-]{{0,80}})?[{LEFT}](?:(?:{JOINING}|[{LEFT}])*[{LEFT}0-9])?)")
LEADS = {"http", "https", "mailto"}


def letters(text: str) -> str:
    """Give a text without the signs that no document can hold, its isolates closed."""
    text = UNWRITTEN.sub("", BREAKS.sub("\n", text))
    if not any(sign in text for sign in OPENING + CLOSING):
        return text
    return "\n".join(_closed(line) for line in text.split("\n"))


def _closed(line: str) -> str:
    kept, open_ = [], 0
    for sign in line:
        if sign == CLOSING and not open_:
            continue
        open_ += (sign in OPENING) - (sign == CLOSING)
        kept.append(sign)
    return "".join(kept) + CLOSING * open_


def pieces(text: str, towards: str) -> Iterator[tuple[str, str]]:
    """Cut a text where its direction turns: each piece with its direction."""
    other = "ltr" if towards == "rtl" else "rtl"
    for turn, piece in enumerate((FROM_LEFT if towards == "rtl" else FROM_RIGHT).split(text)):
        if piece:
            yield piece, other if turn % 2 else towards


def turned(lang: str, towards: str) -> str:
    """Give the direction of words in a language, or the one around them."""
    return direction(lang) if lang else towards


def address(link: str) -> str:
    """Give an address as it may be followed ("#name" within the document), or nothing where it is none."""
    link = UNWRITTEN.sub("", link).strip()
    if link.startswith("#"):
        return link if re.fullmatch(r"#[\w.-]+", link) else ""
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in LEADS or (scheme != "mailto" and not host) or (scheme == "mailto" and "@" not in link):
        return ""
    return quote(link, safe="%/:=&?~#+!$,;'@()*[]")
